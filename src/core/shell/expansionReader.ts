// Reads what a `$` or a backtick starts: parameters, arithmetic, substitutions.
// Invariant: commands inside of an expansion are read as a script of their own, wherever they stand.
import { ansiText } from './ansiQuotes.ts';
import { PATTERN_OPERATORS, readOperator } from './parameterOperators.ts';
import { QuoteReader } from './quoteReader.ts';
import { derivedSource, type Source } from './source.ts';
import type { ParameterPiece, Piece, Script, Subscript } from './tokens.ts';

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SPECIAL = '@*#?$!-';

/** The part of the word reader that expansions need; words themselves are read on top of it. */
export abstract class ExpansionReader extends QuoteReader {
  /** Quotes, expansions and plain text outside quotes; false where the next character is none of them. */
  protected abstract readCommonPiece(pieces: Piece[]): boolean;

  /** Reads commands from here up to `terminator`. */
  protected abstract readCommands(terminator: ')'): Script;

  /** Reads the whole of another text as commands. */
  protected abstract readOther(source: Source): Script;

  protected override readDollar(pieces: Piece[], quoted: boolean): void {
    const start = this.pos;
    const next = this.text[start + 1] ?? '';
    if ((next === "'" || next === '"') && !quoted) {
      this.refuseInSh('a $ before a quote', start, start + 2);
    }
    if (next === '(') {
      this.readDollarParen(pieces, quoted);
    } else if (next === '{') {
      this.readBraced(pieces, quoted);
    } else if (next === '[') {
      this.readArithmetic(pieces, quoted, start, start + 2, this.closing(start + 1, '[', ']'), 1);
    } else if (next === "'" && !quoted) {
      const quote = ansiText(this.text, start + 2);
      if (!quote) {
        this.fail('syntax-error', "A $'…' quote is not closed.", start, this.text.length);
        return;
      }
      if (quote.value === undefined) {
        this.fail('unsupported-construct', 'A quoted byte here is not text.', start, quote.end);
        return;
      }
      pieces.push(this.literal(quote.value, true, start, quote.end));
      this.pos = quote.end;
    } else if (next === '"' && !quoted) {
      this.pos++;
      this.readDoubleQuoted(pieces);
    } else if (next === '\\' && this.text[start + 2] === '\n') {
      this.fail('unsupported-construct', 'A line break splits an expansion.', start, start + 3);
    } else {
      this.readSimpleParameter(pieces, quoted);
    }
  }

  private readSimpleParameter(pieces: Piece[], quoted: boolean): void {
    const start = this.pos;
    NAME.lastIndex = start + 1;
    const next = this.text[start + 1] ?? '';
    const name =
      NAME.exec(this.text)?.[0] ??
      (/[0-9]/.test(next) || (next !== '' && SPECIAL.includes(next)) ? next : '');
    this.pos = start + 1 + name.length;
    if (name === '') {
      pieces.push(this.literal('$', quoted, start, this.pos));
      return;
    }
    this.refuseSplitName(start);
    pieces.push(parameter(name, quoted, start, this.pos));
  }

  /** `$na\⏎me` is `$name` to the shell. */
  private refuseSplitName(start: number): void {
    if (
      this.text.startsWith('\\\n', this.pos) &&
      /[A-Za-z0-9_]/.test(this.text[this.pos + 2] ?? '')
    ) {
      this.fail('unsupported-construct', 'A line break splits a name.', start, this.pos + 2);
    }
  }

  private readDollarParen(pieces: Piece[], quoted: boolean): void {
    const start = this.pos;
    if (this.text[start + 2] === '(') {
      const end = this.closing(start + 1, '(', ')');
      if (end >= 0 && this.closing(start + 2, '(', ')') === end - 1) {
        this.readArithmetic(pieces, quoted, start, start + 3, end - 1, 2);
        return;
      }
    }
    this.pos = start + 2;
    this.readSubstitution(pieces, '$(', quoted, start);
  }

  protected readProcess(pieces: Piece[]): boolean {
    const start = this.pos;
    this.pos += 2;
    this.readSubstitution(pieces, this.text[start] === '<' ? '<(' : '>(', false, start);
    return true;
  }

  private readSubstitution(
    pieces: Piece[],
    form: '$(' | '<(' | '>(',
    quoted: boolean,
    start: number,
  ): void {
    this.enter(start);
    const script = this.readCommands(')');
    this.context.depth--;
    if (this.text[this.pos] !== ')') {
      this.fail('syntax-error', 'A substitution is not closed.', start, this.text.length);
    } else {
      this.pos++;
    }
    pieces.push({ kind: 'command', form, script, quoted, start, end: this.pos });
  }

  private readArithmetic(
    pieces: Piece[],
    quoted: boolean,
    start: number,
    from: number,
    to: number,
    closers: number,
  ): void {
    if (to < 0) {
      this.fail('syntax-error', 'An arithmetic expansion is not closed.', start, this.text.length);
      return;
    }
    this.enter(start);
    const inner = this.hasFailed ? [] : this.readRange(from, to);
    this.context.depth--;
    const text = this.text.slice(from, to);
    pieces.push({ kind: 'arithmetic', text, pieces: inner, quoted, start, end: to + closers });
    if (!this.hasFailed) {
      this.pos = to + closers;
    }
  }

  protected override readBackticks(pieces: Piece[], quoted: boolean): void {
    const start = this.pos;
    let text = '';
    const offsets: number[] = [];
    let at = start + 1;
    for (; at < this.text.length && this.text[at] !== '`'; at++) {
      offsets.push(at);
      const next = this.text[at + 1];
      if (
        this.text[at] === '\\' &&
        next !== undefined &&
        ('$`\\'.includes(next) || (quoted && next === '"'))
      ) {
        at++;
      }
      text += this.text[at];
    }
    if (at >= this.text.length) {
      this.fail('syntax-error', 'A backtick is not closed.', start, this.text.length);
      return;
    }
    offsets.push(at);
    this.enter(start);
    const script = this.readOther(derivedSource(text, this.source, offsets));
    this.context.depth--;
    this.pos = this.hasFailed ? this.text.length : at + 1;
    pieces.push({ kind: 'command', form: '`', script, quoted, start, end: this.pos });
  }

  private readBraced(pieces: Piece[], quoted: boolean): void {
    const start = this.pos;
    const head =
      /(#(?=[A-Za-z0-9_@*?$!#-])|!(?=[A-Za-z0-9_@*#?$!-]))?([A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])/y;
    head.lastIndex = start + 2;
    const match = head.exec(this.text) ?? undefined;
    if (!match) {
      this.fail('unsupported-construct', 'This form of ${…} is not known.', start, start + 3);
      return;
    }
    this.pos = head.lastIndex;
    const subscript = this.text[this.pos] === '[' ? this.readSubscript() : undefined;
    const operator = readOperator(this.text, this.pos);
    if (operator === undefined) {
      this.fail('unsupported-construct', 'This form of ${…} is not known.', start, this.pos + 1);
      return;
    }
    this.pos += operator.length;
    const operand = this.readOperand(quoted, operator);
    if (this.text[this.pos] !== '}') {
      this.fail('syntax-error', 'A ${…} is not closed.', start, this.text.length);
    } else {
      this.pos++;
    }
    const [, prefix = '', name = ''] = match;
    pieces.push({
      ...parameter(name, quoted, start, this.pos),
      prefix: prefix === '#' || prefix === '!' ? prefix : '',
      subscript,
      operator,
      operand,
    });
  }

  /** `[…]` after a name; `pos` is left behind the bracket. */
  readSubscript(): Subscript | undefined {
    const start = this.pos;
    const end = this.closing(start, '[', ']');
    if (end < 0) {
      this.fail('syntax-error', 'A subscript is not closed.', start, this.text.length);
      return undefined;
    }
    const pieces = this.readRange(start + 1, end);
    if (!this.hasFailed) {
      this.pos = end + 1;
    }
    return { text: this.text.slice(start + 1, end), pieces };
  }

  private readOperand(quoted: boolean, operator: string): Piece[] {
    const pieces: Piece[] = [];
    const isPattern = PATTERN_OPERATORS.has(operator);
    this.enter(this.pos);
    while (this.pos < this.text.length && this.text[this.pos] !== '}') {
      const char = this.text[this.pos] ?? '';
      if (this.text.startsWith('$${', this.pos)) {
        // The shell looks for the end of it in another way than it reads it.
        this.fail(
          'unsupported-construct',
          'This form of ${…} is not known.',
          this.pos,
          this.pos + 3,
        );
        break;
      }
      if (quoted && char === "'" && !isPattern) {
        pieces.push(this.literal(char, true, this.pos, ++this.pos));
      } else if (
        quoted &&
        !isPattern &&
        char === '\\' &&
        !'$`"\\}\n'.includes(this.text[this.pos + 1] ?? '$')
      ) {
        pieces.push(this.literal(char, true, this.pos, ++this.pos));
      } else if (char === '$') {
        // The quotes around `"${x%$y}"` are not around its pattern.
        this.readDollar(pieces, quoted && !isPattern);
      } else if (char === '`') {
        this.readBackticks(pieces, quoted);
      } else if ('"\'\\'.includes(char)) {
        this.readCommonPiece(pieces);
      } else if (!quoted && '<>'.includes(char) && this.text[this.pos + 1] === '(') {
        this.readProcess(pieces);
      } else {
        const run = /[^}$`"'\\<>]+|[<>]/y;
        run.lastIndex = this.pos;
        const text = run.exec(this.text)?.[0] ?? char;
        pieces.push(this.literal(text, quoted && !isPattern, this.pos, this.pos + text.length));
        this.pos += text.length;
      }
    }
    this.context.depth--;
    return pieces;
  }
}

function parameter(name: string, quoted: boolean, start: number, end: number): ParameterPiece {
  return {
    kind: 'parameter',
    name,
    prefix: '',
    subscript: undefined,
    operator: '',
    operand: [],
    quoted,
    start,
    end,
  };
}
