// Regular expressions of rules, matched as a whole in time that grows only with the text: no pattern can stop the gate.
// Invariant: the pattern is walked as an automaton, never by backtracking; what cannot be walked so is refused.
// The letters and classes themselves are left to the language's own engine, one character at a time.

/** A compiled pattern. */
export interface LinearRegex {
  /** True where the whole text matches. */
  test(text: string): boolean;
}

export type CompiledRegex = { ok: true; regex: LinearRegex } | { ok: false; why: string };

/** Places in a pattern once its counted repetitions are written out. */
const MOST_PLACES = 600;
const MOST_LENGTH = 1000;

/** Compiles a pattern; `why` is a sentence about what cannot be used. */
export function compileRegex(source: string): CompiledRegex {
  if (source.length > MOST_LENGTH)
    return { ok: false, why: `It is longer than ${MOST_LENGTH} characters.` };
  try {
    const machine = new Machine();
    const whole = new Reader(source, machine).read();
    return { ok: true, regex: { test: (text) => machine.matches(whole, text) } };
  } catch (error) {
    if (error instanceof Unusable) return { ok: false, why: error.message };
    throw error;
  }
}

class Unusable extends Error {}

/** A part of a pattern: the places at which it can begin and end, and whether it can be empty. */
interface Part {
  first: readonly number[];
  last: readonly number[];
  canBeEmpty: boolean;
}

const EMPTY: Part = { first: [], last: [], canBeEmpty: true };

class Machine {
  private readonly atoms: RegExp[] = [];
  private readonly follow: Set<number>[] = [];

  /** A new place that takes one character. */
  place(atom: RegExp): Part {
    if (this.atoms.length >= MOST_PLACES) throw new Unusable('It repeats too much.');
    const at = this.atoms.push(atom) - 1;
    this.follow.push(new Set());
    return { first: [at], last: [at], canBeEmpty: false };
  }

  sequence(left: Part, right: Part): Part {
    this.link(left.last, right.first);
    return {
      first: left.canBeEmpty ? [...left.first, ...right.first] : left.first,
      last: right.canBeEmpty ? [...left.last, ...right.last] : right.last,
      canBeEmpty: left.canBeEmpty && right.canBeEmpty,
    };
  }

  choice(left: Part, right: Part): Part {
    return {
      first: [...left.first, ...right.first],
      last: [...left.last, ...right.last],
      canBeEmpty: left.canBeEmpty || right.canBeEmpty,
    };
  }

  loop(part: Part): Part {
    this.link(part.last, part.first);
    return part;
  }

  matches(whole: Part, text: string): boolean {
    let reachable: Iterable<number> = whole.first;
    let here = new Set<number>();
    let isStart = true;
    for (const character of text) {
      here = new Set([...reachable].filter((at) => this.atoms[at]?.test(character)));
      if (here.size === 0) return false;
      const next = new Set<number>();
      for (const at of here) for (const to of this.follow[at] ?? []) next.add(to);
      reachable = next;
      isStart = false;
    }
    return isStart ? whole.canBeEmpty : whole.last.some((at) => here.has(at));
  }

  private link(from: readonly number[], to: readonly number[]): void {
    for (const at of from) for (const next of to) this.follow[at]?.add(next);
  }
}

/** One letter, escape, class or dot, as the language writes them. */
const ATOM =
  /^(?:\\(?:p\{[^}]*\}|P\{[^}]*\}|u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[^0-9bBkpPuxc])|\[(?:\\.|[^\]\\])*\]|[^\\[\](){}*+?|^$]|[\]}])/su;

const COUNT = /^\{(\d{1,3})(,(\d{0,3}))?\}/;

class Reader {
  private at = 0;

  constructor(
    private readonly source: string,
    private readonly machine: Machine,
  ) {}

  read(): Part {
    // The whole text has to match anyway.
    if (this.source.startsWith('^')) this.at = 1;
    const part = this.alternatives();
    if (this.rest() === '$') this.at += 1;
    if (this.rest() !== '') throw new Unusable(`"${this.rest().slice(0, 12)}" cannot be read.`);
    return part;
  }

  private rest(): string {
    return this.source.slice(this.at);
  }

  private alternatives(): Part {
    let part = this.sequence();
    while (this.source[this.at] === '|') {
      this.at += 1;
      part = this.machine.choice(part, this.sequence());
    }
    return part;
  }

  private sequence(): Part {
    let part = EMPTY;
    while (this.at < this.source.length && !/^([|)]|\$$)/.test(this.rest())) {
      part = this.machine.sequence(part, this.repeated());
    }
    return part;
  }

  /** A group or an atom with its quantifier; a counted one is read again for each time that it stands for. */
  private repeated(): Part {
    const start = this.at;
    const once = this.single();
    const { least, most, length } = this.quantifier();
    const end = this.at + length;
    const parts: Part[] = [];
    const times = Math.max(least, most ?? 0, 1);
    for (let time = 1; time <= times; time++) {
      let part = once;
      if (time > 1) {
        this.at = start;
        part = this.single();
      }
      const isLast = time === times;
      if (isLast && most === undefined) part = this.machine.loop(part);
      parts.push(time > least ? { ...part, canBeEmpty: true } : part);
    }
    this.at = end;
    if (most === 0) return EMPTY;
    return parts.reduce((left, right) => this.machine.sequence(left, right), EMPTY);
  }

  private single(): Part {
    const rest = this.rest();
    if (rest.startsWith('(')) return this.group();
    const [atom] = ATOM.exec(rest) ?? [];
    if (atom === undefined) throw new Unusable(reasonFor(rest));
    this.at += atom.length;
    return this.machine.place(atomOf(atom));
  }

  private group(): Part {
    const [open] = /^\((\?:|\?<[A-Za-z]\w*>)?(?!\?)/.exec(this.rest()) ?? [];
    if (open === undefined)
      throw new Unusable('Looking ahead or behind cannot be used; write what has to match.');
    this.at += open.length;
    const part = this.alternatives();
    if (this.source[this.at] !== ')') throw new Unusable('A bracket is not closed.');
    this.at += 1;
    return part;
  }

  private quantifier(): { least: number; most: number | undefined; length: number } {
    const rest = this.rest();
    const lazy = (length: number) => length + (rest[length] === '?' ? 1 : 0);
    if (rest.startsWith('*')) return { least: 0, most: undefined, length: lazy(1) };
    if (rest.startsWith('+')) return { least: 1, most: undefined, length: lazy(1) };
    if (rest.startsWith('?')) return { least: 0, most: 1, length: lazy(1) };
    const count = COUNT.exec(rest);
    if (!count) return { least: 1, most: 1, length: 0 };
    const [text, from, hasMost, to] = count;
    const least = Number(from);
    const most = hasMost === undefined ? least : to === '' ? undefined : Number(to);
    if (most !== undefined && most < least) throw new Unusable(`${text} counts down.`);
    return { least, most, length: lazy(text.length) };
  }
}

function atomOf(atom: string): RegExp {
  try {
    return new RegExp(`^${atom}$`, 'su');
  } catch (error) {
    if (error instanceof SyntaxError) throw new Unusable(`"${atom}" cannot be read.`);
    throw error;
  }
}

function reasonFor(rest: string): string {
  if (/^\\\d|^\\k/.test(rest)) return 'A reference to an earlier group cannot be used.';
  if (/^\\[bB]/.test(rest)) return '"\\b" cannot be used: the whole text has to match anyway.';
  if (/^[\^$]/.test(rest)) return '"^" and "$" can stand only at the ends; they are not needed.';
  if (/^[*+?]/.test(rest)) return `"${rest[0]}" stands behind nothing that it could repeat.`;
  return `"${rest.slice(0, 12)}" cannot be read.`;
}
