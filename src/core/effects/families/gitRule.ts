// What the git rules share: defaults, targets, and which call of `git config` only reads.
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Rule, Target } from '../types.ts';

/** Recovery texts that several rules share. */
export const REFLOG = '`git reflog` still knows the commits for some weeks.';
export const LOST = 'Changes that were never committed cannot be brought back.';

/** What a git rule has to say itself. */
export type Spec = Pick<Rule, 'id' | 'when' | 'why' | 'examples'> & Partial<Rule>;

/** Fills in what most git rules share. */
export function git(spec: Spec): Rule {
  return {
    programs: ['git'],
    verb: 'modify',
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'yes',
    reach: 'workspace',
    target: 'none',
    recovery: REFLOG,
    ...spec,
  };
}

/** Every operand as a path. */
export const paths = (call: Call, context: EffectContext): readonly Target[] =>
  call.operands.map((word) => pathTarget(word, call, context));
/** The repository as a whole. */
export const current: Rule['target'] = { kind: 'repository', name: 'the work tree' };

/** Settings through which git runs a program, loads other settings or sends commits elsewhere. */
export const CODE_KEYS =
  /^(alias\..+|core\.(pager|editor|sshcommand|fsmonitor|hookspath|askpass|gitproxy|attributesfile)|diff\..*(external|command|textconv)|merge\..*\.driver|filter\..+|credential\..*helper|gpg\..*program|sequence\.editor|pager\..+|difftool\..+|mergetool\..+|uploadpack\.packobjectshook|url\..+insteadof|include.*\.path|protocol\.ext\.allow|init\.templatedir|http\..*proxy|submodule\..+\.update|browser\..+|man\..+\.cmd|remote\..+\.(vcs|uploadpack|receivepack|pushurl|url))$/i;
/** The setting that a call of `git config` names. */
export const configKey = (call: Call) =>
  call.operands.find((word) => !/^(set|get|unset|list)$/.test(word.value ?? ''));
/** True where `git config` only prints. */
export const isConfigRead = (call: Call) =>
  call.has('--get', '--get-all', '--get-regexp', '--list', '-l', '--get-urlmatch') ||
  /^(get|list)$/.test(call.operands[0]?.value ?? '') ||
  (call.operands.length === 1 &&
    call.operands[0]?.value !== 'edit' &&
    !call.has('--unset', '--unset-all', '--remove-section', '--rename-section', '-e', '--edit') &&
    !call.mayHaveHiddenOptions);
