// Terminal output as plain text, for an agent that reads it and for search.
// Invariant: no escape sequence and no control character but the line break and the tab is left.
import { OutputTail } from './outputTail.ts';

/** Control strings (OSC, DCS, APC, PM, SOS), control sequences, other escapes; an unfinished one runs to the end. */
const ESCAPES =
  /\x1b[\]PX^_][\s\S]*?(?:\x07|\x1b\\|\x9c|$)|(?:\x1b\[|\x9b)[0-?]*[ -/]*(?:[@-~]|$)|\x1b[ -/]*[0-~]?/g;

/** The text that was written, line by line; what a carriage return or a backspace wrote over is gone. */
export function plainText(output: string): string {
  return output
    .replace(ESCAPES, '')
    .replace(/\r+\n/g, '\n')
    .split('\n')
    .map(lastWritten)
    .join('\n')
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '');
}

/** Progress bars write the same line many times: what stood there last counts. */
function lastWritten(line: string): string {
  const last = line.split('\r').findLast((part) => part !== '') ?? '';
  let text = last;
  while (/[^\x08]\x08/.test(text)) {
    text = text.replace(/[^\x08]\x08/g, '');
  }
  return text;
}

/** Keeps the start and the end of a long output, and says how much is missing. */
export class CappedOutput {
  private head = '';
  private readonly tail: OutputTail;

  /** At most `most` characters are kept: a third from the start, the rest from the end. */
  constructor(private readonly most: number) {
    this.tail = new OutputTail(most - Math.floor(most / 3));
  }

  add(data: string): void {
    const room = Math.max(0, Math.floor(this.most / 3) - this.head.length);
    if (room > 0) this.head += data.slice(0, room);
    this.tail.add(room > 0 ? data.slice(room) : data);
  }

  /** What was kept, as it was written. */
  text(): string {
    const { dropped } = this.tail;
    const gap = dropped > 0 ? `\n[… ${dropped} characters left out …]\n` : '';
    return this.head + gap + this.tail.text();
  }
}
