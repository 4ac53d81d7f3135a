// The nesting of a line's calls as a tree, for everything that shows it: line → ssh host → bash -c → rm.
// Works on calls as they are on record too, so that the panel draws the same tree.
// Invariant: every invocation stands in the tree once, except a wrapper that only starts others: its layer stands for it.
import type { ShellAnalysis, Span } from './types.ts';

/** A layer (`ssh host`, `$( )`) or a call (`rm -rf x`), with where it stands in the submission's text. */
export interface CallNode {
  /** For a call its source words; for a bare redirect or assignment the source text. Not made safe for display. */
  label: string;
  kind: 'line' | 'layer' | 'call';
  span: Span;
  /** Id of the invocation; undefined for layers. */
  invocation?: number;
  children: readonly CallNode[];
}

interface OpenNode extends CallNode {
  children: OpenNode[];
  /** Id of the invocation, for a layer that of the first call in it. */
  order: number;
  isTransparent: boolean;
}

/** A call with its place in the line. */
export interface PlacedCall {
  label: string;
  span: Span;
  nesting: readonly { label: string; span: Span }[];
  /** It only starts others that are listed themselves. */
  isTransparent: boolean;
}

/** The tree of a line. Children stand in the order of the text. */
export function callTree({ text, invocations }: ShellAnalysis): CallNode {
  const calls = invocations.map(({ argv, span, nesting, isTransparentWrapper }) => {
    const written = argv.map((word) => word.text).join(' ');
    const label = written === '' ? text.slice(span.start, span.end) : written;
    return { label, span, nesting, isTransparent: isTransparentWrapper };
  });
  return treeOf(calls, text.length);
}

/** The tree of calls in a text of this length; the id of a call is its position. */
export function treeOf(calls: readonly PlacedCall[], length: number): CallNode {
  const root = open('line', 'line', { start: 0, end: length }, -1);
  for (const [id, call] of calls.entries()) place(root, call, id);
  return settled(root);
}

function open(kind: CallNode['kind'], label: string, span: Span, order: number): OpenNode {
  return { kind, label, span, order, isTransparent: false, children: [] };
}

function place(root: OpenNode, call: PlacedCall, id: number): void {
  let at = root;
  for (const { label, span } of call.nesting) {
    const isHere = (node: OpenNode): boolean =>
      node.kind === 'layer' && node.label === label && isSame(node.span, span);
    let next = at.children.find(isHere);
    if (!next) {
      next = open('layer', label, span, id);
      at.children.push(next);
    }
    at = next;
  }
  at.children.push({
    ...open('call', call.label, call.span, id),
    invocation: id,
    isTransparent: call.isTransparent,
  });
}

/** Puts layers under the call that they belong to, and lets them stand for a call that only starts them. */
function settled(node: OpenNode): CallNode {
  const calls = node.children.filter((child) => child.kind === 'call');
  const kept: OpenNode[] = [];
  for (const child of node.children) {
    const owner = child.kind === 'layer' ? ownerOf(child, calls) : undefined;
    (owner?.children ?? kept).push(child);
  }
  const children = kept
    .flatMap((child) =>
      child.isTransparent && child.children.length > 0 ? child.children : [child],
    )
    .sort((a, b) => a.span.start - b.span.start || a.order - b.order)
    .map(settled);
  const { kind, label, span, invocation } = node;
  return { kind, label, span, children, ...(invocation !== undefined && { invocation }) };
}

/** The call whose text the layer stands in: the shortest one, and among equals the nearest. */
function ownerOf(layer: OpenNode, calls: readonly OpenNode[]): OpenNode | undefined {
  const around = calls.filter(
    ({ span }) => span.start <= layer.span.start && layer.span.end <= span.end,
  );
  const cost = ({ span, order }: OpenNode): number =>
    (span.end - span.start) * 10_000 + Math.abs(order - layer.order);
  return around.sort((a, b) => cost(a) - cost(b))[0];
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}
