// Where in a settings file a problem stands.
import { findNodeAtLocation, parseTree } from 'jsonc-parser';

/** A place in a text, in characters. */
export interface TextPlace {
  start: number;
  end: number;
}

/** The value at a path of keys and indices, or the nearest one around it that is there; undefined where the setting is not in the text. */
export function placeOf(text: string, path: readonly (string | number)[]): TextPlace | undefined {
  const tree = parseTree(text, [], { allowTrailingComma: true, allowEmptyContent: true });
  if (!tree) return undefined;
  const least = path.findIndex((step) => typeof step === 'string' && step.includes('.')) + 1;
  for (let length = path.length; length >= Math.max(least, 1); length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return { start: node.offset, end: node.offset + node.length };
  }
  return undefined;
}
