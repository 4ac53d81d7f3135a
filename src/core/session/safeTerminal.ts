// Lets recorded output into a live terminal: only what paints text, moves the cursor or clears the screen goes through.
// Invariant: whatever came in, what comes out holds no control string (titles, links, clipboard, shell-integration marks,
// devices), no question that the terminal would answer, and no direction mark that makes text read as another.

/** Final bytes of control sequences that only paint, move and clear. */
const SAFE_FINALS = new Set('ABCDEFGHIJKLMPSTXZ@`abdefmrsu');
/** Modes that may be switched: wrapping, cursor, alternate screen. Not: mouse, focus, pasting, keypad. */
const SAFE_MODES = new Set(['6', '7', '12', '25', '47', '1047', '1048', '1049', '2026']);
/** Escapes of two characters: index down, next line, tab stop, index up, save and restore the cursor. */
const SAFE_ESCAPES = new Set('DEHM78');
const MOST_PARAMETERS = 256;

/**
 * Puts a terminal back in order: alternate screen, scroll area, cursor, wrapping, colours. The place is kept each time,
 * or leaving a screen that was never entered, and the scroll area, would send the cursor to the top.
 */
export const CLEAN_SCREEN =
  '\x1b7\x1b[?1049l\x1b7\x1b[?6l\x1b[r\x1b8\x1b[?25h\x1b[?7h\x1b[0m\x1b(B';

const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

type State = 'text' | 'escape' | 'intermediate' | 'sequence' | 'string' | 'string-escape';

export class SafeTerminal {
  private state: State = 'text';
  private parameters = '';

  /** What of the next piece may be shown; a sequence may go on in the piece after. */
  write(data: string): string {
    let result = '';
    let from = 0;
    for (let i = 0; i < data.length; i++) {
      const code = data.charCodeAt(i);
      if (this.state === 'text' && isPlain(code)) continue;
      if (this.state === 'text') result += data.slice(from, i);
      result += this.step(data.charAt(i), code);
      from = i + 1;
    }
    if (this.state === 'text') result += data.slice(from);
    return result.replace(DIRECTION, visibleMark);
  }

  /** What puts the terminal back in order after a recording. */
  reset(): string {
    this.state = 'text';
    this.parameters = '';
    return CLEAN_SCREEN;
  }

  private step(character: string, code: number): string {
    switch (this.state) {
      case 'text':
        return this.control(character, code);
      case 'escape':
        return this.escape(character, code);
      case 'intermediate':
        return this.intermediate(character, code);
      case 'sequence':
        return this.sequence(character, code);
      case 'string':
        return this.string(code);
      case 'string-escape':
        // Whatever follows, an escape ends the string; all but its own end starts something new.
        this.state = 'escape';
        return character === '\\' ? this.end() : this.escape(character, code);
    }
  }

  private control(character: string, code: number): string {
    if (code === 0x1b) this.state = 'escape';
    else if (code === 0x9b) this.begin('sequence');
    else if (code === 0x90 || code === 0x98 || (code >= 0x9d && code <= 0x9f)) {
      this.state = 'string';
    } else if (code === 8 || code === 9 || code === 10 || code === 13) return character;
    return '';
  }

  private escape(character: string, code: number): string {
    if (character === '[') return this.begin('sequence');
    if (']PX^_'.includes(character)) return this.begin('string');
    if (code >= 0x20 && code <= 0x2f) {
      this.parameters = character;
      this.state = 'intermediate';
      return '';
    }
    this.state = 'text';
    if (code < 0x20 || code > 0x7e) return this.control(character, code);
    return SAFE_ESCAPES.has(character) ? `\x1b${character}` : '';
  }

  /** Of these only the choice of ASCII or line drawing goes through. */
  private intermediate(character: string, code: number): string {
    if (code >= 0x20 && code <= 0x2f) {
      this.parameters += character;
      return '';
    }
    const chosen = this.parameters + character;
    this.state = 'text';
    if (code < 0x20 || code > 0x7e) return this.control(character, code);
    return /^[()][B0A]$/.test(chosen) ? `\x1b${chosen}` : '';
  }

  private sequence(character: string, code: number): string {
    if (code >= 0x20 && code <= 0x3f && this.parameters.length < MOST_PARAMETERS) {
      this.parameters += character;
      return '';
    }
    const { parameters } = this;
    this.state = 'text';
    if (code < 0x40 || code > 0x7e) return this.control(character, code);
    return isSafeSequence(parameters, character) ? `\x1b[${parameters}${character}` : '';
  }

  private string(code: number): string {
    if (code === 0x07 || code === 0x18 || code === 0x1a || code === 0x9c) return this.end();
    if (code === 0x1b) this.state = 'string-escape';
    return '';
  }

  private begin(state: State): string {
    this.state = state;
    this.parameters = '';
    return '';
  }

  private end(): string {
    this.state = 'text';
    return '';
  }
}

/** Neither a control character nor one of the upper controls, which terminals take as well. */
function isPlain(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || code > 0x9f;
}

function isSafeSequence(parameters: string, final: string): boolean {
  if (final === 'h' || final === 'l') {
    const modes = /^\?([\d;]+)$/.exec(parameters)?.[1]?.split(';') ?? [];
    return modes.length > 0 && modes.every((mode) => SAFE_MODES.has(mode));
  }
  // Clearing the history would take away what was shown before.
  if (final === 'J' && parameters.split(';').includes('3')) return false;
  return SAFE_FINALS.has(final) && /^[\d;:]*$/.test(parameters);
}

function visibleMark(character: string): string {
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return `{U+${code}}`;
}
