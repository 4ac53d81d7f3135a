// What redirects do to files: `>` empties before the program even starts.

import type { Invocation, Redirect } from '../shell/types.ts';
import { isEndlessSource } from './endlessSource.ts';
import { parseCall } from './options.ts';
import { EMPTIES, LOSES } from './replacing.ts';
import { SHOWS_SECRET } from './secretRule.ts';
import { pathTarget } from './targets.ts';
import type { Effect, EffectContext, Target } from './types.ts';

const WRITES = new Set(['>', '>>', '>|', '<>', '&>', '&>>', '>&']);

/** One effect for each redirect that writes to a file or reads one. */
export function redirectEffects(invocation: Invocation, context: EffectContext): Effect[] {
  return invocation.redirects.flatMap((redirect) => {
    if (redirect.op === '<<' || redirect.op === '<<<') return [];
    if (redirect.op.endsWith('&') && /^(\d+-?|-)$/.test(redirect.target.value ?? '')) return [];
    const target = pathTarget(redirect.target, parseCall(invocation, undefined), context);
    if (target.place === 'sink') return [];
    if (!WRITES.has(redirect.op)) return readEffects(invocation, redirect, target);
    return [writeEffect(invocation, redirect, target)];
  });
}

function readEffects(invocation: Invocation, redirect: Redirect, target: Target): Effect[] {
  const isNetwork = /^\/dev\/(tcp|udp)\//.test(target.name);
  if (isNetwork) return [networkEffect(invocation, redirect, target)];
  const isSecret = target.place === 'secret';
  return [
    {
      rule: isSecret ? 'secrets/read-file' : 'redirects/read',
      verb: 'read',
      category: 'read-only',
      severity: isSecret ? 'serious' : 'none',
      reversible: isSecret ? 'no' : 'yes',
      reach: isSecret ? 'machine' : 'nothing',
      target,
      invocation: invocation.id,
      span: redirect.span,
      reason: isSecret
        ? `It reads ${target.name}, which holds secrets.`
        : `It reads ${target.name}.`,
      recovery: isSecret ? SHOWS_SECRET.recovery : 'Nothing to undo.',
    },
  ];
}

function networkEffect(invocation: Invocation, redirect: Redirect, target: Target): Effect {
  return {
    rule: 'network/shell-socket',
    verb: 'send',
    category: 'data-mutation',
    severity: 'severe',
    reversible: 'no',
    reach: 'shared',
    target: { ...target, kind: 'host' },
    invocation: invocation.id,
    span: redirect.span,
    reason: `The shell itself opens a connection to ${target.name}, as a reverse shell does.`,
    recovery: 'Cut the connection and look at what was sent.',
  };
}

function writeEffect(invocation: Invocation, redirect: Redirect, target: Target): Effect {
  if (/^\/dev\/(tcp|udp)\//.test(target.name)) return networkEffect(invocation, redirect, target);
  const isAppend = redirect.op.endsWith('>>');
  const isOwn =
    target.place === 'workspace' || target.place === 'disposable' || target.place === 'temporary';
  if (!isAppend && writesNothing(invocation) && !isThrowAway(target))
    return emptyEffect(invocation, redirect, target);
  if (isEndlessSource(invocation)) return fillEffect(invocation, redirect, target);
  const rule = isAppend ? 'redirects/append' : 'redirects/write';
  return {
    rule,
    verb: isAppend ? 'modify' : 'overwrite',
    category: 'data-mutation',
    severity: isOwn ? 'minor' : 'moderate',
    reversible: isOwn ? 'effort' : 'unknown',
    reach: target.place === 'workspace' || target.place === 'disposable' ? 'workspace' : 'machine',
    target,
    invocation: invocation.id,
    span: redirect.span,
    reason: isAppend ? `It adds to ${target.name}.` : `It writes ${target.name}${EMPTIES}`,
    recovery: 'Restore the file from version control or a backup.',
    alternative: isAppend ? undefined : 'Use `set -o noclobber`, or write to a new file.',
  };
}

/** `> file`, `: > file`, `printf '' > file` and `cat /dev/null > file` write nothing, so that the file is empty afterwards. */
function writesNothing({ argv, program }: Invocation): boolean {
  if (argv.length === 0) return true;
  if (program === ':' || program === 'true') return true;
  const given = argv.slice(1).map(({ value }) => value);
  if (program === 'printf') return given.length === 1 && given[0] === '';
  if (program === 'echo')
    return given.includes('-n') && given.every((word) => word === '-n' || word === '');
  return program === 'cat' && given.length === 1 && given[0] === '/dev/null';
}

function fillEffect(invocation: Invocation, redirect: Redirect, target: Target): Effect {
  return {
    rule: 'redirects/fill-disk',
    verb: 'overwrite',
    category: 'data-mutation',
    severity: 'severe',
    reversible: 'effort',
    reach: 'machine',
    target,
    invocation: invocation.id,
    span: redirect.span,
    reason: `It writes to ${target.name} without end, until the disk is full.`,
    recovery: 'Stop it, and delete the file.',
    alternative: 'Put `head -c SIZE` between them.',
  };
}

const isThrowAway = ({ place }: Target) => place === 'temporary' || place === 'disposable';

function emptyEffect(invocation: Invocation, redirect: Redirect, target: Target): Effect {
  return {
    rule: 'files/empty',
    verb: 'overwrite',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'workspace',
    target,
    invocation: invocation.id,
    span: redirect.span,
    reason: `It empties ${target.name}${LOSES}`,
    recovery: 'Restore the file from version control or a backup.',
    alternative: 'Move it to the bin with `trash`.',
  };
}
