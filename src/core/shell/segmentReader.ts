// Reads what one segment is made of: assignments, words, redirects, arrays.
// Invariant: a redirect takes exactly one word, as in bash; all later words stay arguments of the command.
import { type PendingHeredoc, readDelimiter } from './heredocs.ts';
import { Skeleton } from './skeleton.ts';
import type { RawAssignment, RawRedirect, RawWord, Segment } from './tokens.ts';
import type { RedirectOp } from './types.ts';
import type { WordReader } from './wordReader.ts';

const BLANKS = /(?:[ \t]|\\\n)+/y;
const REDIRECT =
  /([0-9]+|\{[A-Za-z_][A-Za-z0-9_]*\})?(<<<|<<-|<<|<&|<>|<(?!\()|>>|>\||>&|>(?!\()|&>>|&>)/y;
const NO_TARGET = /#|(?:[0-9]+|\{[A-Za-z_][A-Za-z0-9_]*\})[<>](?!\()/y;
const SPLIT_OPERATOR = /(?:\\\n)+[;&|<>()]/y;
const ASSIGNMENT = /([A-Za-z_][A-Za-z0-9_]*)(\+?=|\[)/y;
const MAX_REDIRECTS = 100;
const DECLARING = /^(?:declare|typeset|local|export|readonly)$/;
const RESERVED_WORDS =
  /^(?:if|then|elif|else|fi|while|until|do|done|for|select|case|esac|function|time|coproc|\{|\}|!|\[\[|in)$/;

/** The part of reading that knows nothing of lists and compounds. */
export class SegmentReader {
  readonly skeleton = new Skeleton();
  protected current: Segment | undefined;
  protected pending: PendingHeredoc[] = [];

  constructor(readonly reader: WordReader) {}

  /** False at the end of the text. */
  skipBlanks(): boolean {
    BLANKS.lastIndex = this.reader.pos;
    if (BLANKS.test(this.reader.text)) {
      this.reader.pos = BLANKS.lastIndex;
    }
    return this.reader.pos < this.reader.text.length;
  }

  /** In zsh's interactive mode a comment is no comment, so nothing there is skipped unread. */
  skipComment(): void {
    const { reader } = this;
    const newline = reader.text.indexOf('\n', reader.pos);
    const end = newline < 0 ? reader.text.length : newline;
    if (reader.context.dialect === 'zsh') {
      reader.fail('shell', 'zsh may run what stands behind this #.', reader.pos, end);
    }
    reader.pos = end;
  }

  /** Moves behind an operator; a continued line that splits one operator from the next would change its meaning. */
  protected take(token: string): void {
    const { reader } = this;
    const start = reader.pos;
    reader.pos += token.length;
    SPLIT_OPERATOR.lastIndex = reader.pos;
    if (SPLIT_OPERATOR.test(reader.text)) {
      const end = SPLIT_OPERATOR.lastIndex;
      reader.fail('unsupported-construct', 'A line break splits an operator.', start, end);
    }
  }

  protected base(start: number): Pick<Segment, 'redirects' | 'source' | 'start' | 'end'> {
    return { redirects: [], source: this.reader.source, start, end: this.reader.pos };
  }

  protected closeSegment(): void {
    if (this.current) {
      this.skeleton.segment(this.current);
      this.current = undefined;
    }
  }

  /** Reads an assignment or an argument into the segment that is open, or opens one. */
  protected readSimpleWord(): void {
    const { reader } = this;
    const segment = this.current ?? {
      kind: 'simple' as const,
      assignments: [],
      words: [],
      ...this.base(reader.pos),
    };
    if (segment.kind !== 'simple') {
      reader.fail('syntax-error', 'A word stands where none may.', reader.pos, reader.pos + 1);
      return;
    }
    this.current = segment;
    const assignment = segment.words.length === 0 ? this.readAssignment() : undefined;
    if (assignment) {
      segment.assignments.push(assignment);
    } else {
      const isFirst =
        segment.words.length + segment.redirects.length + segment.assignments.length === 0;
      this.readArgument(segment.words, isFirst);
    }
    segment.end = reader.pos;
  }

  private readArgument(words: RawWord[], mayBeReserved: boolean): void {
    const { reader } = this;
    const start = reader.pos;
    const word = reader.readWord(reader.mayHaveExtglob(start) ? 'pattern' : 'normal');
    if (!word) {
      reader.fail('syntax-error', 'This character is not expected here.', start, start + 1);
      return;
    }
    const raw = reader.text.slice(start, word.end);
    if (mayBeReserved && raw.includes('\\\n') && RESERVED_WORDS.test(raw.replaceAll('\\\n', ''))) {
      reader.fail('unsupported-construct', 'A line break splits a word.', start, word.end);
    }
    const program = words[0];
    if (program && reader.text[reader.pos] === '(' && /^[A-Za-z_]\w*\+?=$/.test(raw)) {
      if (DECLARING.test(reader.text.slice(program.start, program.end))) {
        const array = this.readArray();
        words.push({ ...word, array, end: reader.pos });
        return;
      }
    }
    words.push(word);
  }

  private readAssignment(): RawAssignment | undefined {
    const { reader } = this;
    const start = reader.pos;
    ASSIGNMENT.lastIndex = start;
    const match = ASSIGNMENT.exec(reader.text);
    if (!match) {
      return undefined;
    }
    const [, name = '', mark = ''] = match;
    let operator = mark;
    let end = ASSIGNMENT.lastIndex;
    if (mark === '[') {
      const close = reader.closing(end - 1, '[', ']');
      operator = /^\+?=/.exec(reader.text.slice(close + 1, close + 3))?.[0] ?? '';
      if (close < 0 || operator === '') {
        return undefined;
      }
      reader.pos = end - 1;
      end = close + 1 + operator.length;
    }
    const subscript = mark === '[' ? reader.readSubscript() : undefined;
    if (reader.hasFailed) {
      return undefined;
    }
    reader.pos = end;
    const isArray = reader.text[end] === '(';
    const array = isArray ? this.readArray() : undefined;
    const value = isArray ? undefined : reader.readWord();
    const append = operator === '+=';
    return { name, subscript, append, value, array, source: reader.source, start, end: reader.pos };
  }

  private readArray(): RawWord[] {
    const { reader } = this;
    const start = reader.pos++;
    const words: RawWord[] = [];
    while (this.skipBlanks() && reader.text[reader.pos] !== ')') {
      if (reader.text[reader.pos] === '\n') {
        reader.pos++;
        continue;
      }
      if (reader.text[reader.pos] === '#') {
        this.skipComment();
        continue;
      }
      const word = reader.readWord();
      if (!word) {
        reader.fail(
          'syntax-error',
          'This is not expected in an array.',
          reader.pos,
          reader.pos + 1,
        );
        return words;
      }
      words.push(word);
    }
    if (reader.text[reader.pos] === ')') {
      reader.pos++;
    } else {
      reader.fail('syntax-error', 'An array is not closed.', start, reader.text.length);
    }
    return words;
  }

  /** False where no redirect starts here. */
  protected readRedirect(): boolean {
    const { reader } = this;
    REDIRECT.lastIndex = reader.pos;
    const match = REDIRECT.exec(reader.text);
    // `cmd &> f` is `cmd &` and `> f` where the shell is a plain POSIX one.
    if (!match || (match[2]?.startsWith('&') && reader.context.dialect === 'sh')) {
      return false;
    }
    const start = reader.pos;
    const [whole, fd = '', symbol = ''] = match;
    if (fd.startsWith('{') || symbol === '<<<') {
      reader.refuseInSh(whole, start, reader.pos + whole.length);
    }
    this.take(whole);
    this.skipBlanks();
    // A comment, or the descriptor of a next redirect (`<3>f`), is no target.
    NO_TARGET.lastIndex = reader.pos;
    const target = NO_TARGET.test(reader.text) ? undefined : reader.readWord();
    if (!target) {
      reader.fail('syntax-error', 'A redirect has no target.', start, reader.pos);
      return true;
    }
    const isHeredoc = symbol === '<<' || symbol === '<<-';
    const redirect: RawRedirect = {
      op: (isHeredoc ? '<<' : symbol) as RedirectOp,
      fd: /^[0-9]/.test(fd) ? Number(fd) : undefined,
      fdVariable: fd.startsWith('{') ? fd.slice(1, -1) : undefined,
      target,
      heredoc: undefined,
      source: reader.source,
      start,
      end: reader.pos,
    };
    if (isHeredoc) {
      this.expectBody(redirect, symbol === '<<-');
    }
    this.attach(redirect);
    return true;
  }

  private expectBody(redirect: RawRedirect, stripsTabs: boolean): void {
    const { start, end } = redirect.target;
    const delimiter = readDelimiter(this.reader.text.slice(start, end));
    if (!delimiter) {
      const why = 'The delimiter of this heredoc is not plain.';
      this.reader.fail('unsupported-construct', why, start, end);
      return;
    }
    const { value, isQuoted } = delimiter;
    this.pending.push({ redirect, delimiter: value, isQuoted, stripsTabs });
  }

  private attach(redirect: RawRedirect): void {
    if (!this.current && this.skeleton.isBehindCloser) {
      this.skeleton.addCompoundRedirect(redirect);
      return;
    }
    this.current ??= { kind: 'simple', assignments: [], words: [], ...this.base(redirect.start) };
    if (this.current.redirects.length >= MAX_REDIRECTS) {
      const { start, end } = redirect;
      this.reader.fail('too-long', 'A command has too many redirects.', start, end);
      return;
    }
    this.current.redirects.push(redirect);
    this.current.end = this.reader.pos;
  }
}
