// Which repository and which of its files a git call means.
// Invariant: where an option or a variable points git somewhere else, the answer is undefined, never a guess.
import * as path from 'node:path';
import type { GitRepository } from './gitRepository.ts';
import type { FactTools, Subject } from './types.ts';

/** Variables that decide which repository, index or objects git uses, or how it reads paths. */
const REDIRECTS =
  /^GIT_(DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|NAMESPACE|OBJECT_DIRECTORY|ALTERNATE_\w+|CONFIG\w*|CEILING_DIRECTORIES|DISCOVERY_\w+)$/;

/** The folder in which git works after `-C`; undefined where it cannot be told. */
export function gitFolder({ call, folder }: Subject, tools: FactTools): string | undefined {
  if (folder === undefined || call.program !== 'git') return undefined;
  if (call.has('^--git-dir', '^--work-tree', '^--namespace', '^--bare')) return undefined;
  const isRedirected =
    call.invocation.assignments.some(({ name }) => REDIRECTS.test(name)) ||
    Object.keys(tools.context.environment).some((name) => REDIRECTS.test(name));
  if (isRedirected) return undefined;
  let place = folder;
  for (const { name, value } of call.options) {
    if (name !== '^-C') continue;
    if (value?.value === undefined) return undefined;
    place = path.resolve(place, value.value);
  }
  return place;
}

/** The repository that a git call works on. */
export async function repositoryOf(
  subject: Subject,
  tools: FactTools,
): Promise<GitRepository | undefined> {
  const folder = gitFolder(subject, tools);
  return folder === undefined ? undefined : tools.repository(folder);
}

/**
 * Absolute paths that the operands name. The whole work tree where there are none, or where one is a pattern,
 * a word that is not constant, or no path at all.
 */
export function pathsOf(
  subject: Subject,
  tools: FactTools,
  root: string,
  exists: (file: string) => boolean,
): readonly string[] {
  const { call } = subject;
  const folder = gitFolder(subject, tools) ?? root;
  const words = call.invocation.argv.map((word) => word.value);
  const dashes = words.indexOf('--');
  const behind = dashes < 0 ? call.operands.map((word) => word.value) : words.slice(dashes + 1);
  const whole = [root];
  if (behind.some((word) => word === undefined || /[*?[\\]|^:/.test(word))) return whole;
  if (call.has('--pathspec-from-file') || call.mayHaveHiddenOptions) return whole;
  const files = behind.map((word = '') => path.resolve(folder, word));
  const found = dashes < 0 ? files.filter(exists) : files;
  return found.length > 0 ? found : whole;
}
