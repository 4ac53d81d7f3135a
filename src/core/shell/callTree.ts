// The nesting of a line's calls as a tree, for everything that shows it: line → ssh host → bash -c → rm.
// Invariant: every invocation stands in the tree once, except a wrapper that only starts others: its layer stands for it.
import type { Invocation, ShellAnalysis, Span } from './types.ts';

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

/** The tree of a line. Children stand in the order of the text. */
export function callTree({ text, invocations }: ShellAnalysis): CallNode {
  const root = open('line', 'line', { start: 0, end: text.length }, -1);
  for (const invocation of invocations) {
    place(root, invocation, text);
  }
  return settled(root);
}

function open(kind: CallNode['kind'], label: string, span: Span, order: number): OpenNode {
  return { kind, label, span, order, isTransparent: false, children: [] };
}

function place(root: OpenNode, invocation: Invocation, text: string): void {
  let at = root;
  for (const { label, span } of invocation.nesting) {
    const isHere = (node: OpenNode): boolean =>
      node.kind === 'layer' && node.label === label && isSame(node.span, span);
    let next = at.children.find(isHere);
    if (!next) {
      next = open('layer', label, span, invocation.id);
      at.children.push(next);
    }
    at = next;
  }
  const { argv, span, id, isTransparentWrapper } = invocation;
  const written = argv.map((word) => word.text).join(' ');
  const label = written === '' ? text.slice(span.start, span.end) : written;
  at.children.push({
    ...open('call', label, span, id),
    invocation: id,
    isTransparent: isTransparentWrapper,
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
