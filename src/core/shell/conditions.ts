// `[[ … ]]` and `(( … ))` as invocations of their own.
// Invariant: an operand that the shell evaluates as arithmetic is checked before it counts as data.
import { checkArithmetic } from './arithmetic.ts';
import { Expander } from './expand.ts';
import { common } from './program.ts';
import { expandRedirects } from './redirects.ts';
import { checkSubscripts } from './subscripts.ts';
import type { ArithmeticSegment, TestSegment } from './tokens.ts';
import type { Span, Word } from './types.ts';
import type { Frame, Result, Walk } from './walk.ts';
import { word } from './words.ts';

/** `[[ … ]]`: operands are expanded, and some of them are evaluated. */
export function runTest(
  walk: Walk,
  segment: TestSegment,
  expander: Expander,
  frame: Frame,
  span: Span,
): Result {
  const argv: Word[] = [plainWord('[[', span)];
  let previous = '';
  for (const token of segment.tokens) {
    if (typeof token === 'string') {
      argv.push(plainWord(token, span));
      continue;
    }
    const cooked = expander.single(token, false);
    argv.push(cooked);
    if (/^-(?:v|R|eq|ne|lt|le|gt|ge)$/.test(previous)) {
      checkOperand(expander, cooked);
    }
    previous = cooked.value ?? '';
  }
  checkLeftOperands(expander, argv);
  return addCompound(walk, segment, expander, frame, span, argv);
}

/** The left side of an arithmetic comparison is evaluated as well. */
function checkLeftOperands(expander: Expander, argv: readonly Word[]): void {
  argv.forEach((operator, index) => {
    const left = argv[index - 1];
    if (left && /^-(?:eq|ne|lt|le|gt|ge)$/.test(operator.value ?? '')) {
      checkOperand(expander, left);
    }
  });
}

function checkOperand(expander: Expander, operand: Word): void {
  expander.span = operand.span;
  const probe = new Expander(expander.state, expander.host, operand.span);
  checkSubscripts(probe, operand);
  checkArithmetic(probe, operand.parts, operand.value ?? operand.text);
  expander.state = probe.state;
}

/** `(( … ))`. */
export function runArithmetic(
  walk: Walk,
  segment: ArithmeticSegment,
  expander: Expander,
  frame: Frame,
  span: Span,
): Result {
  checkArithmetic(expander, expander.parts(segment.pieces, false), segment.text);
  const argv = [plainWord('((', span), plainWord(segment.text, span)];
  return addCompound(walk, segment, expander, frame, span, argv);
}

function addCompound(
  walk: Walk,
  segment: TestSegment | ArithmeticSegment,
  expander: Expander,
  frame: Frame,
  span: Span,
  argv: readonly Word[],
): Result {
  const { redirects, input } = expandRedirects(expander, segment.redirects);
  walk.add({
    argv,
    program: argv[0]?.value,
    ...common(frame, expander.state, span),
    redirects,
    assignments: [],
    input: input ?? frame.input,
  });
  return { success: expander.state, failure: expander.state };
}

function plainWord(value: string, span: Span): Word {
  return word(value, [{ kind: 'literal', value, quoted: false }], span);
}
