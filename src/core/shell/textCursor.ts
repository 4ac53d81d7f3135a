// A place in a source, and what every reader does there: fail once, count pieces, find closing brackets.
// Invariant: after `fail` nothing more is read, and the problem is on record; text is never skipped in silence.
import type { Source } from './source.ts';
import type { LiteralPiece, Script } from './tokens.ts';
import type { NotUnderstood, ShellDialect } from './types.ts';
import type { WordReader } from './wordReader.ts';
import { cost, type Work } from './work.ts';

/** What all readers of one analysis share. */
export interface ReaderContext {
  dialect: ShellDialect;
  problems: NotUnderstood[];
  /** Characters in heredoc bodies so far; they have a cap of their own. */
  heredocLength: number;
  /** Shared by all texts of the line. */
  work: Work;
  /** How many substitutions and `${…}` enclose the place that is being read. */
  depth: number;
  readScript(reader: WordReader, terminator: ')' | undefined): Script;
}

const MAX_DEPTH = 24;

/** A cursor over one source. `pos` stands at the next unread character. */
export class TextCursor {
  pos = 0;
  hasFailed = false;
  readonly text: string;
  private readonly hasExtglob: boolean;

  constructor(
    readonly source: Source,
    readonly context: ReaderContext,
  ) {
    this.text = source.text;
    this.hasExtglob = source.text.includes('extglob');
  }

  /** Records a problem and stops reading this source. Only the first problem of a source counts. */
  fail(code: string, why: string, start: number, end: number): void {
    if (!this.hasFailed) {
      this.context.problems.push({ code, why, span: this.source.span(start, end) });
    }
    this.hasFailed = true;
    this.pos = this.text.length;
  }

  /** True where an earlier command may have switched the patterns `?(…)`, `*(…)` … on. */
  mayHaveExtglob(before: number): boolean {
    return this.hasExtglob && this.text.lastIndexOf('extglob', before) >= 0;
  }

  literal(value: string, quoted: boolean, start: number, end: number): LiteralPiece {
    this.spend(cost.piece, start, end);
    return { kind: 'literal', value, quoted, start, end };
  }

  protected spend(amount: number, start: number, end: number): void {
    if (!this.context.work.spend(amount)) {
      this.fail('too-long', 'The line has too many parts.', start, end);
    }
  }

  /** For what bash and a plain POSIX shell read differently: it is not known which of them `sh` is. */
  refuseInSh(what: string, start: number, end: number): void {
    if (this.context.dialect === 'sh') {
      this.fail('unsupported-construct', `Not every sh reads ${what} alike.`, start, end);
    }
  }

  /** Counts a layer of nesting and the text inside of it; too many of either are a failure. */
  protected enter(start: number): void {
    this.spend(cost.text, start, start + 1);
    if (++this.context.depth > MAX_DEPTH) {
      this.fail('too-deep', 'The text is nested too deeply.', start, this.text.length);
    }
  }

  /** Offset of the bracket that closes the one at `open`, quotes and escapes skipped; -1 where there is none. */
  closing(open: number, left: string, right: string): number {
    const end = this.findClosing(open, left, right);
    if (!this.context.work.spendCharacters((end < 0 ? this.text.length : end) - open)) {
      this.fail('too-long', 'The line has too many parts.', open, open + 1);
    }
    return end;
  }

  private findClosing(open: number, left: string, right: string): number {
    let depth = 0;
    for (let at = open; at < this.text.length; at++) {
      const char = this.text[at];
      if (char === '\\') {
        at++;
      } else if (char === "'" || char === '"' || char === '`') {
        at = this.quoteEnd(at, char);
        if (at < 0) {
          return -1;
        }
      } else if (char === left) {
        depth++;
      } else if (char === right && --depth === 0) {
        return at;
      }
    }
    return -1;
  }

  private quoteEnd(open: number, quote: string): number {
    for (let at = open + 1; at < this.text.length; at++) {
      if (this.text[at] === '\\' && quote !== "'") {
        at++;
      } else if (this.text[at] === quote) {
        return at;
      }
    }
    return -1;
  }
}
