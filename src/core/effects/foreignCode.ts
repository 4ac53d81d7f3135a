// Programs that the rules cannot vouch for: unknown names, names in disguise, paths to anybody's code.
// Invariant: only the system's own folders and the tools of the workspace are the programs that their names say.
import type { Invocation, Word } from '../shell/types.ts';
import { isTestName } from './families/ownTests.ts';
import { isToolPath, programPath } from './ownPrograms.ts';
import { spokenDeed } from './spokenDeeds.ts';
import { classifyPath } from './targets.ts';
import type { Effect, EffectContext, Target } from './types.ts';

/** A name with spaces or letters that only look like others: `rm` followed by an ideographic space is no `rm`. */
export function isDisguised(word: Word | undefined): boolean {
  const name = (word?.value ?? '').replace(/^.*\//, '');
  return (
    /[\p{Zs}\p{Zl}\p{Zp}\p{Cf}\p{Cc}]/u.test(word?.value?.replaceAll(' ', '') ?? '') ||
    MIXED.test(name)
  );
}

/** Latin letters beside Cyrillic, Greek or full-width ones in one name. */
const MIXED =
  /^(?:(?=.*[a-z])(?=.*[\p{Script=Cyrillic}\p{Script=Greek}\uFF00-\uFFEF])|[\uFF01-\uFF5E]+$)/iu;

export function disguised(invocation: Invocation): Effect {
  const name = invocation.argv[0]?.value ?? '';
  return {
    ...unknownProgram(invocation, ''),
    rule: 'unknown/disguised',
    severity: 'severe',
    reason: `The program name ${JSON.stringify(name)} has characters that look like others or like nothing; what it names cannot be trusted.`,
    alternative: 'Type the name anew in plain letters.',
  };
}

/** `./git` or `/tmp/ls` is not the program that the rules mean; only the system's own folders are trusted. */
export function isPathToForeignCode(word: Word | undefined): boolean {
  const path = programPath(word);
  if (path === undefined || !path.includes('/')) return false;
  const trusted =
    /^(\/usr(\/local)?\/s?bin|\/s?bin|\/opt\/homebrew\/bin|\/usr\/lib\/git-core)\/[^/]+$/;
  if (trusted.test(path)) return false;
  return !isToolPath(path);
}

/** The effect of running a file by its path. */
export function foreignCode(invocation: Invocation, context: EffectContext): Effect {
  const word = invocation.argv[0] as Word;
  const target = classifyPath(word, invocation.cwd, context);
  const isOwn = target.place === 'workspace' || target.place === 'disposable';
  if (isOwn && isTestName(target.name)) return ownTest(invocation, target);
  return spoken(invocation, {
    rule: isOwn ? 'code/run-workspace-file' : 'code/run-file',
    verb: 'execute-code',
    category: 'data-mutation',
    severity: target.place === 'temporary' || target.place === 'unknown' ? 'serious' : 'moderate',
    reversible: 'unknown',
    reach: 'machine',
    target,
    invocation: invocation.id,
    span: invocation.span,
    reason: isOwn
      ? `It runs ${target.name}, a file of the workspace, which may do anything.`
      : `It runs ${target.name}, a file outside the workspace, which may do anything.`,
    recovery: 'Depends on what the file does.',
    alternative: `Read ${target.name} first.`,
  });
}

/** A file of the workspace whose name says test: the same trust as `bash scripts/test.sh` and `npm test`. */
function ownTest(invocation: Invocation, target: Target): Effect {
  return {
    rule: 'code/run-workspace-test',
    verb: 'execute-code',
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target,
    invocation: invocation.id,
    span: invocation.span,
    reason: `It runs ${target.name}, by its name a test of the workspace.`,
    recovery: 'Version control brings the files of the workspace back.',
    alternative: `Read ${target.name} first.`,
  };
}

/** The effect of a call of which no rule knows what it does. */
export function unknownProgram(invocation: Invocation, why: string): Effect {
  const name = invocation.argv[0]?.value ?? invocation.argv[0]?.text ?? '';
  return spoken(invocation, {
    rule: 'unknown/program',
    verb: 'unknown',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'unknown',
    reach: 'machine',
    target: { kind: 'program', name },
    invocation: invocation.id,
    span: invocation.span,
    reason: `What ${name} would do is not known: ${why}.`,
    recovery: 'Not known.',
  });
}

/** Nobody knows the program, but its words say that something goes. */
function spoken(invocation: Invocation, effect: Effect): Effect {
  const deed = spokenDeed(invocation);
  if (deed === undefined) return effect;
  const doubt = deed.isSure ? 'its words say' : 'its words may mean';
  return {
    ...effect,
    severity: deed.isInEarnest && effect.severity === 'moderate' ? 'serious' : effect.severity,
    reason: `${effect.reason} The word \`${deed.word}\` stands in it: ${doubt} that something is deleted, stopped or replaced.`,
    alternative: effect.alternative ?? 'Look at its help, and list what it would hit first.',
  };
}
