// Collects a script while it is read: the skeleton for the grammar and what each of its places stands for.
// Invariant: offsets in the maps are offsets of tokens in the finished skeleton.
import type { Source } from './source.ts';
import type { Header, RawRedirect, Script, Segment } from './tokens.ts';

type Last = 'none' | 'segment' | 'closer' | 'opener' | 'loop' | 'pipe' | 'operator' | 'separator';

/** Builds one `Script`. */
export class Skeleton {
  private text = '';
  private readonly segments = new Map<number, Segment>();
  private readonly headers = new Map<number, Header>();
  private readonly compoundRedirects = new Map<number, RawRedirect[]>();
  private readonly negations = new Set<number>();
  private readonly coprocesses = new Map<number, string>();
  private last: Last = 'none';
  /** True behind `} >f`: a reserved word there is an ordinary one to bash, and so an error. */
  isBehindRedirect = false;
  /** Offset behind the last token, the key for redirects of a compound. */
  private closerEnd = 0;

  private put(token: string, kind: Last): number {
    const offset = this.text.length;
    this.text += `${token} `;
    this.last = kind;
    this.isBehindRedirect = false;
    return offset;
  }

  /** True where a newline would end a command. */
  get mayEnd(): boolean {
    return this.last === 'segment' || this.last === 'closer';
  }

  /** True behind `}`, `)`, `fi`, `done`, `esac`. */
  get isBehindCloser(): boolean {
    return this.last === 'closer';
  }

  /** True behind `for x in y`, where `{` may stand for `do`. */
  get isBehindLoopHeader(): boolean {
    return this.last === 'loop';
  }

  /** True behind `|`, where `time` is an ordinary program. */
  get isBehindPipe(): boolean {
    return this.last === 'pipe';
  }

  segment(segment: Segment): void {
    this.segments.set(this.put('s', 'segment'), segment);
  }

  /** Puts a header's canonical text; its offset is where the compound's node will start. */
  header(header: Header, text: string): void {
    this.headers.set(this.put(text, 'opener'), header);
  }

  /** The same for a loop, whose body may be written with braces. */
  loopHeader(header: Header, text: string): void {
    this.headers.set(this.put(text, 'loop'), header);
  }

  opener(token: string): void {
    this.put(token, 'opener');
  }

  /** Closing words need a terminator before them, which bash does not ask for behind another compound. */
  closer(token: string): void {
    if (this.last === 'closer' && token !== ')') {
      this.put(';', 'separator');
    }
    this.put(token, 'closer');
    this.closerEnd = this.text.length - 1;
  }

  /** `then`, `do`, `else`, `elif`: end one list and open another. */
  middle(token: string): void {
    if (this.last === 'closer') {
      this.put(';', 'separator');
    }
    this.put(token, 'opener');
  }

  operator(token: string): void {
    this.put(token, token.startsWith('|') && token !== '||' ? 'pipe' : 'operator');
  }

  /** `;`, `&`, `;;` and newlines. */
  separator(token: string): void {
    this.put(token, 'separator');
  }

  negate(): void {
    const next = this.text.length;
    if (!this.negations.delete(next)) {
      this.negations.add(next);
    }
  }

  coprocess(name: string): void {
    this.coprocesses.set(this.text.length, name);
  }

  addCompoundRedirect(redirect: RawRedirect): void {
    this.isBehindRedirect = true;
    const list = this.compoundRedirects.get(this.closerEnd);
    if (list) {
      list.push(redirect);
    } else {
      this.compoundRedirects.set(this.closerEnd, [redirect]);
    }
  }

  finish(source: Source, start: number, end: number, isComplete: boolean): Script {
    const { segments, headers, compoundRedirects, negations, coprocesses } = this;
    return {
      source,
      start,
      end,
      skeleton: this.text,
      segments,
      headers,
      compoundRedirects,
      negations,
      coprocesses,
      isComplete,
    };
  }
}
