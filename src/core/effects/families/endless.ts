// Lines that never end or grow without end: functions that start themselves, loops that start programs, sources that
// never run dry. Its rules name no programs; `endlessEffects` says when they apply.
import type { Invocation, ShellAnalysis } from '../../shell/types.ts';
import { isEndlessSource } from '../endlessSource.ts';
import type { Effect } from '../types.ts';
import { combined, effectOf, upstream } from './combinedRule.ts';

const FORK_BOMB = combined({
  id: 'system/fork-bomb',
  verb: 'modify',
  severity: 'severe',
  why: 'It starts itself again and again until the machine stops.',
  recovery: 'Restart the machine.',
  examples: {
    match: [':(){ :|:& };:', 'bomb() { bomb | bomb & }; bomb', 'f(){ f & f; }; f'],
    noMatch: [
      ': x',
      'f() { ls; }; f',
      'f() { f() { ls; }; f | cat; }; f',
      'walk() { [ -n "$1" ] && walk; }; walk a',
    ],
  },
});

const STARTS_ON = combined({
  id: 'combined/starts-without-end',
  verb: 'modify',
  severity: 'severe',
  why: 'A loop without an end starts programs without waiting for them, until the machine stops.',
  recovery: 'Stop the shell that runs the loop; restart the machine where it does not answer.',
  alternative: 'Let the loop `wait`, or count its rounds.',
  examples: {
    match: [
      'while :; do sh -c "sleep 100" & done',
      'until false; do ls & done',
      'for ((;;)); do sleep 9 & done',
    ],
    noMatch: [
      'while true; do date; sleep 5; done',
      'for i in 1 2; do sleep 9 & done',
      'until true; do ls & done',
    ],
  },
});

const LOOP_LEFT = combined({
  id: 'combined/endless-load',
  verb: 'modify',
  severity: 'serious',
  reversible: 'effort',
  why: 'It leaves something running that never ends and takes a whole processor or disk.',
  recovery: 'End it with `kill %1`, or find it with `ps`; delete what it has written.',
  alternative: 'Give it an end: a number of rounds, `timeout`, `head -c`.',
  examples: {
    match: [
      'yes > /dev/null &',
      'while :; do :; done &',
      'cat /dev/urandom | gzip > fill.gz',
      'fallocate -l 900G fill',
    ],
    noMatch: [
      'yes | head -5',
      'while true; do ls; sleep 60; done &',
      'cat /dev/urandom | head -c 16 > key',
      'yes | npm run build',
      'head -c 16 /dev/urandom > key',
    ],
  },
});

const LOOP = combined({
  id: 'combined/endless-loop',
  verb: 'modify',
  category: 'config-change',
  severity: 'moderate',
  reversible: 'yes',
  why: 'It is a loop that never ends and never waits.',
  recovery: 'Stop it with Ctrl-C.',
  alternative: 'Give the loop an end, or a `sleep`.',
  examples: {
    match: ['while true; do true; done', 'for ((;;)); do :; done', 'yes'],
    noMatch: ['while true; do date; sleep 5; done', 'while true; do break; done'],
  },
});

export const endlessRules = [FORK_BOMB, STARTS_ON, LOOP_LEFT, LOOP];

/** The effects of what does not end, one for each call that is to blame. */
export function endlessEffects({ invocations }: ShellAnalysis): Effect[] {
  return invocations.flatMap((call) => {
    const rule = ruleFor(call, invocations);
    return rule ? [effectOf(rule, call)] : [];
  });
}

function ruleFor(call: Invocation, invocations: readonly Invocation[]) {
  if (startsItself(call) && !runsAnother(call, invocations)) return FORK_BOMB;
  if (call.argv.length === 0 || call.place.kind !== 'local') return undefined;
  if (call.keepsOn === 'multiplies' && !invocations.some(waits)) return STARTS_ON;
  if (isEndlessSource(call)) return sourceRule(call, invocations);
  if (!/^endless/.test(call.keepsOn ?? '') || !isIdle(call)) return undefined;
  // A loop is one load, told at its first call; where something in it waits or works it is none.
  const looped = invocations.filter(({ keepsOn }) => keepsOn === call.keepsOn);
  if (looped[0] !== call || !looped.every(isIdle)) return undefined;
  return call.keepsOn === 'endless-background' ? LOOP_LEFT : LOOP;
}

/** A function that calls itself in a pipe or in the background. */
const startsItself = ({ program, nesting, pipedTo, input, keepsOn }: Invocation) =>
  nesting.some(({ kind, label }) => kind === 'compound' && label === `${program}()`) &&
  (pipedTo.length > 0 || input.kind === 'pipe' || keepsOn !== undefined);

/** True where the function was defined anew in its own body, so that the call runs that one. */
const runsAnother = ({ program, nesting }: Invocation, invocations: readonly Invocation[]) =>
  invocations.some(
    (other) =>
      other.nesting[nesting.length]?.label === `${program}()` &&
      nesting.every(({ span }, at) => other.nesting[at]?.span.start === span.start),
  );

const waits = ({ program = '', keepsOn }: Invocation) =>
  keepsOn !== 'multiplies' && /^(sleep|wait|read|inotifywait|fswatch|select)$/.test(program);

const isIdle = ({ program, argv }: Invocation) =>
  argv.length === 0 || /^(true|false|:|test|\[|let|echo|printf)$/.test(program ?? '');

/** Where it goes: into a program that takes what it needs, into a file, or on and on. */
function sourceRule(call: Invocation, invocations: readonly Invocation[]) {
  const { program = '', pipedTo, keepsOn } = call;
  // `yes > file` is told with its redirect.
  if (writesFile(call)) return undefined;
  if (pipedTo.length > 0) {
    const after = invocations.filter((other) => upstream(other, invocations).includes(call));
    const writes = after.some(writesFile);
    const ends = after.some(({ program: next }) => !STREAMS.test(next ?? ''));
    return ends || !(writes || keepsOn) ? undefined : LOOP_LEFT;
  }
  // These keep all of it in memory, or write it to a file that they name.
  if (/^(tail|tac|sort|cp|fallocate)$/.test(program)) return LOOP_LEFT;
  if (keepsOn) return LOOP_LEFT;
  return program === 'yes' ? LOOP : undefined;
}

const writesFile = ({ redirects }: Invocation) =>
  redirects.some(({ op, target }) => op.includes('>') && target.value !== '/dev/null');

/** Programs that hand on as much as they get. */
const STREAMS = /^(cat|tee|pv|gzip|xz|zstd|bzip2|base64|tr|sed|awk|openssl|xxd|od|buffer)$/;
