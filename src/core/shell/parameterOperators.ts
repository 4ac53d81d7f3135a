// The operators that may follow a name in ${…}.
// Invariant: an operator that is not listed is not guessed at.

/** Operators whose operand is a pattern: single quotes quote there, also inside double quotes. Longer ones first. */
export const PATTERN_OPERATORS: ReadonlySet<string> = new Set(
  '## # %% % // /# /% / ^^ ^ ,, ,'.split(' '),
);

const OPERATORS = [...':- := :+ :? - = + ?'.split(' '), ...PATTERN_OPERATORS, '@', ':', '*'];

/** Operator at `at`; empty before `}`, undefined where it is none that bash has. */
export function readOperator(text: string, at: number): string | undefined {
  if (text[at] === '}') {
    return '';
  }
  return OPERATORS.find((operator) => text.startsWith(operator, at));
}
