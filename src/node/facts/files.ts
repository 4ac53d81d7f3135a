// Facts about files that would be deleted or replaced: how many, how large, and whether git could bring them back.
import * as path from 'node:path';
import type { Fact } from '../../core/risk/types.ts';
import { type Extent, measure } from './extent.ts';
import type { GitRepository } from './gitRepository.ts';
import { hitsOf, touchesFiles } from './hits.ts';
import type { Hits } from './standingFiles.ts';
import type { FactSource, FactTools, Subject } from './types.ts';
import { stateOf, type WorkTreeState } from './workTree.ts';

/** Counts what is hit, and asks git about it. */
export const filesSource: FactSource = {
  name: 'the files',
  main: 'files.count',
  concerns: touchesFiles,
  lookUp: async (subjects, tools) =>
    (await Promise.all(subjects.map((subject) => aboutOne(subject, tools)))).flat(),
};

async function aboutOne(subject: Subject, tools: FactTools): Promise<Fact[]> {
  const hits = await hitsOf(subject, tools);
  const { index, effect } = subject;
  if (!hits) return [unknownHits(subject)];
  if (hits.roots.length === 0) {
    const { name } = effect.target;
    const text =
      effect.verb === 'delete' ? `Nothing stands at ${name}.` : `Nothing is replaced at ${name}.`;
    return [{ id: 'files.count', effect: index, value: 0, text, how: 'looked at the folder' }];
  }
  const deadline = performance.now() + tools.context.timeLimitMs / 2;
  const [extent, git] = await Promise.all([
    measure(hits, deadline),
    gitFacts(subject, hits, tools),
  ]);
  return [...extentFacts(index, extent), ...nested(git, extent, index)];
}

function unknownHits({ index }: Subject): Fact {
  const text = 'Which files it hits cannot be told before it runs.';
  return { id: 'files.count', effect: index, value: 'unknown', text, how: 'looked at the words' };
}

function extentFacts(index: number, { files, bytes, end }: Extent): Fact[] {
  const how = 'looked at the folder';
  if (end === 'unknown') {
    const text = 'It hits more files than could be counted in time.';
    return [{ id: 'files.count', effect: index, value: 'unknown', text, how }];
  }
  const amount = `${end === 'more' ? 'more than ' : ''}${files} ${files === 1 ? 'file' : 'files'}`;
  const size = bytes === undefined ? '' : `, ${sizeOf(bytes)}`;
  const text = `It hits ${amount}${size}.`;
  // An empty folder is something that stands there.
  const count: Fact = { id: 'files.count', effect: index, value: Math.max(files, 1), text, how };
  if (bytes === undefined) return [count];
  return [
    count,
    { id: 'files.bytes', effect: index, value: bytes, text: `${sizeOf(bytes)} in all.`, how },
  ];
}

function sizeOf(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(
    units.length - 1,
    Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)),
  );
  const value = bytes / 1024 ** power;
  return `${power === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/** Facts of git; undefined where the files lie in no repository. */
async function gitFacts(
  { index }: Subject,
  hits: Hits,
  tools: FactTools,
): Promise<Fact[] | undefined> {
  const found = await Promise.all(
    // What lies in git's own folder is no file of the work tree.
    hits.roots
      .filter((file) => !/\/\.git\//.test(file))
      .map(async (file) => [await tools.repository(path.dirname(file)), file] as const),
  );
  const byTree = new Map<string, { repository: GitRepository; files: string[] }>();
  for (const [repository, file] of found) {
    if (!repository) return undefined;
    const known = byTree.get(repository.gitFolder);
    if (known) known.files.push(file);
    else byTree.set(repository.gitFolder, { repository, files: [file] });
  }
  const trees = [...byTree.values()];
  if (trees.length === 0) return undefined;
  const states = await Promise.all(
    trees.map(({ repository, files }) => stateOf(repository, files)),
  );
  const missing = trees[states.indexOf(undefined)];
  if (missing) return [unknownState(index, missing.repository.problem)];
  return stateFacts(
    index,
    states.filter((state) => state !== undefined),
  );
}

function stateFacts(index: number, states: readonly WorkTreeState[]): Fact[] {
  const clean = states.reduce((sum, state) => sum + state.clean, 0);
  const ignored = states.reduce((sum, state) => sum + state.ignored, 0);
  const dirty = states.flatMap((state) => state.dirty);
  const untracked = states.flatMap((state) => state.untracked);
  const how = 'git status';
  const fact = (id: Fact['id'], value: number, text: string): Fact => ({
    id,
    effect: index,
    value,
    text,
    how,
  });
  return [
    fact('git.files.untracked', untracked.length, amount(untracked, 'new to git')),
    fact('git.files.dirty', dirty.length, amount(dirty, 'changed since the last commit')),
    fact('git.files.clean', clean, `${filesIn(clean)} committed as it stands.`),
    fact('git.files.ignored', ignored, `${filesIn(ignored)} ignored by git.`),
  ];
}

function filesIn(count: number): string {
  return count === 0 ? 'No file' : `${count} ${count === 1 ? 'file' : 'files'}`;
}

/** `2 new to git: a.txt, b.txt.` */
export function amount(names: readonly string[], what: string): string {
  if (names.length === 0) return `No file ${what}.`;
  const shown = names.slice(0, 3).join(', ');
  return `${names.length} ${what}: ${shown}${names.length > 3 ? ', …' : ''}.`;
}

function unknownState(index: number, problem = 'git gave no answer'): Fact {
  const text = `Whether the files are committed is not known: ${problem}.`;
  return { id: 'git.files.clean', effect: index, value: 'unknown', text, how: 'git status' };
}

/** A repository inside what is deleted goes with all its history, whatever the outer one says of it. */
function nested(git: Fact[] | undefined, { repositories }: Extent, index: number): Fact[] {
  const known = git ?? [];
  if (repositories === 0) return known;
  const own = known.find(({ id }) => id === 'git.files.untracked');
  const before = typeof own?.value === 'number' ? own.value : 0;
  const text = `${repositories === 1 ? 'A git repository' : `${repositories} git repositories`} with all history would go.`;
  return [
    ...known.filter((fact) => fact !== own),
    {
      id: 'git.files.untracked',
      effect: index,
      value: before + repositories,
      text: before > 0 ? `${own?.text} ${text}` : text,
      how: 'looked for .git',
    },
  ];
}
