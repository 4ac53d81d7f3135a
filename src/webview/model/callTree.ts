// The programs of a recorded line as a tree of what starts what: line → ssh host → bash -c → rm.
import type { RecordedAssessment } from '../../core/session/events.ts';
import { type CallNode, treeOf } from '../../shared/callTree.ts';

/** Far beyond what the analyser unwraps; a record may be anybody's work. */
const DEEPEST = 32;

/** The top nodes of the line, in order. Words that are not constant stand as `…`. */
export function callTree(
  command: string,
  invocations: RecordedAssessment['invocations'],
): readonly CallNode[] {
  const calls = invocations.map(({ argv, span, nesting, isTransparent }) => ({
    label: argv.length === 0 ? command.slice(span.start, span.end) : words(argv),
    span,
    nesting: nesting.slice(0, DEEPEST),
    isTransparent,
  }));
  return treeOf(calls, command.length).children;
}

function words(argv: readonly (string | null)[]): string {
  return argv
    .map((word) => (word === null ? '…' : /^$|\s/.test(word) ? `'${word}'` : word))
    .join(' ');
}
