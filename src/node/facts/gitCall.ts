// Which repository and which of its files a git call means.
// Invariant: where an option or a variable points git somewhere else, the answer is undefined, never a guess.
import * as path from 'node:path';
import type { GitRepository } from './gitRepository.ts';
import type { FactTools, Subject } from './types.ts';

/** Where git finds the user's own settings; the git that we ask finds those of the editor's user. */
const USER_SETTINGS = /^(HOME|XDG_CONFIG_HOME)$/;

/** Variables that decide which repository, index or objects git uses, or how it reads paths. */
const REDIRECTS =
  /^GIT_(DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|NAMESPACE|OBJECT_DIRECTORY|ALTERNATE_\w+|CONFIG\w*|CEILING_DIRECTORIES|DISCOVERY_\w+)$/;

/** The folder in which git works after `-C`; undefined where it cannot be told. */
export function gitFolder(subject: Subject, tools: FactTools): string | undefined {
  const { call, folder } = subject;
  if (folder === undefined || !/^(git|go)$/.test(call.program)) return undefined;
  if (call.has('^--git-dir', '^--work-tree', '^--namespace', '^--bare')) return undefined;
  if (isRedirected(subject, tools)) return undefined;
  let place = folder;
  for (const { name, value } of call.options) {
    if (name !== '^-C') continue;
    if (value?.value === undefined) return undefined;
    place = path.resolve(place, value.value);
  }
  return place;
}

/** True where a variable may send git to another repository than the folder says, or to other settings. */
function isRedirected({ call, changes }: Subject, { context }: FactTools): boolean {
  const { assignments, changed, hasBareEnvironment } = call.invocation;
  const set = [
    ...assignments.map(({ name }) => name),
    ...(changed?.values.keys() ?? []),
    ...changes.map(({ name }) => name ?? 'HOME'),
    ...context.asked,
  ];
  return (
    hasBareEnvironment ||
    changed?.isVague === true ||
    set.some((name) => REDIRECTS.test(name) || USER_SETTINGS.test(name)) ||
    Object.keys(context.environment).some((name) => REDIRECTS.test(name))
  );
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
