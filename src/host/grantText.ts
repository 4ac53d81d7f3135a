// The words about grants: what one would do, and the question before one is given or taken back.
import type { Grant } from '../core/policy/grants.ts';
import { literalPattern } from '../core/policy/ruleMatch.ts';
import type { PastEffect } from '../core/policy/ruleReport.ts';
import { cutMiddle, showText } from '../core/session/display.ts';
import type { GrantChoice } from '../shared/protocol.ts';
import { count, ofLast } from './messages.ts';

const MOST = 300;
const MOST_EXAMPLES = 3;

const SCOPES = {
  session: 'in this session',
  workspace: 'in this workspace',
  always: 'in every workspace',
} as const;
const EXPIRIES = {
  hour: 'for one hour',
  today: 'until the end of today',
  month: 'for 30 days',
  never: 'until you revoke it',
} as const;

/** What a grant would have done to the commands of this session. */
export function previewText(
  { kind, match }: Pick<GrantChoice, 'kind' | 'match'>,
  { matched, outOf, newlyAllowed }: PastEffect,
): string {
  const what = kind === 'exact' ? 'Exactly this command' : `\`${shown(match)}\``;
  if (outOf === 0) return `${what}: no command has come in this session to try it on.`;
  const examples = [...new Set(newlyAllowed.map(({ command }) => `\`${shown(command)}\``))];
  const named = examples.slice(0, MOST_EXAMPLES).join(', ');
  const more = examples.length > MOST_EXAMPLES ? ', …' : '';
  const would =
    newlyAllowed.length === 0
      ? 'nothing would have run without a question because of it'
      : `${count(newlyAllowed.length, 'command')} would have run without a question: ${named}${more}`;
  return `${what} matches ${ofLast(matched, outOf)}; ${would}.`;
}

/** The modal before an approval is kept that no hold stands behind. */
export function grantQuestion(
  { match, upTo, scope, expiry }: GrantChoice,
  folder: string,
): { question: string; detail: string } {
  return {
    question: 'Let this command run without a question from now on?',
    detail: [
      shown(match),
      '',
      `It counts ${SCOPES[scope]}${scope === 'always' ? '' : ` for ${shown(folder)}`}, ${EXPIRIES[expiry]}, as long as its risk is not above ${upTo}.`,
      'You can take it back at any time with "Interlock: Show Grants".',
    ].join('\n'),
  };
}

/** The grants as rules that can be put into the settings of another machine. */
export function grantsAsRules(grants: readonly Grant[]): string {
  const rules = grants.map(({ match, kind, upTo, expires, scope, folder, createdAt }) => ({
    match,
    kind,
    action: 'allow',
    upTo,
    ...(expires !== undefined && { expires }),
    ...(folder !== undefined && { cwd: literalPattern(folder) }),
    reason: `Granted ${createdAt.slice(0, 10)} (${scope}).`,
  }));
  return `${JSON.stringify({ 'interlock.rules': rules }, null, 2)}\n`;
}

function shown(text: string): string {
  return cutMiddle(showText(text), MOST);
}
