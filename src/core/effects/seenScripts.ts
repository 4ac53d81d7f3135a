// A file that a line writes with constant text and then runs is judged by that text, as a one-liner is.
// Invariant: where anything between the two could have changed the file, its text is not trusted.
import type { InlineCode, Invocation, ShellAnalysis } from '../shell/types.ts';
import { absolutePath } from './targets.ts';
import type { Effect } from './types.ts';

/** Code that one invocation runs and that stands in the line, in what an earlier one writes. */
export interface SeenScript extends InlineCode {
  code: string;
  /** Id of the invocation that writes the file. */
  writer: number;
  path: string;
}

const LANGUAGES: ReadonlyMap<string, InlineCode['language']> = new Map([
  ['python', 'python'],
  ['python2', 'python'],
  ['python3', 'python'],
  ['node', 'javascript'],
  ['nodejs', 'javascript'],
  ['ruby', 'ruby'],
  ['perl', 'perl'],
  ['php', 'php'],
]);

/** Scripts whose text is seen, by the id of the invocation that runs them. `effects`: those of the line so far. */
export function seenScripts(
  { invocations }: ShellAnalysis,
  effects: readonly Effect[],
): ReadonlyMap<number, SeenScript> {
  const written = new Map<string, { code: string; writer: Invocation }>();
  const seen = new Map<number, SeenScript>();
  for (const call of invocations) {
    const ran = ranFile(call);
    const known = ran === undefined ? undefined : written.get(ran.path);
    if (ran && known && !mayHaveChanged(ran.path, known.writer, call, effects))
      seen.set(call.id, {
        invocation: call.id,
        language: ran.language,
        code: known.code,
        span: call.span,
        writer: known.writer.id,
        path: ran.path,
      });
    const own = writtenFile(call);
    if (own) written.set(own.path, { code: own.code, writer: call });
  }
  return seen;
}

function ranFile(call: Invocation): { path: string; language: InlineCode['language'] } | undefined {
  const language = LANGUAGES.get(call.program ?? '');
  const file = call.argv[1]?.value;
  if (language === undefined || file === undefined || file.startsWith('-')) return undefined;
  if (call.argv[0]?.value !== call.program || call.place.kind !== 'local') return undefined;
  const path = absolutePath(file, call.cwd);
  return path === undefined ? undefined : { path, language };
}

/** `cat > FILE` with a heredoc, the one way in which a whole file stands in the line. */
function writtenFile(call: Invocation): { path: string; code: string } | undefined {
  if (call.program !== 'cat' || call.argv.length !== 1 || call.input.kind !== 'text')
    return undefined;
  const writes = call.redirects.filter(({ op }) => op !== '<<' && op !== '<<<');
  const [redirect] = writes;
  if (writes.length !== 1 || redirect?.op !== '>' || call.place.kind !== 'local') return undefined;
  const { value, isGlob } = redirect.target;
  const path = value === undefined || isGlob ? undefined : absolutePath(value, call.cwd);
  return path === undefined ? undefined : { path, code: call.input.text };
}

/** Everything else that stands before the run only reads, or writes to files with other names. */
function mayHaveChanged(
  path: string,
  writer: Invocation,
  runner: Invocation,
  effects: readonly Effect[],
): boolean {
  return effects.some(({ invocation, severity, rule, target }) => {
    if (invocation >= runner.id || invocation === writer.id || severity === 'none') return false;
    const isOtherFile =
      /^(redirects\/|files\/make|interpreters\/own-test)/.test(rule) &&
      target.path !== undefined &&
      target.isGlob !== true &&
      target.path !== path;
    return !isOtherFile;
  });
}
