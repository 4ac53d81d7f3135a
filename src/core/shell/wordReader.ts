// Reads words: quotes, escapes, parameters, substitutions. Works on characters; structure is the grammar's business.
// Invariant: after `fail` nothing more is read, and the problem is on record; text is never skipped in silence.
import { ExpansionReader } from './expansionReader.ts';
import type { Source } from './source.ts';
import type { Piece, RawWord, Script } from './tokens.ts';

/** How a word is read where `(`, `|` and blanks may belong to it. */
export type WordMode = 'normal' | 'pattern' | 'regex';

const PLAIN = /[^ \t\n;&|<>()$`"'\\]+/y;

/** A cursor over one source. `pos` stands at the next unread character. */
export class WordReader extends ExpansionReader {
  /** Reads one word; undefined where none starts here. */
  readWord(mode: WordMode = 'normal'): RawWord | undefined {
    const start = this.pos;
    const pieces: Piece[] = [];
    let depth = 0;
    while (this.pos < this.text.length) {
      if (this.readCommonPiece(pieces)) {
        continue;
      }
      const char = this.text[this.pos] ?? '';
      if (char === '(' && mode !== 'normal' && this.mayOpenGroup(mode, pieces, start)) {
        depth++;
      } else if (char === ')' && depth > 0) {
        depth--;
      } else if (depth === 0 && !(mode === 'regex' && '|<>'.includes(char))) {
        break;
      }
      pieces.push(this.literal(char, false, this.pos, ++this.pos));
    }
    if (this.pos === start) {
      return undefined;
    }
    return { source: this.source, start, end: this.pos, pieces };
  }

  private mayOpenGroup(mode: WordMode, pieces: readonly Piece[], start: number): boolean {
    return (
      mode === 'regex' ||
      (this.pos > start && pieces.length > 0 && /[?*+@!]/.test(this.text[this.pos - 1] ?? ''))
    );
  }

  protected override readCommonPiece(pieces: Piece[]): boolean {
    PLAIN.lastIndex = this.pos;
    const plain = PLAIN.exec(this.text);
    if (plain) {
      pieces.push(this.literal(plain[0], false, this.pos, this.pos + plain[0].length));
      this.pos += plain[0].length;
      return true;
    }
    switch (this.text[this.pos]) {
      case "'":
        this.readSingleQuoted(pieces);
        return true;
      case '"':
        this.readDoubleQuoted(pieces);
        return true;
      case '\\':
        this.readEscape(pieces);
        return true;
      case '$':
        this.readDollar(pieces, false);
        return true;
      case '`':
        this.readBackticks(pieces, false);
        return true;
      case '<':
      case '>':
        return this.text[this.pos + 1] === '(' && this.readProcess(pieces);
      default:
        return false;
    }
  }

  protected override readCommands(terminator: ')'): Script {
    return this.context.readScript(this, terminator);
  }

  protected override readOther(source: Source): Script {
    return this.context.readScript(new WordReader(source, this.context), undefined);
  }
}
