// Two second opinions: the native engine's trees, and the program calls that an independent parser finds.

import { analyzeShell } from '../../src/core/shell/analyze.ts';
import type { ShellAnalysis, ShellParser, SyntaxNode } from '../../src/core/shell/types.ts';
import { testContext } from '../helpers/analysis.ts';

/** The first difference between the trees of two engines; undefined where they are equal. */
export function treeDifference(
  one: ShellParser,
  other: ShellParser,
  text: string,
): string | undefined {
  const [first, second] = [one.parse(text), other.parse(text)];
  try {
    if (!first || !second) {
      return first === second ? undefined : 'one engine gives no tree';
    }
    return nodeDifference(first.rootNode, second.rootNode);
  } finally {
    first?.delete();
    second?.delete();
  }
}

function nodeDifference(one: SyntaxNode, other: SyntaxNode): string | undefined {
  if (describe(one) !== describe(other)) {
    return `${describe(one)} against ${describe(other)}`;
  }
  const [left, right] = [one.children, other.children];
  for (let index = 0; index < left.length; index++) {
    const [first, second] = [left[index], right[index]];
    const difference = first && second ? nodeDifference(first, second) : undefined;
    if (difference !== undefined) {
      return difference;
    }
  }
  return undefined;
}

function describe(node: SyntaxNode): string {
  const { type, startIndex, endIndex, isNamed, isError, isMissing, childCount } = node;
  const marks = `${isNamed ? 'n' : ''}${isError ? 'e' : ''}${isMissing ? 'm' : ''}`;
  return `${type} ${startIndex}-${endIndex} ${marks} ${childCount}`;
}

/** True where the analysis of the line is the same with both engines. */
export function isSameAnalysis(one: ShellParser, other: ShellParser, text: string): boolean {
  const { shell } = testContext();
  return (
    JSON.stringify(analyzeShell(text, one, shell)) ===
    JSON.stringify(analyzeShell(text, other, shell))
  );
}

const NO_CALLS = /^(?:declare|typeset|local|export|readonly|nameref|let|\[\[|\(\()$/;

/** Where the program words of the line itself stand, without what wrappers start. */
export function ownCalls(analysis: ShellAnalysis): Set<number> {
  const own = analysis.invocations.filter(
    ({ argv, nesting }) =>
      argv.length > 0 &&
      !NO_CALLS.test(argv[0]?.value ?? '') &&
      nesting.every(({ kind }) => kind === 'compound' || kind === 'substitution'),
  );
  return new Set(own.flatMap(({ argv }) => (argv[0] ? [argv[0].span.start] : [])));
}

/** The parts of `mvdan-sh` that are used; positions are bytes of UTF-8. */
interface OtherSyntax {
  NewParser(...options: unknown[]): { Parse(text: string, name: string): unknown };
  Variant(variant: unknown): unknown;
  LangBash: unknown;
  Walk(node: unknown, visit: (node: OtherNode | null) => boolean): void;
  NodeType(node: OtherNode): string;
}

interface OtherNode {
  Args?: { Pos(): { Offset(): number } }[];
}

/** The same places as the independent parser sees them; undefined where it does not accept the line. */
export function otherCalls(syntax: OtherSyntax, text: string): Set<number> | undefined {
  const bytes = Buffer.from(text);
  const calls = new Set<number>();
  try {
    const file = syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(text, 'line');
    syntax.Walk(file, (node) => {
      const [program] = node && syntax.NodeType(node) === 'CallExpr' ? (node.Args ?? []) : [];
      if (program) {
        calls.add(bytes.subarray(0, program.Pos().Offset()).toString().length);
      }
      return true;
    });
  } catch {
    return undefined;
  }
  return calls;
}

/** Loads the independent parser, a development dependency. */
export function loadOtherSyntax(): OtherSyntax {
  return (require('mvdan-sh') as { syntax: OtherSyntax }).syntax;
}
