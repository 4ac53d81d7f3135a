// A script that was read before the line ran may be another one when its turn comes.
// Invariant: a script stands for its commands only in a line that writes nothing; in any other its call counts as foreign code too.
import type { Redirect } from './types.ts';
import type { Draft } from './walk.ts';

/** Programs that change no file, whatever their options. */
const WRITES_NOTHING =
  /^(?:cd|pushd|popd|echo|printf|test|\[|\[\[|\(\(|true|false|:|export|unset|set|shopt|local|declare|readonly|typeset|shift|return|exit|break|continue|pwd|ls|cat|head|tail|wc|e?grep|fgrep|which|type|basename|dirname|date|id|whoami|printenv|sleep|wait|read|diff|cmp|stat|du|df|ps|seq|nproc|uname|cut|tr|source|\.)$/;

/** Makes every looked-through call opaque where something in the line may have changed its file. */
export function distrustStale(lookedInto: readonly Draft[], all: readonly Draft[]): void {
  if (lookedInto.length > 0 && all.some(mayWrite)) {
    for (const draft of lookedInto) {
      draft.isTransparentWrapper = false;
    }
  }
}

function mayWrite({ argv, program, redirects, isTransparentWrapper }: Draft): boolean {
  if (redirects.some(writes)) {
    return true;
  }
  const isHarmless =
    argv.length === 0 || isTransparentWrapper || WRITES_NOTHING.test(program ?? '?');
  return !isHarmless;
}

function writes({ op, target }: Redirect): boolean {
  const isHarmless = /^(?:\/dev\/(?:null|stdout|stderr|tty)|\d+|-)$/.test(target.value ?? '');
  return op.includes('>') && !isHarmless;
}
