// Redacts text that comes in pieces: a secret may lie across their borders and between colours.
// Invariant: what was released holds no secret that the redactor finds in the whole text, but for the pieces of one that came so slowly that it was not waited for.
import type { Redactor } from './redactor.ts';
import type { SecretRange } from './secretRange.ts';
import { escapesIn, unfinishedEscape, visibleText } from './visibleText.ts';

/** Characters of a line without an end that are held back; a longer line is released but for its last ones. */
const MOST_HELD = 8192;
const HELD_BACK = 2048;
/** A block of a private key is waited for up to this length. */
const MOST_KEY = 20_000;
/** Characters before a piece that are looked at again. */
const CONTEXT = 300;

/** The tail looks like a secret that goes on: `ghp_abc`, `token=ab`, `Bearer abc`, `://user:pass`. */
const STARTED =
  /(?:gh[pousr]_|github_pat_|gl[a-z]{2,5}-|xox[a-z]-|xapp-|npm_|pypi-|[srp]k_(?:live|test)_|sk-|hf_|AKIA|ASIA|AIza|eyJ|dckr_|hv[sbr]\.|GOCSPX-|ya29\.|SG\.|whsec_|bearer\s+|(?:password|passwd|pwd|secret|token|api_?key|authorization)["']?\s*[:=]\s*["']?(?:\w+\s)?|:\/\/[^\s:@/]{0,100}:)[^\s"'@]+$/i;

export class RedactStream {
  private held = '';
  private context = '';
  /** Inside a private key of which the start was already replaced. */
  private isInKey = false;
  private space = Buffer.alloc(0);

  constructor(private readonly redactor: Redactor) {}

  /** True where something waits for `settle`. */
  get isHolding(): boolean {
    return this.held !== '';
  }

  /** Takes a piece and gives back what can be released. */
  push(data: string): string {
    this.held += this.isInKey ? this.skipKey(data) : data;
    return this.release(this.cut());
  }

  /** As `push`, for whole UTF-8 characters: what needs no change goes out as it came, and fast, and is good until the next call; `text` comes after it. */
  pushBytes(data: Buffer): { clean: Buffer; text: string } {
    const whole = this.held === '' ? data : this.afterHeld(data);
    const end = Math.max(whole.lastIndexOf(0x0a), whole.lastIndexOf(0x0d)) + 1;
    const clean = whole.subarray(0, end);
    const isFast = end > 0 && whole.length - end <= MOST_HELD && !this.isInKey;
    if (!isFast || !this.redactor.isClean(this.context, clean)) {
      return { clean: whole.subarray(0, 0), text: this.push(data.toString('utf8')) };
    }
    const last = clean.subarray(-CONTEXT * 4).toString('utf8');
    this.context = contextOf(this.context + last);
    this.held = whole.toString('utf8', end);
    return { clean, text: '' };
  }

  /** After a pause: all but an escape or a secret that has only begun. With `isLate` also those. */
  settle(isLate = false): string {
    if (isLate) return this.release(this.held.length);
    const end = Math.min(unfinishedEscape(this.held), keyStart(this.held));
    const tail = visibleText(this.held.slice(Math.max(0, end - MOST_HELD), end)).text;
    return STARTED.test(this.context + tail) ? '' : this.release(end);
  }

  /** Whatever is left. */
  end(): string {
    return this.release(this.held.length);
  }

  /** What is held and the data, in a place that is used again and again: a flood makes no garbage. */
  private afterHeld(data: Buffer): Buffer {
    const most = this.held.length * 3 + data.length;
    if (this.space.length < most) this.space = Buffer.allocUnsafeSlow(most * 2);
    const start = this.space.write(this.held, 0, 'utf8');
    return this.space.subarray(0, start + data.copy(this.space, start));
  }

  private cut(): number {
    const { held } = this;
    const line = Math.max(held.lastIndexOf('\n'), held.lastIndexOf('\r')) + 1;
    const end = held.length - line > MOST_HELD ? held.length - HELD_BACK : line;
    const start = keyStart(held);
    return held.length - start > MOST_KEY ? held.length : Math.min(end, start);
  }

  private release(end: number): string {
    if (end <= 0) return '';
    const { context, redactor } = this;
    const whole = context + this.held;
    const visible = visibleText(whole);
    const ranges = redactor.find(visible.text).map(({ start, end: last, kind }) => ({
      start: visible.originOf(start),
      end: visible.originOf(last - 1) + 1,
      kind,
    }));
    let cut = context.length + end;
    const across = ranges.find((range) => range.start < cut && range.end > cut);
    // A secret over the cut is kept back whole, but what the caller wants out now goes out replaced.
    if (across) cut = end === this.held.length ? cut : Math.max(context.length, across.start);
    const result = this.replaced(whole, visible.text, ranges, cut);
    const last = ranges.at(-1);
    this.isInKey = cut === whole.length && last !== undefined && isOpenKey(whole, last);
    this.held = whole.slice(cut);
    this.context = contextOf(whole.slice(0, cut));
    return result;
  }

  private replaced(
    whole: string,
    visible: string,
    ranges: readonly SecretRange[],
    cut: number,
  ): string {
    let result = '';
    let from = this.context.length;
    for (const { start, end, kind } of ranges) {
      if (end <= from || start >= cut) continue;
      const raw = whole.slice(start, end);
      const secret = visible === whole ? raw : visibleText(raw).text;
      result += whole.slice(from, Math.max(from, start));
      result += this.redactor.mark(kind, secret) + escapesIn(raw);
      from = end;
    }
    return result + whole.slice(from, Math.max(from, cut));
  }

  /** Drops the rest of a key that was too long to wait for. */
  private skipKey(data: string): string {
    const end = /-----END [A-Z0-9 ]+-----/.exec(data);
    if (end) {
      this.isInKey = false;
      return data.slice(end.index + end[0].length);
    }
    const other = /[^\sA-Za-z0-9+/=]/.exec(data);
    if (!other) return '';
    this.isInKey = false;
    return data.slice(other.index);
  }
}

function isOpenKey(text: string, { start, end, kind }: SecretRange): boolean {
  const isKey = kind === 'private-key' && end === text.length;
  return isKey && !text.slice(start, end).includes('-----END');
}

/** Start of a private key whose end has not come; the length of the text where there is none. */
function keyStart(text: string): number {
  // Almost no output holds a key: this is the fast way to know.
  if (!text.includes('PRIVATE KEY') && !text.slice(-60).includes('-----BEGIN')) return text.length;
  const start = text.lastIndexOf('-----BEGIN ');
  if (start < 0 || /-----END [A-Z0-9 ]+-----/.test(text.slice(start))) return text.length;
  return /PRIVATE KEY|^-----BEGIN [A-Z ]*$/.test(text.slice(start, start + 60))
    ? start
    : text.length;
}

function contextOf(text: string): string {
  const visible = visibleText(text.slice(-CONTEXT * 2)).text;
  return visible.slice(visible.lastIndexOf('\n') + 1).slice(-CONTEXT);
}
