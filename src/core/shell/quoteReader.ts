// Reads quotes and escapes, and text in which only expansions count.
// Invariant: what stands between quotes is one piece or several that say that they were quoted.
import { TextCursor } from './textCursor.ts';
import type { Piece } from './tokens.ts';

/** The part of word reading that knows quotes; expansions are left to `WordReader`. */
export abstract class QuoteReader extends TextCursor {
  protected abstract readDollar(pieces: Piece[], quoted: boolean): void;
  protected abstract readBackticks(pieces: Piece[], quoted: boolean): void;

  protected readEscape(pieces: Piece[]): void {
    const start = this.pos;
    const next = this.text[start + 1];
    if (next === '\n') {
      this.pos += 2; // a continued line: both characters vanish
      return;
    }
    this.pos += next === undefined ? 1 : 2;
    pieces.push(this.literal(next ?? '\\', true, start, this.pos));
  }

  protected readSingleQuoted(pieces: Piece[]): void {
    const start = this.pos;
    const end = this.text.indexOf("'", start + 1);
    if (end < 0) {
      this.fail('syntax-error', 'A single quote is not closed.', start, this.text.length);
      return;
    }
    pieces.push(this.literal(this.text.slice(start + 1, end), true, start + 1, end));
    this.pos = end + 1;
  }

  protected readDoubleQuoted(pieces: Piece[]): void {
    const start = this.pos++;
    const before = pieces.length;
    this.readQuotedText(pieces, '"', this.text.length);
    if (this.text[this.pos] !== '"') {
      this.fail('syntax-error', 'A double quote is not closed.', start, this.text.length);
      return;
    }
    if (pieces.length === before) {
      pieces.push(this.literal('', true, this.pos, this.pos));
    }
    this.pos++;
  }

  /** Text in which only `$`, backticks and backslashes count: double quotes, heredoc bodies, arithmetic. */
  readQuotedText(pieces: Piece[], close: '"' | '', end: number): void {
    const escapable = close === '"' ? '$`"\\' : '$`\\';
    let start = this.pos;
    const flush = (): void => {
      if (this.pos > start) {
        pieces.push(this.literal(this.text.slice(start, this.pos), true, start, this.pos));
      }
    };
    while (this.pos < end) {
      const char = this.text[this.pos];
      if (char === close) {
        break;
      }
      if (char === '\\') {
        const next = this.text[this.pos + 1] ?? '';
        if (next !== '\n' && (next === '' || !escapable.includes(next))) {
          this.pos += next === '' ? 1 : 2;
          continue;
        }
        flush();
        if (next !== '\n') {
          pieces.push(this.literal(next, true, this.pos, this.pos + 2));
        }
        this.pos += 2;
        start = this.pos;
      } else if (char === '$' || char === '`') {
        flush();
        if (char === '$') {
          this.readDollar(pieces, true);
        } else {
          this.readBackticks(pieces, true);
        }
        start = this.pos;
      } else {
        this.pos++;
      }
    }
    if (!this.hasFailed) {
      flush();
    }
  }

  /** Expansions in a stretch that is read like double-quoted text; `pos` is left at its end. */
  readRange(from: number, to: number): Piece[] {
    const pieces: Piece[] = [];
    this.pos = from;
    this.readQuotedText(pieces, '', to);
    if (this.pos > to) {
      this.fail('syntax-error', 'An expansion reaches past its end.', from, to);
    }
    return pieces;
  }
}
