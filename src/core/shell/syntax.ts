// Turns the grammar's tree of a skeleton into our own small tree. The only file that knows tree-sitter's node names.
// Invariant: every segment and header of the script stands in the result exactly once, or there is no result.
import type { Header, RawRedirect, Script, Segment } from './tokens.ts';
import type { ShellParser, SyntaxNode } from './types.ts';

/** Structure of a script; leaves are segments. */
export type Structure =
  | { kind: 'segment'; segment: Segment }
  | { kind: 'sequence'; items: readonly SequenceItem[] }
  | { kind: 'and'; left: Structure; right: Structure }
  | { kind: 'or'; left: Structure; right: Structure }
  | { kind: 'pipeline'; stages: readonly Structure[] }
  | { kind: 'not'; body: Structure }
  | { kind: 'coprocess'; name: string; body: Structure }
  | { kind: 'subshell' | 'group'; body: Structure }
  /** Each branch with its condition; the last one has none where it is `else`. */
  | { kind: 'if'; branches: readonly { condition: Structure | undefined; body: Structure }[] }
  | { kind: 'loop'; header: Header | undefined; condition: Structure | undefined; body: Structure }
  | { kind: 'case'; header: Header; bodies: readonly Structure[] }
  | { kind: 'function'; name: string; body: Structure }
  | { kind: 'redirected'; redirects: readonly RawRedirect[]; body: Structure };

export interface SequenceItem {
  body: Structure;
  isBackground: boolean;
}

/** Parses the skeleton; undefined where the grammar does not accept it or disagrees with the reader. */
export function structureOf(script: Script, parser: ShellParser): Structure | undefined {
  if (script.segments.size === 0 && script.headers.size === 0 && script.skeleton.trim() === '') {
    return { kind: 'sequence', items: [] };
  }
  const tree = parser.parse(script.skeleton);
  if (!tree) {
    return undefined;
  }
  try {
    const root = tree.rootNode;
    if (root.hasError) {
      return undefined;
    }
    const builder = new Builder(script);
    const structure = builder.list(root.children);
    return builder.isWhole ? structure : undefined;
  } finally {
    tree.delete();
  }
}

/** Deepest tree that is walked; `a && b && …` is as deep as it is long. */
const MAX_DEPTH = 500;

type Nodes = readonly (SyntaxNode | null)[];

class Builder {
  private segments = 0;
  private headers = 0;
  private redirects = 0;
  private prefixes = 0;
  private depth = 0;
  private hasStranger = false;
  private readonly usedPrefixes = new Set<number>();

  constructor(private readonly script: Script) {}

  /** True where everything that the reader found was met in the tree, and nothing else was. */
  get isWhole(): boolean {
    const { segments, headers, compoundRedirects, negations, coprocesses } = this.script;
    return (
      !this.hasStranger &&
      this.segments === segments.size &&
      this.headers === headers.size &&
      this.redirects === compoundRedirects.size &&
      this.prefixes === negations.size + coprocesses.size
    );
  }

  list(nodes: Nodes): Structure {
    const items: SequenceItem[] = [];
    for (const node of nodes) {
      if (!node) {
        continue;
      }
      if (node.isNamed) {
        items.push({ body: this.statement(node), isBackground: false });
      } else if (node.type === '&') {
        const last = items.at(-1);
        if (last) {
          last.isBackground = true;
        }
      }
    }
    const [only] = items;
    return items.length === 1 && only && !only.isBackground
      ? only.body
      : { kind: 'sequence', items };
  }

  private statement(node: SyntaxNode): Structure {
    if (this.depth >= MAX_DEPTH) {
      return this.stranger();
    }
    this.depth++;
    const structure = this.prefixed(node);
    this.depth--;
    return structure;
  }

  private prefixed(node: SyntaxNode): Structure {
    const isList = node.type === 'list';
    const start = node.startIndex;
    // `!` and `coproc` belong to the outermost pipeline that starts behind them.
    if (isList || this.usedPrefixes.has(start)) {
      return this.bare(node);
    }
    const { negations, coprocesses } = this.script;
    const name = coprocesses.get(start);
    const isNegated = negations.has(start);
    if (name === undefined && !isNegated) {
      return this.bare(node);
    }
    this.usedPrefixes.add(start);
    this.prefixes += (name === undefined ? 0 : 1) + (isNegated ? 1 : 0);
    let body = this.bare(node);
    if (name !== undefined) {
      body = { kind: 'coprocess', name, body };
    }
    return isNegated ? { kind: 'not', body } : body;
  }

  private bare(node: SyntaxNode): Structure {
    switch (node.type) {
      case 'command':
        return this.segment(node);
      case 'list':
        return this.pair(node);
      case 'pipeline':
        return { kind: 'pipeline', stages: this.named(node).map((stage) => this.statement(stage)) };
      default:
        return this.redirected(node, this.compound(node));
    }
  }

  private segment(node: SyntaxNode): Structure {
    const segment = this.script.segments.get(node.startIndex);
    if (!segment || node.endIndex !== node.startIndex + 1) {
      return this.stranger();
    }
    this.segments++;
    return { kind: 'segment', segment };
  }

  private pair(node: SyntaxNode): Structure {
    const [left, right] = this.named(node);
    const operator = node.children.find((child) => child && !child.isNamed)?.type;
    if (!left || !right || (operator !== '&&' && operator !== '||')) {
      return this.stranger();
    }
    return {
      kind: operator === '&&' ? 'and' : 'or',
      left: this.statement(left),
      right: this.statement(right),
    };
  }

  private compound(node: SyntaxNode): Structure {
    switch (node.type) {
      case 'subshell':
        return { kind: 'subshell', body: this.list(node.children) };
      case 'compound_statement':
        return { kind: 'group', body: this.list(node.children) };
      case 'if_statement':
        return { kind: 'if', branches: this.branches(node) };
      case 'while_statement':
        return this.whileLoop(node);
      case 'for_statement':
        return {
          kind: 'loop',
          header: this.header(node, 'for'),
          condition: undefined,
          body: this.doGroup(node),
        };
      case 'case_statement':
        return this.caseOf(node);
      case 'function_definition':
        return this.functionOf(node);
      default:
        return this.stranger();
    }
  }

  private redirected(node: SyntaxNode, body: Structure): Structure {
    const redirects = this.script.compoundRedirects.get(node.endIndex);
    // A function's body ends where the function does; the redirects are the body's.
    if (!redirects || node.type === 'function_definition') {
      return body;
    }
    this.redirects++;
    return { kind: 'redirected', redirects, body };
  }

  private branches(node: SyntaxNode): { condition: Structure | undefined; body: Structure }[] {
    const result: { condition: Structure | undefined; body: Structure }[] = [];
    const own: SyntaxNode[] = [];
    const clauses: SyntaxNode[] = [];
    for (const child of node.children) {
      if (child) {
        (child.type === 'elif_clause' || child.type === 'else_clause' ? clauses : own).push(child);
      }
    }
    result.push(this.branch(own));
    for (const clause of clauses) {
      result.push(this.branch(clause.children));
    }
    return result;
  }

  private branch(children: Nodes): { condition: Structure | undefined; body: Structure } {
    const then = children.findIndex((child) => child?.type === 'then' && !child.isNamed);
    if (then < 0) {
      return { condition: undefined, body: this.list(children) };
    }
    return {
      condition: this.list(children.slice(0, then)),
      body: this.list(children.slice(then + 1)),
    };
  }

  private whileLoop(node: SyntaxNode): Structure {
    const header = this.script.headers.get(node.startIndex);
    if (header) {
      // `for ((…))` is written as a `while` whose condition is a placeholder.
      return {
        kind: 'loop',
        header: this.header(node, 'count'),
        condition: undefined,
        body: this.doGroup(node),
      };
    }
    const children = node.children.filter((child) => child?.type !== 'do_group');
    return {
      kind: 'loop',
      header: undefined,
      condition: this.list(children),
      body: this.doGroup(node),
    };
  }

  private doGroup(node: SyntaxNode): Structure {
    const group = node.children.find((child) => child?.type === 'do_group');
    return group ? this.list(group.children) : this.stranger();
  }

  private caseOf(node: SyntaxNode): Structure {
    const header = this.header(node, 'case');
    const items = this.named(node).filter((child) => child.type === 'case_item');
    if (header?.kind !== 'case' || header.items.length !== items.length) {
      return this.stranger();
    }
    const bodies = items.map((item) => {
      const close = item.children.findIndex((child) => child?.type === ')');
      return this.list(item.children.slice(close + 1));
    });
    return { kind: 'case', header, bodies };
  }

  private functionOf(node: SyntaxNode): Structure {
    const header = this.header(node, 'function');
    const body = this.named(node).at(-1);
    if (header?.kind !== 'function' || !body || body.type === 'word') {
      return this.stranger();
    }
    return { kind: 'function', name: header.name, body: this.statement(body) };
  }

  private header(node: SyntaxNode, kind: Header['kind']): Header | undefined {
    const header = this.script.headers.get(node.startIndex);
    if (header?.kind !== kind) {
      this.hasStranger = true;
      return undefined;
    }
    this.headers++;
    return header;
  }

  private named(node: SyntaxNode): SyntaxNode[] {
    return node.children.filter((child): child is SyntaxNode => child?.isNamed === true);
  }

  /** A node that does not belong here: the grammar read something else than the reader did. */
  private stranger(): Structure {
    this.hasStranger = true;
    return { kind: 'sequence', items: [] };
  }
}
