// The stretch of the line that a structure covers.
// Invariant: total; a structure without any command has an empty span.
import type { Structure } from './syntax.ts';
import type { Span } from './types.ts';

/** From the first to the last command of the structure. */
export function spanOf(structure: Structure): Span {
  const hull = { start: Number.POSITIVE_INFINITY, end: 0 };
  widen(structure, hull);
  return hull.end === 0 ? { start: 0, end: 0 } : hull;
}

function widen(structure: Structure, hull: Span): void {
  switch (structure.kind) {
    case 'segment': {
      const { source, start, end } = structure.segment;
      const span = source.span(start, end);
      hull.start = Math.min(hull.start, span.start);
      hull.end = Math.max(hull.end, span.end);
      return;
    }
    case 'sequence':
      widenAll(
        structure.items.map((item) => item.body),
        hull,
      );
      return;
    case 'pipeline':
      widenAll(structure.stages, hull);
      return;
    case 'and':
    case 'or':
      widenAll([structure.left, structure.right], hull);
      return;
    case 'if':
      for (const { condition, body } of structure.branches) {
        widenAll(condition ? [condition, body] : [body], hull);
      }
      return;
    case 'case':
      widenAll(structure.bodies, hull);
      return;
    case 'loop':
      widenAll(
        structure.condition ? [structure.condition, structure.body] : [structure.body],
        hull,
      );
      return;
    default:
      widen(structure.body, hull);
  }
}

function widenAll(structures: readonly Structure[], hull: Span): void {
  // The outermost two bound the rest, since commands stand in order.
  const [first, last] = [structures[0], structures.at(-1)];
  for (const structure of first === last ? [first] : [first, last]) {
    if (structure) {
      widen(structure, hull);
    }
  }
}
