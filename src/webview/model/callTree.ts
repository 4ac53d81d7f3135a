// The programs of a line as a tree of what starts what: line → ssh host → bash -c → rm.
import type { RecordedAssessment } from '../../core/session/events.ts';

type Invocation = RecordedAssessment['invocations'][number];

export interface CallNode {
  /** A program with its words, or a layer such as `bash -c`. */
  label: string;
  kind: 'call' | 'layer';
  /** Position in the assessment's invocations; undefined for a layer. */
  invocation: number | undefined;
  children: CallNode[];
}

/** The top nodes of the line, in order. */
export function callTree(invocations: readonly Invocation[]): CallNode[] {
  const top: CallNode[] = [];
  invocations.forEach((invocation, index) => {
    const siblings = invocation.nesting.reduce((nodes, label) => layer(nodes, label).children, top);
    if (invocation.argv.length === 0) return;
    const label = words(invocation.argv);
    siblings.push({ label, kind: 'call', invocation: index, children: [] });
  });
  return top;
}

/** The layer that was opened last under this label, or a new one. A wrapper's own call becomes its layer. */
function layer(nodes: CallNode[], label: string): CallNode {
  const last = nodes.at(-1);
  if (last?.kind === 'layer' && last.label === label) return last;
  const made: CallNode = { label, kind: 'layer', invocation: undefined, children: [] };
  if (last?.kind === 'call' && startsLikewise(last.label, label)) {
    made.invocation = last.invocation;
    nodes[nodes.length - 1] = made;
  } else {
    nodes.push(made);
  }
  return made;
}

/** `ssh host cmd` is the call that opens the layer `ssh host`. */
function startsLikewise(call: string, label: string): boolean {
  const programOf = (text: string) => text.split(' ', 1)[0]?.split('/').at(-1);
  return programOf(call) === programOf(label);
}

/** Words that are not constant stand as `…`. */
function words(argv: readonly (string | null)[]): string {
  return argv
    .map((word) => (word === null ? '…' : /^$|\s/.test(word) ? `'${word}'` : word))
    .join(' ');
}
