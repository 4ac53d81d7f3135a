// What the reader makes of the characters, before anything is expanded: words in pieces, redirects, segments.
// Invariant: every command substitution in the text hangs on exactly one piece, so that whoever walks the pieces sees all code.
import type { Source } from './source.ts';
import type { RedirectOp } from './types.ts';

/** One piece of a word. Offsets are in the word's source. */
export type Piece = LiteralPiece | ParameterPiece | CommandPiece | ArithmeticPiece;

export interface LiteralPiece {
  kind: 'literal';
  value: string;
  quoted: boolean;
  start: number;
  end: number;
}

/** `$x`, `${x}` and all forms of it. */
export interface ParameterPiece {
  kind: 'parameter';
  /** Variable name, digit(s) or special character. */
  name: string;
  /** `#` for a length, `!` for indirection. */
  prefix: '' | '#' | '!';
  subscript: Subscript | undefined;
  /** `:-`, `%%`, `/` … or empty. */
  operator: string;
  operand: readonly Piece[];
  quoted: boolean;
  start: number;
  end: number;
}

export interface Subscript {
  text: string;
  pieces: readonly Piece[];
}

/** Code whose output (or whose pipe) becomes part of the word. */
export interface CommandPiece {
  kind: 'command';
  form: '$(' | '`' | '<(' | '>(';
  script: Script;
  quoted: boolean;
  start: number;
  end: number;
}

/** `$((…))`, `$[…]`. */
export interface ArithmeticPiece {
  kind: 'arithmetic';
  text: string;
  pieces: readonly Piece[];
  quoted: boolean;
  start: number;
  end: number;
}

/** A word as it was read. */
export interface RawWord {
  source: Source;
  start: number;
  end: number;
  pieces: readonly Piece[];
  /** Set for `name=(…)` as an argument of a declaring builtin; `pieces` then hold `name=`. */
  array?: readonly RawWord[];
}

export interface RawAssignment {
  name: string;
  subscript: Subscript | undefined;
  append: boolean;
  value: RawWord | undefined;
  array: readonly RawWord[] | undefined;
  source: Source;
  start: number;
  end: number;
}

export interface Heredoc {
  isQuoted: boolean;
  source: Source;
  /** The body after tabs and continuations were taken out; in `source` it starts at 0. */
  pieces: readonly Piece[];
  start: number;
  end: number;
}

export interface RawRedirect {
  op: RedirectOp;
  fd: number | undefined;
  /** `{name}>f`: the shell stores the descriptor in this variable. */
  fdVariable: string | undefined;
  target: RawWord;
  heredoc: Heredoc | undefined;
  source: Source;
  start: number;
  end: number;
}

/** What stands for one token `s` of the skeleton. */
export type Segment = SimpleSegment | TestSegment | ArithmeticSegment;

interface SegmentBase {
  redirects: RawRedirect[];
  source: Source;
  start: number;
  end: number;
}

export interface SimpleSegment extends SegmentBase {
  kind: 'simple';
  assignments: RawAssignment[];
  words: RawWord[];
}

/** `[[ … ]]`: operators as plain text, operands as words. */
export interface TestSegment extends SegmentBase {
  kind: 'test';
  tokens: readonly (string | RawWord)[];
}

/** `((…))`. */
export interface ArithmeticSegment extends SegmentBase {
  kind: 'arithmetic';
  text: string;
  pieces: readonly Piece[];
}

export interface ForHeader {
  kind: 'for';
  name: string;
  /** undefined: over the positional parameters. */
  words: readonly RawWord[] | undefined;
}

/** `for ((a; b; c))`. */
export interface CountHeader {
  kind: 'count';
  text: string;
  pieces: readonly Piece[];
}

export interface CaseHeader {
  kind: 'case';
  subject: RawWord;
  /** Patterns of each item, in order. */
  items: RawWord[][];
}

export interface FunctionHeader {
  kind: 'function';
  name: string;
  /** Set where the name is not plain text. */
  word: RawWord;
}

export type Header = ForHeader | CountHeader | CaseHeader | FunctionHeader;

/** A list of commands: the skeleton for the grammar, and what each of its places stands for. */
export interface Script {
  source: Source;
  start: number;
  end: number;
  /** Structure only: reserved words, operators, and `s` for each segment. */
  skeleton: string;
  /** By offset in the skeleton. */
  segments: ReadonlyMap<number, Segment>;
  headers: ReadonlyMap<number, Header>;
  /** Redirects of compound commands, by the offset in the skeleton at which the compound ends. */
  compoundRedirects: ReadonlyMap<number, readonly RawRedirect[]>;
  /** Offsets in the skeleton at which a pipeline is negated by `!`, or a command started as coprocess. */
  negations: ReadonlySet<number>;
  coprocesses: ReadonlyMap<number, string>;
  /** False where reading stopped early: the rest of the text was not read. */
  isComplete: boolean;
}
