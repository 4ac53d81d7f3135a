// sed scripts: `e` runs commands, `w` and `W` write files; everything else only edits the stream.
import type { InlineFinding } from './types.ts';

/** The commands of a sed script that reach beyond its input; an unreadable script is `dynamic-code`. */
export function scanSed(code: string): readonly InlineFinding[] {
  return new SedReader(code).read();
}

/** True where the script was read to its end and only edits the stream. */
export function sedOnlyReads(code: string): boolean {
  return scanSed(code).length === 0;
}

class SedReader {
  private at = 0;
  private readonly findings: InlineFinding[] = [];

  constructor(private readonly code: string) {}

  read(): readonly InlineFinding[] {
    while (this.at < this.code.length) {
      this.skip(/[\s;{}]+/y);
      if (this.at >= this.code.length) break;
      if (!this.readAddresses() || !this.readCommand()) {
        this.findings.push({
          kind: 'dynamic-code',
          name: 'script',
          span: { start: 0, end: this.code.length },
        });
        break;
      }
    }
    return this.findings;
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const text = pattern.exec(this.code)?.[0] ?? '';
    this.at += text.length;
    return text;
  }

  private readAddresses(): boolean {
    if (!this.readAddress()) return false;
    if (this.skip(/\s*,\s*/y) !== '') {
      this.skip(/[~+]?\d+/y);
      if (!this.readAddress()) return false;
    }
    this.skip(/[\s!]*/y);
    return true;
  }

  private readAddress(): boolean {
    if (this.skip(/\d+(~\d+)?|\$/y) !== '') return true;
    const custom = this.skip(/\\(?=.)/y) !== '';
    if (!custom && this.code[this.at] !== '/') return true;
    const delimiter = this.code[this.at] as string;
    this.at++;
    if (!this.readUntil(delimiter)) return false;
    this.skip(/[IM]+/y);
    return true;
  }

  /** Reads to the delimiter, which does not count when escaped or in brackets. */
  private readUntil(delimiter: string): boolean {
    while (this.at < this.code.length) {
      const character = this.code[this.at++] as string;
      if (character === '\\') this.at++;
      else if (character === delimiter) return true;
      else if (character === '[' && delimiter !== '[') this.skip(/\^?\]?(?:\[:\w+:\]|[^\]\n])*\]/y);
    }
    return false;
  }

  private readCommand(): boolean {
    const start = this.at;
    const command = this.code[this.at++];
    switch (command) {
      case undefined:
      case '}':
      case '{':
        return true;
      case '#':
        this.skip(/[^\n]*/y);
        return true;
      case 's':
        return this.readSubstitution(start);
      case 'y':
        return this.readTwo();
      case 'e': {
        const text = this.skip(/[^\n]*/y).trim();
        this.findings.push({
          kind: 'shell-out',
          name: 'e',
          span: { start, end: this.at },
          ...(text !== '' && { command: text }),
        });
        return true;
      }
      case 'w':
      case 'W':
        this.writeFinding(start, this.skip(/[^\n]*/y).trim());
        return true;
      case 'r':
      case 'R':
        this.skip(/[^\n]*/y);
        return true;
      case 'a':
      case 'i':
      case 'c':
        this.skip(/(?:\\\n|[^\n])*/y);
        return true;
      case ':':
      case 'b':
      case 't':
      case 'T':
        this.skip(/[^\n;}]*/y);
        return true;
      default:
        if (!/[=dDgGhHlnNpPqQxzFv]/.test(command)) return false;
        this.skip(/\s*\d*/y);
        return true;
    }
  }

  private readTwo(): boolean {
    const delimiter = this.code[this.at++];
    if (delimiter === undefined) return false;
    return this.readUntil(delimiter) && this.readRest(delimiter);
  }

  /** The replacement: brackets mean nothing there. */
  private readRest(delimiter: string): boolean {
    while (this.at < this.code.length) {
      const character = this.code[this.at++];
      if (character === '\\') this.at++;
      else if (character === delimiter) return true;
    }
    return false;
  }

  private readSubstitution(start: number): boolean {
    if (!this.readTwo()) return false;
    const flags = this.skip(/[gpiIeMm\d]*/y);
    if (flags.includes('e'))
      this.findings.push({ kind: 'shell-out', name: 's///e', span: { start, end: this.at } });
    if (this.code[this.at] === 'w') {
      this.at++;
      this.writeFinding(start, this.skip(/[^\n]*/y).trim());
    }
    return /^\s*([;}\n#]|$)/.test(this.code.slice(this.at));
  }

  private writeFinding(start: number, target: string): void {
    if (/^\/dev\/(stdout|stderr)$/.test(target)) return;
    this.findings.push({ kind: 'overwrite', name: 'w', target, span: { start, end: this.at } });
  }
}
