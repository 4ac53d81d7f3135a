// What may be recorded of the keys that a person types while a program runs: all of them, but no password.
// Invariant: keys typed at a prompt for a secret, or while the terminal does not echo a line, are never recorded;
// one `[hidden]` stands for them, so that not even their number is told.
import { plainText } from './plainText.ts';

/** How the terminal treats keys: `line` it echoes, `hidden` it reads lines without an echo, `raw` the program does all itself. */
export type EchoState = 'line' | 'hidden' | 'raw' | 'unknown';

export const HIDDEN = '[hidden]';

/** The end of a line that asks for a secret. */
const PROMPT =
  /(?:pass(?:word|wd|phrase|code)?|contrase[nñ]a|mot de passe|kennwort|passwort|senha|wachtwoord|пароль|密码|密碼|パスワード|\bpin\b|\botp\b|\bpuk\b|one[- ]time|verification code|2fa|mfa|token|secret|api[ _-]?key|access[ _-]?key|private[ _-]?key|credentials?)[^\n]{0,80}[:?>›»：]\s*\S{0,3}\s*$/i;

/** What programs print in place of a hidden character. */
const MASK_ONLY = /^[*•●∙·.xX█\s]*$/;

/** Keys that end a line of input, or give it up. */
const LINE_END = /[\r\n\x03\x04]/;

const MOST_TAIL = 500;

export class InputMask {
  /** The end of what the program wrote, as it was written. */
  private tail = '';
  /** Inside a hidden line: the mark was written, its end has not come. */
  private isHiding = false;
  /** The last keys were not shown, and a mark stands for them already. */
  private isMarked = false;
  /** Keys for which nobody knows yet whether they are shown. */
  private pending = '';

  /** True where keys wait for an echo, see `settle`. */
  get isWaiting(): boolean {
    return this.pending !== '';
  }

  /** Keys with the echo state before them. Gives back what is to be recorded now. */
  input(keys: string, echo: EchoState): string {
    if (this.isHiding || echo === 'hidden' || this.isAsking) {
      return this.release(false) + this.hide(keys, echo);
    }
    if (echo === 'line' || (!hasText(keys) && this.pending === '')) {
      const shown = this.release(true) + keys;
      if (LINE_END.test(keys)) this.isMarked = false;
      return shown;
    }
    this.pending += keys;
    return '';
  }

  /** Output of the program: it tells what is asked, and whether keys are shown. */
  output(data: string): string {
    this.tail = (this.tail + data.slice(-MOST_TAIL)).slice(-MOST_TAIL);
    if (this.pending === '') return '';
    const text = plainText(data.slice(0, MOST_TAIL));
    return text === '' ? '' : this.release(!MASK_ONLY.test(text));
  }

  /** No output came for a while: keys that wait were not shown. */
  settle(): string {
    return this.release(false);
  }

  /** The line on which the cursor stands asks for a secret. */
  private get isAsking(): boolean {
    const line = this.tail.slice(this.tail.lastIndexOf('\n') + 1);
    return PROMPT.test(plainText(line.replace(/\r+$/, '')));
  }

  private release(isShown: boolean): string {
    const keys = this.pending;
    this.pending = '';
    if (keys === '') return '';
    const wasMarked = this.isMarked;
    const end = endsOf(keys);
    this.isMarked = !isShown && end === '';
    if (isShown) return keys;
    // One mark for a row of hidden keys: their number is nobody's business either.
    return (wasMarked ? '' : HIDDEN) + end;
  }

  private hide(keys: string, echo: EchoState): string {
    const mark = this.isHiding || !hasText(keys) ? '' : HIDDEN;
    const end = keys.search(LINE_END);
    if (end < 0) {
      this.isHiding ||= mark !== '';
      return mark;
    }
    this.isHiding = false;
    this.tail = '';
    const rest = keys.slice(end + 1);
    const shown = mark + keys.charAt(end);
    // What was typed ahead of the next prompt may be a secret, too.
    return rest === '' ? shown : shown + this.hide(rest, echo);
  }
}

function hasText(keys: string): boolean {
  return /[^\x00-\x1f\x7f]/.test(keys.replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?/g, ''));
}

function endsOf(keys: string): string {
  return keys.replace(/[^\r\n\x03\x04]/g, '').slice(0, 1);
}
