// Cuts a snippet of a C-like or script language into names, strings and signs: enough to see what it calls.
// Invariant: total; a string that is built from parts that are not constant has `value` undefined.
import type { CodeLanguage } from './types.ts';

export interface Token {
  kind: 'name' | 'string' | 'sign' | 'number';
  /** For names the whole dotted path (`os.path.join`); for strings the source text. */
  text: string;
  /** The constant value of a string. */
  value?: string;
  start: number;
  end: number;
}

interface Lexis {
  line: RegExp | undefined;
  block: readonly [string, string] | undefined;
  name: RegExp;
}

const NAME = /[A-Za-z_$@][\w$]*(?:\s*(?:\.|\?\.|->|::)\s*[A-Za-z_$][\w$]*)*[!?]?/y;
const LEXIS: Partial<Record<CodeLanguage, Lexis>> = {
  python: { line: /#[^\n]*/y, block: undefined, name: NAME },
  javascript: { line: /\/\/[^\n]*/y, block: ['/*', '*/'], name: NAME },
  ruby: { line: /#[^\n]*/y, block: undefined, name: NAME },
  php: { line: /(?:\/\/|#)[^\n]*/y, block: ['/*', '*/'], name: NAME },
  lua: { line: /--[^\n]*/y, block: ['--[[', ']]'], name: NAME },
  r: {
    line: /#[^\n]*/y,
    block: undefined,
    name: /[A-Za-z_.][\w.]*(?:\s*(?:::|\$)\s*[A-Za-z_.][\w.]*)*/y,
  },
};

/** The longest snippets of agents have three thousand. */
const MAX_TOKENS = 8_000;

/** Tokens of a snippet; undefined where the language has no lexer, a string does not end, or there are too many. */
export function tokenize(language: CodeLanguage, code: string): readonly Token[] | undefined {
  const lexis = LEXIS[language];
  return lexis && new Lexer(language, code, lexis).run();
}

class Lexer {
  private at = 0;
  private readonly tokens: Token[] = [];

  constructor(
    private readonly language: CodeLanguage,
    private readonly code: string,
    private readonly lexis: Lexis,
  ) {}

  run(): readonly Token[] | undefined {
    while (this.at < this.code.length) {
      if (!this.step() || this.tokens.length > MAX_TOKENS) return undefined;
    }
    return this.tokens;
  }

  private step(): boolean {
    const { code, lexis } = this;
    const character = code[this.at] as string;
    if (/\s/.test(character)) {
      this.at++;
      return true;
    }
    if (lexis.block && code.startsWith(lexis.block[0], this.at)) {
      const end = code.indexOf(lexis.block[1], this.at + lexis.block[0].length);
      this.at = end < 0 ? code.length : end + lexis.block[1].length;
      return true;
    }
    if (lexis.line && this.match(lexis.line) !== undefined) return true;
    const prefix =
      this.language === 'python' ? this.peek(/[rbfuRBFU]{0,2}(?=["'])/y) : this.peek(/(?=["'`])/y);
    if (prefix !== undefined) return this.readString(prefix.toLowerCase());
    if (this.language === 'javascript' && character === '/' && this.mayStartPattern())
      return this.readPattern();
    if (this.language === 'ruby' && character === '%' && this.readPercent()) return true;
    return this.readPlain();
  }

  /** `%x(…)` runs its text as backticks do; Perl's `qx` has a scanner of its own. */
  private readPercent(): boolean {
    const start = this.at;
    const open = this.peek(/%x(?=[^\w\s])./y)?.[2];
    if (open === undefined) return false;
    const close = { '(': ')', '[': ']', '{': '}', '<': '>' }[open] ?? open;
    const end = this.code.indexOf(close, start + 3);
    if (end < 0) return false;
    const body = this.code.slice(start + 3, end);
    this.at = end + 1;
    const value = body.includes('#{') || body.includes(open) ? {} : { value: body };
    this.tokens.push({ kind: 'string', text: `\`${body}`, ...value, start, end: this.at });
    return true;
  }

  private readPlain(): boolean {
    const start = this.at;
    const name = this.match(this.lexis.name);
    if (name !== undefined) {
      this.push('name', name.replace(/\s+/g, '').replace(/\?\.|->|::/g, '.'), start);
      return true;
    }
    const number = this.match(/\d[\w.]*/y);
    if (number !== undefined) this.push('number', number, start);
    else {
      this.at++;
      this.push('sign', this.code[start] as string, start);
    }
    return true;
  }

  private readString(prefix: string): boolean {
    const start = this.at;
    this.at += prefix.length;
    const quote = this.code[this.at] as string;
    const triple = quote.repeat(3);
    const isTriple = this.language === 'python' && this.code.startsWith(triple, this.at);
    const mark = isTriple ? triple : quote;
    this.at += mark.length;
    const from = this.at;
    while (!this.code.startsWith(mark, this.at)) {
      if (this.at >= this.code.length) return false;
      // A backslash keeps the quote behind it inside of the string, in raw strings too.
      this.at += this.code[this.at] === '\\' ? 2 : 1;
    }
    const body = this.code.slice(from, this.at);
    this.at += mark.length;
    const isDynamic = this.isInterpolated(prefix, quote, body);
    this.tokens.push({
      kind: 'string',
      text: this.code.slice(start, this.at),
      ...(!isDynamic && { value: prefix.includes('r') ? body : withoutEscapes(body) }),
      start,
      end: this.at,
    });
    if (isDynamic) this.tokens.push(...this.innerTokens(body, from));
    return true;
  }

  private isInterpolated(prefix: string, quote: string, body: string): boolean {
    switch (this.language) {
      case 'python':
        return prefix.includes('f') && /\{(?!\{)/.test(body);
      case 'javascript':
        return quote === '`' && body.includes('${');
      case 'ruby':
        return quote !== "'" && body.includes('#{');
      case 'php':
        return quote === '"' && /\$[A-Za-z_{]|\{\$/.test(body);
      default:
        return false;
    }
  }

  /** What stands in the places of a string that is put together at run time is code too. */
  private innerTokens(body: string, offset: number): readonly Token[] {
    const places = body.matchAll(/(?:\$|#)?\{([^{}]*)\}/g);
    return [...places].flatMap((found) => {
      const inner = tokenize(this.language, found[1] ?? '') ?? [];
      return inner.map((token) => ({
        ...token,
        start: token.start + offset,
        end: token.end + offset,
      }));
    });
  }

  private mayStartPattern(): boolean {
    const last = this.tokens.at(-1);
    if (!last) return true;
    const before = this.tokens.at(-2);
    // `x++ / y` divides.
    if (/^[+-]$/.test(last.text) && before?.text === last.text && before.end === last.start)
      return false;
    if (last.kind === 'sign') return !/[)\]}]/.test(last.text);
    return (
      last.kind === 'name' &&
      /^(return|typeof|case|in|of|void|else|do|yield|await|delete|new|instanceof|throw)$/.test(
        last.text,
      )
    );
  }

  private readPattern(): boolean {
    const pattern = this.match(/\/(?:[^\\/[\n]|\\.|\[(?:[^\\\]\n]|\\.)*\])+\/[a-z]*/y);
    if (pattern === undefined) return this.readPlain();
    return true;
  }

  private push(kind: Token['kind'], text: string, start: number): void {
    this.tokens.push({ kind, text, start, end: this.at });
  }

  private peek(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.code)?.[0];
  }

  private match(pattern: RegExp): string | undefined {
    const text = this.peek(pattern);
    if (text === undefined || text === '') return undefined;
    this.at += text.length;
    return text;
  }
}

function withoutEscapes(text: string): string {
  return text.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|\n|.)/gs, (_match, code: string) => {
    if (/^[xu]./.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return { n: '\n', t: '\t', r: '\r', '\n': '', '0': '\0' }[code] ?? code;
  });
}
