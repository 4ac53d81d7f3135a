// Compares what a line executed with what the analyser found in it.
// Invariant: an executed argv counts as found only where every constant word is equal, in order.
import type { Invocation, ShellAnalysis, Word } from '../../src/core/shell/types.ts';
import { WORKSPACE } from '../helpers/analysis.ts';
import type { Run } from './jail.ts';
import { tracedCommands } from './trace.ts';

/** The result for one line. */
export interface Comparison {
  /** Executed, but neither found nor covered. Must be empty. */
  unseen: readonly (readonly string[])[];
  /** Executed and not found, but the line is called not understood, so it asks. */
  covered: readonly (readonly string[])[];
  /** Executed by a file that the line runs and that the analyser could not read: it is named as foreign code. */
  behindFile: readonly (readonly string[])[];
  /** Found, but only ever in another directory than it ran in. Must be empty. */
  misplaced: readonly string[];
  /** Found, but executed by none of the runs: branches that were not taken, programs behind a stub. */
  neverExecuted: readonly Invocation[];
  isUnderstood: boolean;
  executed: number;
}

const DECLARING = new Set(['declare', 'typeset', 'local', 'export', 'readonly']);
/** Builtins and programs that run the text of a file. */
const READERS = new Set(['bash', 'sh', 'dash', 'source', '.']);
const IN_PATH = /^\/(?:usr\/)?(?:local\/)?s?bin\/([^/]+)$/;

/** Compares all runs of one line. */
export function compare(analysis: ShellAnalysis, runs: readonly Run[]): Comparison {
  const executed = distinct(runs.flatMap((run) => [...tracedCommands(run.trace), ...run.started]));
  const found = analysis.invocations
    .filter((invocation) => invocation.argv.length > 0)
    .map((invocation) => ({ invocation, matches: matcherOf(invocation.argv) }));
  const hit = new Set<Invocation>();
  const missing: string[][] = [];
  for (const argv of executed) {
    const matching = found.filter(({ matches }) => spellings(argv).some(matches));
    for (const { invocation } of matching) {
      hit.add(invocation);
    }
    if (matching.length === 0) {
      missing.push(argv);
    }
  }
  const isUnderstood = analysis.notUnderstood.length === 0;
  const misplaced = isUnderstood ? runs.flatMap((run) => misplacedIn(run, found)) : [];
  const isBehindFile = analysis.invocations.some(runsFile);
  return {
    unseen: isUnderstood && !isBehindFile ? missing : [],
    covered: isUnderstood ? [] : missing,
    behindFile: isUnderstood && isBehindFile ? missing : [],
    misplaced,
    neverExecuted: found.map(({ invocation }) => invocation).filter((found) => !hit.has(found)),
    isUnderstood,
    executed: executed.length,
  };
}

interface Found {
  invocation: Invocation;
  matches(text: string): boolean;
}

/** Programs that ran where none of the calls that may be theirs stands; a directory that is called unknown is any. */
function misplacedIn({ started, directories }: Run, found: readonly Found[]): string[] {
  return started.flatMap((argv, index) => {
    const directory = directories[index];
    const matching = found.filter(({ matches }) => spellings(argv).some(matches));
    const isPlaced = matching.some(
      ({ invocation: { cwd } }) => cwd.kind === 'unknown' || cwd.path === directory,
    );
    return matching.length === 0 || isPlaced ? [] : [`${argv.join(' ')} in ${directory}`];
  });
}

/** True where the call stands for the text of a file, and the analyser says that it did not see that text. */
function runsFile({ argv, program, input, isTransparentWrapper }: Invocation): boolean {
  const isPath = argv[0]?.value?.includes('/') === true;
  const isFed = input.kind === 'file' || (input.kind === 'pipe' && input.file !== undefined);
  const readsFile = READERS.has(program ?? '') && (argv.length > 1 || isFed);
  return !isTransparentWrapper && (isPath || readsFile);
}

function distinct(argvs: readonly (readonly string[])[]): string[][] {
  return [...new Map(argvs.map((argv) => [JSON.stringify(argv), [...argv]])).values()];
}

/** The texts that an executed argv may be found as: a path from PATH also by its name. */
function spellings(argv: readonly string[]): string[] {
  const [program = '', ...rest] = argv;
  // bash shows what such a builtin declares in its own spelling.
  const shown = DECLARING.has(program) ? [] : rest;
  const names = [program];
  const name = IN_PATH.exec(program)?.[1];
  if (name !== undefined) {
    names.push(name);
  }
  // `exec` makes the path absolute.
  if (program.startsWith(`${WORKSPACE}/`)) {
    const rest = program.slice(WORKSPACE.length + 1);
    names.push(rest, `./${rest}`);
  }
  return names.map((first) => joined([first, ...shown]));
}

function joined(words: readonly string[]): string {
  return words.map((word) => `${word}\0`).join('');
}

/** The test for an executed argv. */
function matcherOf(argv: readonly Word[]): (text: string) => boolean {
  if (!DECLARING.has(argv[0]?.value ?? '') && argv.every(isConstant)) {
    const wanted = joined(argv.map((word) => word.value ?? ''));
    return (text) => text === wanted;
  }
  const pattern = patternOf(argv);
  return (text) => pattern.test(text);
}

function isConstant(word: Word): boolean {
  return word.value !== undefined && !word.isGlob;
}

/** Each word ends with NUL; a word that may be split or vanish matches any number of them. */
function patternOf(argv: readonly Word[]): RegExp {
  if (DECLARING.has(argv[0]?.value ?? '')) {
    return new RegExp(`^${escaped(argv[0]?.value ?? '')}\0`);
  }
  const pattern = argv.map((word) => {
    if (isConstant(word)) {
      return `${escaped(word.value ?? '')}\0`;
    }
    const mayVary = word.isGlob || word.parts.some((part) => !isQuoted(part));
    const text = word.parts
      .map((part) =>
        part.kind === 'literal' ? escaped(part.value) : mayVary ? '[\\s\\S]*' : '[^\\0]*',
      )
      .join('');
    return mayVary ? `(?:${text}\0)?` : `${text}\0`;
  });
  return new RegExp(`^${pattern.join('')}$`);
}

function isQuoted(part: Word['parts'][number]): boolean {
  return part.kind !== 'glob' && part.kind !== 'opaque' && part.quoted;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
