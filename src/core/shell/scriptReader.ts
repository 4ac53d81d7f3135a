// Reads a list of commands: operators, brackets and reserved words, and writes the skeleton for the grammar.
// Invariant: what is not put into the skeleton as a token, a segment or a header has made the reader fail.
import { readPatterns } from './casePatterns.ts';
import { readBodies } from './heredocs.ts';
import { readReserved } from './reservedWords.ts';
import { SegmentReader } from './segmentReader.ts';
import type { CaseHeader, RawWord, Script, Segment } from './tokens.ts';
import type { WordReader } from './wordReader.ts';

/** What encloses the place that is being read: a subshell, a group, a loop written with braces, a case. */
export type Enclosure = '(' | '{' | 'loop{' | CaseHeader;

const MAX_ENCLOSURES = 64;
const RESERVED =
  /(?:if|then|elif|else|fi|while|until|do|done|for|select|case|esac|function|time|coproc|\{|\}|!|\[\[)(?=[ \t\n;&|<>()]|\\\n[ \t\n]|$)/y;

/** Reads from the reader's position up to `terminator` (left unread) or the end of the text. */
export function readScript(reader: WordReader, terminator: ')' | undefined): Script {
  return new ScriptReader(reader, terminator).read();
}

/** One run over one list of commands. */
export class ScriptReader extends SegmentReader {
  readonly enclosures: Enclosure[] = [];
  /** Set behind `!`, `time`, `coproc` until a command follows; behind the first two there may be none. */
  private isPrefixed = false;
  private isCommandNeeded = false;

  constructor(
    reader: WordReader,
    private readonly terminator: ')' | undefined,
  ) {
    super(reader);
  }

  read(): Script {
    const { reader } = this;
    const start = reader.pos;
    while (this.skipBlanks() && this.readToken()) {
      if (this.enclosures.length > MAX_ENCLOSURES) {
        reader.fail('too-deep', 'The text is nested too deeply.', start, reader.pos);
      }
    }
    this.endCommand();
    if (this.pending.length > 0) {
      this.endWithoutBodies();
    }
    if (this.enclosures.length > 0) {
      reader.fail('syntax-error', 'A bracket or `case` is not closed.', start, reader.pos);
    }
    return this.skeleton.finish(reader.source, start, reader.pos, !reader.hasFailed);
  }

  private readToken(): boolean {
    const { reader } = this;
    switch (reader.text[reader.pos]) {
      case '\n':
        this.readNewline();
        return true;
      case '#':
        this.skipComment();
        return true;
      case ';':
        this.readSemicolon();
        return true;
      case '(':
        this.readOpen();
        return true;
      case ')':
        return this.readClose();
      case '|':
        this.readOperator();
        return true;
      case '&':
        if (!this.readRedirect()) {
          this.readOperator();
        }
        return true;
      default:
        if (!this.readRedirect()) {
          this.readWord();
        }
        return true;
    }
  }

  /** Closes the segment; a prefix without a command stands for an empty one. */
  private endCommand(): void {
    if (this.isPrefixed && !this.current && !this.reader.hasFailed) {
      if (this.isCommandNeeded) {
        const { pos } = this.reader;
        this.reader.fail('syntax-error', 'No command stands behind `coproc`.', pos, pos);
      }
      const base = this.base(this.reader.pos);
      this.current = { kind: 'simple', assignments: [], words: [], ...base };
    }
    this.isPrefixed = false;
    this.closeSegment();
  }

  /** Called where a compound or a test starts; such a thing may not stand behind another one. */
  begin(start: number): void {
    if (this.current || this.skeleton.isBehindCloser) {
      this.reader.fail('syntax-error', 'A word stands where none may.', start, start + 1);
    }
    this.isPrefixed = false;
  }

  /** Opens a segment that is no simple command. */
  open(segment: Segment): void {
    this.current = segment;
  }

  /** Source and range for a segment that started at `start` and ends here. */
  segmentBase(start: number): Pick<Segment, 'redirects' | 'source' | 'start' | 'end'> {
    return this.base(start);
  }

  prefix(isCommandNeeded = false): void {
    this.isPrefixed = true;
    this.isCommandNeeded = isCommandNeeded;
  }

  /** Skips blanks, comments and newlines where the grammar allows them inside a compound. */
  skipToNext(): boolean {
    while (this.skipBlanks()) {
      const char = this.reader.text[this.reader.pos];
      if (char === '\n') {
        this.readNewline();
      } else if (char === '#') {
        this.skipComment();
      } else {
        return true;
      }
    }
    return false;
  }

  private readNewline(): void {
    const { reader } = this;
    reader.pos++;
    if (this.current || this.isPrefixed) {
      this.endCommand();
    }
    if (this.skeleton.mayEnd) {
      this.skeleton.separator('\n');
    }
    const pending = this.pending;
    this.pending = [];
    readBodies(reader, pending);
  }

  /** The text ends before the bodies: bash takes them as empty, and warns. */
  private endWithoutBodies(): void {
    const { reader } = this;
    if (this.terminator !== undefined) {
      reader.fail('syntax-error', 'A heredoc has no body.', reader.pos, reader.pos);
      return;
    }
    readBodies(reader, this.pending);
  }

  private readSemicolon(): void {
    const { reader } = this;
    const start = reader.pos;
    const token = /;;&|;;|;&|;/.exec(reader.text.slice(start, start + 3))?.[0] ?? ';';
    this.take(token);
    this.endCommand();
    if (token === ';') {
      this.skeleton.separator(';');
      return;
    }
    const enclosure = this.enclosures.at(-1);
    if (typeof enclosure !== 'object') {
      reader.fail('syntax-error', `\`${token}\` stands outside of a case.`, start, reader.pos);
      return;
    }
    this.skeleton.separator(token);
    readPatterns(this, enclosure);
  }

  private readOperator(): void {
    const { reader } = this;
    const two = reader.text.slice(reader.pos, reader.pos + 2);
    const token = two === '&&' || two === '||' || two === '|&' ? two : (two[0] ?? '');
    const start = reader.pos;
    this.take(token);
    this.endCommand();
    if (!this.skeleton.mayEnd) {
      reader.fail('syntax-error', `No command stands before \`${token}\`.`, start, reader.pos);
    }
    if (token === '&') {
      this.skeleton.separator('&');
    } else {
      this.skeleton.operator(token);
    }
  }

  private readOpen(): void {
    const { reader } = this;
    const start = reader.pos;
    if (this.current) {
      this.readFunctionParens(start);
      return;
    }
    this.begin(start);
    if (reader.text[start + 1] === '(') {
      reader.refuseInSh('((', start, start + 2);
      const inner = reader.closing(start + 1, '(', ')');
      if (inner >= 0 && reader.text[inner + 1] === ')') {
        const pieces = reader.readRange(start + 2, inner);
        const text = reader.text.slice(start + 2, inner);
        reader.pos = reader.hasFailed ? reader.pos : inner + 2;
        this.current = { kind: 'arithmetic', text, pieces, ...this.base(start) };
        return;
      }
      // bash reads such brackets twice, and the second time it runs the body of a heredoc as commands.
      if (reader.text.includes('<<', start)) {
        reader.fail('unsupported-construct', 'A heredoc stands behind ((.', start, start + 2);
        return;
      }
    }
    this.take('(');
    this.enclosures.push('(');
    this.skeleton.opener('(');
  }

  private readFunctionParens(start: number): void {
    const { reader, current } = this;
    const parens = /\([ \t]*\)/y;
    parens.lastIndex = start;
    const [word, ...more] = current?.kind === 'simple' ? current.words : [];
    const isBare =
      current?.kind === 'simple' && current.assignments.length + current.redirects.length === 0;
    if (!isBare || !word || more.length > 0 || !parens.test(reader.text)) {
      reader.fail('syntax-error', 'A bracket stands where none may.', start, start + 1);
      return;
    }
    reader.pos = parens.lastIndex;
    this.current = undefined;
    this.isPrefixed = false;
    this.putFunction(word);
  }

  /** Puts the header of a function; its body comes next. */
  putFunction(word: RawWord): void {
    const isPlain = word.pieces.every((piece) => piece.kind === 'literal' && !piece.quoted);
    if (!isPlain) {
      this.reader.fail(
        'unsupported-construct',
        'This function name is not plain.',
        word.start,
        word.end,
      );
      return;
    }
    const name = word.pieces.map((piece) => (piece.kind === 'literal' ? piece.value : '')).join('');
    this.skeleton.header({ kind: 'function', name, word }, 'f ( )');
  }

  private readClose(): boolean {
    const { reader } = this;
    this.endCommand();
    const start = reader.pos;
    const enclosure = this.enclosures.pop();
    if (enclosure === undefined && this.terminator === ')') {
      return false;
    }
    if (enclosure !== '(') {
      reader.fail('syntax-error', 'A closing bracket has no opening one.', start, start + 1);
      return false;
    }
    reader.pos++;
    this.skeleton.closer(')');
    return true;
  }

  private readWord(): void {
    const { reader } = this;
    if (!this.current) {
      const start = reader.pos;
      RESERVED.lastIndex = start;
      const reserved = RESERVED.exec(reader.text)?.[0];
      if (reserved !== undefined && !(reserved === 'time' && this.skeleton.isBehindPipe)) {
        reader.pos += reserved.length;
        readReserved(this, reserved, start);
        return;
      }
      this.begin(start);
    }
    this.readSimpleWord();
  }
}
