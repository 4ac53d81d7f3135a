// Writes recordings in asciicast v3: a header line, then one event on each line.
// Invariant: time never goes back, and no event ends inside a character.
import { type CastCode, type CastHeader, IDLE_SECONDS } from './asciicast.ts';

/** Writes the lines of one recording; times are milliseconds since its start. */
export class CastWriter {
  private last = 0;

  header({ columns, rows, timestamp, title }: CastHeader): string {
    const term = { cols: columns, rows, type: 'xterm-256color' };
    const fields = { version: 3, term, timestamp, title, idle_time_limit: IDLE_SECONDS };
    return `${JSON.stringify(fields)}\n`;
  }

  event(atMs: number, code: CastCode, data: string): string {
    return `[${this.interval(atMs)},"${code}",${JSON.stringify(data)}]\n`;
  }

  /** Output as UTF-8 bytes, in events of at most `most` bytes. */
  output(atMs: number, bytes: Buffer, most: number): Buffer {
    let lines = '';
    for (let from = 0; from < bytes.length; ) {
      const end = characterEnd(bytes, from + most);
      // Each byte as one character, and back: what stands outside of ASCII needs no escape.
      const data = JSON.stringify(bytes.toString('latin1', from, end));
      lines += `[${this.interval(atMs)},"o",${data}]\n`;
      from = end;
    }
    return Buffer.from(lines, 'latin1');
  }

  /** Time never goes back; rounding does not add up. */
  private interval(atMs: number): number {
    const at = Math.max(this.last, Math.round(atMs));
    const interval = (at - this.last) / 1000;
    this.last = at;
    return interval;
  }
}

/** The last place up to `most` that is not inside a character. */
function characterEnd(bytes: Buffer, most: number): number {
  let end = Math.min(most, bytes.length);
  while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}
