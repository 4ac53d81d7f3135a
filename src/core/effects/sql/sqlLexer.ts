// Cuts SQL into tokens by the rules of one dialect. Strings and comments are where the dialects differ most.
// Invariant: every character is in a token, in a comment or in a client command; what is not closed sets `isOpen`.
import type { SqlDialect, SqlToken } from './sqlTypes.ts';

/** A command of the client itself: `\! ls`, `\copy …`. */
export interface MetaCommand {
  name: string;
  rest: string;
}

/** Statements and client commands, in order. */
export interface SqlPieces {
  statements: readonly (readonly SqlToken[])[];
  metas: readonly MetaCommand[];
  /** True where a string, a comment or a quoted name does not end. */
  isOpen: boolean;
  /** True where there are more tokens than are read; the last statement is then only a part of one. */
  isCut: boolean;
}

/** Most tokens that are read; behind them anything may stand. */
const MAX_TOKENS = 6_000;
const COST_OF_META = 6;

/** Reads a text by the rules of one dialect. */
export function lexSql(text: string, dialect: SqlDialect): SqlPieces {
  return new SqlLexer(text, dialect).read();
}

const WORD = /[\p{L}_@][\p{L}\p{N}_$@]*(?:\.[\p{L}_][\p{L}\p{N}_$@]*)*/uy;
const NUMBER = /(?:0x[\da-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?)/iy;
const DOLLAR = /\$(?:[A-Za-z_]\w*)?\$/y;

class SqlLexer {
  private at = 0;
  private depth = 0;
  private isOpen = false;
  private count = 0;
  private delimiter: string | undefined;
  private readonly statements: SqlToken[][] = [[]];
  private readonly metas: MetaCommand[] = [];

  constructor(
    private readonly text: string,
    private readonly dialect: SqlDialect,
  ) {}

  read(): SqlPieces {
    while (this.at < this.text.length && !this.isCut) this.readOne();
    return {
      isCut: this.isCut,
      statements: this.statements.filter((statement) => statement.length > 0),
      metas: this.metas,
      isOpen: this.isOpen,
    };
  }

  private get isCut(): boolean {
    // A meta command is read up to the end of its line, so each costs as much as many words.
    return this.count + COST_OF_META * this.metas.length > MAX_TOKENS;
  }

  private readOne(): void {
    const sign = this.text[this.at] as string;
    const two = this.text.slice(this.at, this.at + 2);
    if (/\s/.test(sign)) this.at++;
    else if (this.delimiter !== undefined && this.text.startsWith(this.delimiter, this.at))
      this.endStatement(this.delimiter.length);
    else if (this.isLineComment(sign, two)) this.skipLine();
    else if (two === '/*') this.readComment();
    else if (sign === "'") this.readString(this.dialect.hasBackslash);
    else if (sign === '"' || (sign === '`' && this.dialect.isMySql)) this.readQuoted(sign);
    else if (sign === '\\') this.readMeta();
    else if (sign === '.' && this.isStatementStart()) this.readDotCommand();
    else if (sign === ';') this.endStatement(1);
    else if (!this.readWordLike(sign)) this.readSign(sign);
  }

  private isLineComment(sign: string, two: string): boolean {
    if (sign === '#') return this.dialect.isMySql;
    if (two !== '--') return false;
    return !this.dialect.isMySql || /^(\s|$)/.test(this.text.slice(this.at + 2, this.at + 3));
  }

  private isStatementStart(): boolean {
    return this.statements.at(-1)?.length === 0;
  }

  private endStatement(length: number): void {
    this.at += length;
    this.depth = 0;
    this.statements.push([]);
    this.count++;
  }

  private push(kind: SqlToken['kind'], text: string): void {
    this.count++;
    const word = kind === 'string' ? text : text.toLowerCase();
    this.statements.at(-1)?.push({ kind, text, word, depth: this.depth });
  }

  private skipLine(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
  }

  private restOfLine(): string {
    const from = this.at;
    this.skipLine();
    return this.text.slice(from, this.at);
  }

  /** MySQL runs what stands in a comment with `!`; other dialects let comments stand inside of each other. */
  private readComment(): void {
    const version = /\/\*M?!\d*/y;
    version.lastIndex = this.at;
    const found = version.exec(this.text);
    if (found) {
      this.at += found[0].length;
      return;
    }
    let open = 1;
    this.at += 2;
    while (this.at < this.text.length && open > 0) {
      const two = this.text.slice(this.at, this.at + 2);
      if (two === '*/') open--;
      else if (two === '/*' && !this.dialect.isMySql) open++;
      this.at += two === '*/' || two === '/*' ? 2 : 1;
    }
    if (open > 0) this.isOpen = true;
  }

  private readString(hasBackslash: boolean): void {
    const from = this.at++;
    while (this.at < this.text.length) {
      const sign = this.text[this.at];
      if (sign === '\\' && hasBackslash) this.at += 2;
      else if (sign !== "'") this.at++;
      else if (this.text[this.at + 1] === "'") this.at += 2;
      else {
        this.at++;
        this.push('string', this.text.slice(from, this.at));
        return;
      }
    }
    this.isOpen = true;
    this.push('string', this.text.slice(from));
  }

  private readQuoted(quote: string): void {
    const from = ++this.at;
    while (this.at < this.text.length) {
      const sign = this.text[this.at];
      if (sign === '\\' && quote === '"' && this.dialect.hasBackslash) this.at += 2;
      else if (sign !== quote) this.at++;
      else if (this.text[this.at + 1] === quote) this.at += 2;
      else {
        this.push('quoted', this.text.slice(from, this.at++));
        return;
      }
    }
    this.isOpen = true;
    this.push('quoted', this.text.slice(from));
  }

  /** `\name` and its words up to the next backslash or the end of the line. */
  private readMeta(): void {
    const found = /^\\([A-Za-z]+[+!]?|[!?.;\\#]|$)/.exec(this.text.slice(this.at, this.at + 24));
    const name = found?.[1] ?? '';
    this.at += Math.max(1, found?.[0].length ?? 1);
    if (/^(g|G|;)$/.test(name) && /^[ \t]*(\n|$|\\)/.test(this.text.slice(this.at, this.at + 80))) {
      this.endStatement(0);
      return;
    }
    const rest = this.restOfLine();
    const next = rest.search(/\\[a-z!]/i);
    if (next >= 0 && !/^(!|copy|o|out|g|w|write)$/.test(name)) this.at -= rest.length - next;
    this.metas.push({ name: `\\${name}`, rest: next < 0 ? rest : rest.slice(0, next) });
  }

  /** Commands of sqlite and duckdb start with a dot where a statement would start. */
  private readDotCommand(): void {
    const [name = '.', ...rest] = this.restOfLine().split(/\s+/);
    this.metas.push({ name, rest: rest.join(' ') });
  }

  private readWordLike(sign: string): boolean {
    if (sign === '$' && this.readDollarString()) return true;
    const number = match(NUMBER, this.text, this.at);
    if (number !== undefined) {
      this.at += number.length;
      this.push('number', number);
      return true;
    }
    const word = match(WORD, this.text, this.at);
    if (word === undefined) return false;
    this.readWord(word);
    return true;
  }

  /** `$$ … $$` and `$tag$ … $tag$` are strings for PostgreSQL; for MySQL they are nothing special. */
  private readDollarString(): boolean {
    if (this.dialect.isMySql) return false;
    const tag = match(DOLLAR, this.text, this.at);
    if (tag === undefined) return false;
    const end = this.text.indexOf(tag, this.at + tag.length);
    if (end < 0) this.isOpen = true;
    const to = end < 0 ? this.text.length : end + tag.length;
    this.push('string', this.text.slice(this.at, to));
    this.at = to;
    return true;
  }

  private readWord(word: string): void {
    this.at += word.length;
    const isPrefix = /^(e|n|b|x|r|u&)$/i.test(word) && this.text[this.at] === "'";
    if (isPrefix) this.readString(this.dialect.hasBackslash || /^e$/i.test(word));
    else if (this.isStatementStart() && /^delimiter$/i.test(word)) {
      const given = this.restOfLine().trim();
      this.delimiter = given === '' || given === ';' ? undefined : given;
    } else if (/^go$/i.test(word) && this.isAloneOnLine(word.length)) this.endStatement(0);
    else this.push('word', word);
  }

  private isAloneOnLine(length: number): boolean {
    const from = this.at - length;
    const start = this.text.lastIndexOf('\n', from - 1) + 1;
    const end = this.text.indexOf('\n', this.at);
    const line = this.text.slice(start, end < 0 ? undefined : end);
    return line.trim().length === length;
  }

  private readSign(sign: string): void {
    this.at++;
    // The end of a comment whose content was read as code.
    if (sign === '*' && this.text[this.at] === '/') {
      this.at++;
      return;
    }
    if (sign === ')') this.depth = Math.max(0, this.depth - 1);
    this.push('sign', sign);
    if (sign === '(') this.depth++;
  }
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
