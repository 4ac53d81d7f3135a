// The form of a rule that proves reading; families use it so that every proof says the same.
import type { Condition, Rule, RuleExamples, TargetPicker } from './types.ts';

/** What every rule says that proves reading; rules with words of their own spread it. */
export const READING = {
  verb: 'read',
  category: 'read-only',
  severity: 'none',
  reversible: 'yes',
  reach: 'nothing',
  recovery: 'Nothing to undo.',
} as const satisfies Partial<Rule>;

/** A rule that proves reading; the paths it reads are its targets, so that secrets among them are seen. */
export function reader(
  id: string,
  programs: readonly string[],
  when: Condition,
  examples: RuleExamples,
  target: TargetPicker = 'operands',
): Rule {
  return {
    id,
    programs,
    when,
    ...READING,
    target,
    why: 'It only reads {target}.',
    examples,
  };
}
