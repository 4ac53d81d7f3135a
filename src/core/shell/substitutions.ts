// Walks the commands inside of words: $(…), backticks, <(…), >(…).
// Invariant: they run in a subshell, so nothing that they change is seen outside.
import type { ExpansionHost } from './expand.ts';
import { alignedSource } from './source.ts';
import { blur, type ShellState } from './state.ts';
import type { CommandPiece } from './tokens.ts';
import type { Input } from './types.ts';
import type { Draft, Frame, Walk } from './walk.ts';

const LABELS = { '$(': '$( )', '`': '` `', '<(': '<( )', '>(': '>( )' };

/** The host that words of this frame are expanded with; `owner` is the call that they belong to, where it is listed already. */
export function hostFor(walk: Walk, frame: Frame, owner?: Draft): ExpansionHost {
  return {
    dialect: frame.dialect,
    substitute: (piece, state) => substitute(walk, frame, piece, state),
    runText: (text, name, state, span) => {
      const step = { label: name, kind: 'string' as const, span };
      const later = { ...blur(state, 'it runs later'), functions: state.functions };
      walk.runSource(alignedSource(text, walk.text, span), later, {
        ...frame,
        nesting: [...frame.nesting, step],
        depth: frame.depth + 1,
        isRepeated: true,
      });
    },
    change: (change) => {
      walk.changes.push({ ...change, invocation: owner?.id ?? walk.invocations.length });
    },
    report: (code, why, span) => {
      walk.notUnderstood.push({ code, why, span });
    },
  };
}

function substitute(
  walk: Walk,
  frame: Frame,
  piece: CommandPiece,
  state: ShellState,
): string | undefined {
  const { source, start, end } = piece.script;
  const span = source.span(start, end);
  const step = { label: LABELS[piece.form], kind: 'substitution' as const, span };
  const writes = piece.form === '>(';
  const input: Input = writes
    ? { kind: 'dynamic', why: 'it reads what is written into >( )', span }
    : frame.input;
  const result = walk.runScript(piece.script, state, {
    ...frame,
    input,
    nesting: [...frame.nesting, step],
    ignoresErrors: true,
  });
  const isText = piece.form === '$(' || piece.form === '`';
  return isText ? result.output?.replace(/\n+$/, '') : undefined;
}
