// The entry: one call in, the programs, texts and files that it would start out.
// Invariant: pure and total; what it does not know how to read is `notUnderstood`.
import type { Input, Word } from '../types.ts';
import type { Unwrapped } from './types.ts';

/** Says what a call starts. A call that starts nothing has no parts and is not transparent. */
export function unwrap(argv: readonly Word[], input: Input): Unwrapped {
  const program = argv[0]?.value?.split('/').pop();
  const step = (label: string, kind: 'wrapper' | 'string') => ({
    label,
    kind,
    span: argv[0]?.span ?? { start: 0, end: 0 },
  });
  const text = argv[2];
  if (program === 'sudo' || program === 'env') {
    const words = argv.slice(1);
    return {
      transparent: true,
      parts: [
        { kind: 'argv', words, step: step(program, 'wrapper'), elevated: program === 'sudo' },
      ],
      notUnderstood: [],
    };
  }
  if (program === 'bash' && argv[1]?.value === '-c' && text?.value !== undefined) {
    return {
      transparent: true,
      parts: [
        {
          kind: 'text',
          text: text.value,
          isPartial: false,
          dialect: 'bash',
          words: [text],
          span: text.span,
          positional: argv.slice(3),
          step: step('bash -c', 'string'),
        },
      ],
      notUnderstood: input.kind === 'dynamic' ? [] : [],
    };
  }
  return { transparent: false, parts: [], notUnderstood: [] };
}
