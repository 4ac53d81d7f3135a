// What the code inside of one-liners and readable scripts would do, as effects of the interpreter's call.
// Invariant: code that is not proved to only read has at least one effect that is not `none`.
import {
  importedModules,
  onlyCallsModules,
  onlyReads,
  scanInlineCode,
} from '../shell/inline/scan.ts';
import type { InlineFinding, InlineFindingKind } from '../shell/inline/types.ts';
import type { InlineCode, Invocation, ShellAnalysis, Word } from '../shell/types.ts';
import { MEANINGS } from './inlineMeanings.ts';
import { classifyPath } from './targets.ts';
import type { Effect, EffectContext, Target } from './types.ts';

/** Effects of all code that one call runs. */
export function inlineEffects(
  analysis: ShellAnalysis,
  invocation: Invocation,
  context: EffectContext,
): Effect[] {
  return analysis.inlineCode
    .filter((entry) => entry.invocation === invocation.id)
    .flatMap((entry) => effectsOfCode(entry, invocation, context));
}

/** What one piece of code would do. */
export function effectsOfCode(
  { language, code, span }: InlineCode,
  invocation: Invocation,
  context: EffectContext,
): Effect[] {
  const base = { invocation: invocation.id, span };
  if (code === undefined) return [unknownCode(language, base)];
  const findings = scanInlineCode(language, code);
  if (findings.length > 0) {
    const call = movesAway(findings) ? { ...invocation, cwd: ELSEWHERE } : invocation;
    const effects = uniqueBy(findings).map((finding) => {
      const effect = effectOf(finding, language, base, call, context);
      return isOwnFile(finding, findings) ? ofOwnFile(effect) : effect;
    });
    if (mayBeCommanded(findings)) return effects.map(commanded);
    return maySendSecrets(findings, code) ? effects.map(leaking) : effects;
  }
  const isShadowed = standsBeside(importedModules(language, code), invocation.cwd, context);
  if (onlyReads(language, code))
    return [isShadowed ? ownCode(language, base) : readingCode(language, base)];
  return [onlyCallsModules(language, code) ? ownCode(language, base) : unknownCode(language, base)];
}

const ELSEWHERE = { kind: 'unknown', why: 'the code goes to another folder' } as const;

/** `os.chdir(x)`: where a relative path lies is not known any more. */
const movesAway = (findings: readonly InlineFinding[]) =>
  findings.some(({ name }) => /(^|\.)(f?chdir|chroot)$/.test(name));

/** Deleting one file that the code has written over before loses no more than that did. */
function isOwnFile(finding: InlineFinding, findings: readonly InlineFinding[]): boolean {
  return (
    finding.kind === 'delete' &&
    finding.target !== undefined &&
    /(^|\.)(remove|unlink)$/.test(finding.name) &&
    findings.some(
      ({ kind, target, span }) =>
        kind === 'overwrite' && target === finding.target && span.start < finding.span.start,
    )
  );
}

function ofOwnFile(effect: Effect): Effect {
  return {
    ...effect,
    rule: 'inline/delete-own',
    verb: 'overwrite',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    reason: `${effect.reason.replace(/\.$/, '')}, which it has written itself.`,
  };
}

/** True where the folder holds a module of one of the names: python takes it before its own library. */
export function standsBeside(
  modules: readonly string[],
  cwd: Invocation['cwd'],
  { shell }: EffectContext,
): boolean {
  if (cwd.kind !== 'known' || !shell.files) return false;
  const { files } = shell;
  return modules.some((name) =>
    [`${name}.py`, `${name}/__init__.py`].some(
      (file) => files.read(`${cwd.path}/${file}`, SMALL_FILE) !== undefined,
    ),
  );
}

const SMALL_FILE = 1_000_000;

/** Code that talks to the network and starts programs does what somebody else says. */
function mayBeCommanded(findings: readonly InlineFinding[]): boolean {
  const kinds = new Set(findings.map(({ kind }) => kind));
  return kinds.has('network') && (kinds.has('shell-out') || kinds.has('dynamic-code'));
}

function commanded(effect: Effect): Effect {
  if (effect.rule !== 'inline/network') return effect;
  return {
    ...effect,
    verb: 'execute-code',
    severity: 'severe',
    reason: `${effect.reason} It also starts programs, so another machine may command this one.`,
  };
}

/** The whole environment, and files of the system that tell who is on the machine. */
const TELLS_MUCH =
  /\bprocess\.env\b(?!\s*(\??\.|\[))|\bos\.environ\b(?!\s*[.[])|\bENV\.(to_h|to_a|inspect|to_json)\b|\bgetenv\(\s*\)|['"`]\/(etc|proc|root|var\/log)\//;

/** Code that reads secrets, all variables or a file of the system, and talks to the network in one go. */
function maySendSecrets(findings: readonly InlineFinding[], code: string): boolean {
  const kinds = new Set(findings.map(({ kind }) => kind));
  return kinds.has('network') && (kinds.has('read-secret') || TELLS_MUCH.test(code));
}

function leaking(effect: Effect): Effect {
  if (effect.rule !== 'inline/network') return effect;
  return {
    ...effect,
    severity: 'extreme',
    reason: `${effect.reason} It also reads secrets, so they may leave this machine.`,
    recovery: 'Renew every secret that was read.',
  };
}

type Base = Pick<Effect, 'invocation' | 'span'>;

function uniqueBy(findings: readonly InlineFinding[]): readonly InlineFinding[] {
  const seen = new Map(
    findings.map((finding) => [`${finding.kind} ${finding.name} ${finding.target ?? ''}`, finding]),
  );
  return [...seen.values()];
}

function effectOf(
  finding: InlineFinding,
  language: string,
  base: Base,
  invocation: Invocation,
  context: EffectContext,
): Effect {
  const meaning = MEANINGS[finding.kind];
  const target = targetOf(finding, invocation, context, base.span);
  // A program that is started with constant words is an invocation of its own and judged as such.
  const isSeen =
    finding.kind === 'shell-out' && (finding.command !== undefined || finding.argv !== undefined);
  const { says, ...rest } = meaning;
  const what =
    target.kind === 'path' && finding.target !== undefined ? finding.target : finding.name;
  return {
    ...rest,
    ...base,
    rule: `inline/${finding.kind}`,
    severity: isSeen ? 'minor' : meaning.severity,
    reversible: isSeen ? 'effort' : meaning.reversible,
    reach: isSeen ? 'workspace' : meaning.reach,
    target,
    reason: `The ${language} code ${says} ${what}.`,
    recovery:
      meaning.verb === 'delete' || meaning.verb === 'overwrite'
        ? 'Restore it from version control or a backup.'
        : 'Depends on what it does.',
  };
}

const PATH_KINDS: ReadonlySet<InlineFindingKind> = new Set<InlineFindingKind>([
  'delete',
  'overwrite',
  'write',
  'chmod',
  'read-secret',
]);

function targetOf(
  finding: InlineFinding,
  invocation: Invocation,
  context: EffectContext,
  span: Effect['span'],
): Target {
  if (!PATH_KINDS.has(finding.kind)) return { kind: 'program', name: finding.name };
  if (finding.target === undefined) return { kind: 'path', name: finding.name, place: 'unknown' };
  if (invocation.place.kind !== 'local')
    return { kind: 'path', name: finding.target, place: 'unknown' };
  const { target } = finding;
  const word: Word = { text: target, value: target, parts: [], isGlob: false, span };
  return classifyPath(word, invocation.cwd, context);
}

function readingCode(language: string, base: Base): Effect {
  return {
    ...base,
    rule: 'inline/reads',
    verb: 'read',
    category: 'read-only',
    severity: 'none',
    reversible: 'yes',
    reach: 'nothing',
    target: { kind: 'none', name: '' },
    reason: `The ${language} code only computes and prints.`,
    recovery: 'Nothing to undo.',
  };
}

/** The same trust as `pytest`: code of the workspace or of its environment runs, and nothing else is on the line. */
function ownCode(language: string, base: Base): Effect {
  return {
    ...base,
    rule: 'inline/own-code',
    verb: 'execute-code',
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target: { kind: 'program', name: language },
    reason: `The ${language} code calls modules of the workspace or of its environment; by itself it only computes and prints.`,
    recovery: 'Version control brings the files of the workspace back.',
    alternative: 'Look at the modules that it imports.',
  };
}

function unknownCode(language: string, base: Base): Effect {
  return {
    ...base,
    rule: 'inline/code',
    verb: 'execute-code',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'unknown',
    reach: 'machine',
    target: { kind: 'program', name: language },
    reason: `What the ${language} code does is not known.`,
    recovery: 'Depends on what it does.',
  };
}
