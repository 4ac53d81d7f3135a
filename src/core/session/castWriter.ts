// Writes recordings in asciicast v3: a header line, then one event on each line.
// Invariant: time never goes back, and no event ends inside a character.
import { type CastCode, type CastHeader, IDLE_SECONDS } from './asciicast.ts';
import { JsonBytes, MOST_ESCAPED } from './jsonBytes.ts';

/** Bytes of a character, and those around the text of an event. */
const MOST_CHARACTER = 4;
const MOST_AROUND = 48;

/** Writes the lines of one recording; times are milliseconds since its start. */
export class CastWriter {
  private last = 0;
  /** Made with the first flood. */
  private json: JsonBytes | undefined;
  private space: Buffer = Buffer.alloc(0);

  header({ columns, rows, timestamp, title }: CastHeader): string {
    const term = { cols: columns, rows, type: 'xterm-256color' };
    const fields = { version: 3, term, timestamp, title, idle_time_limit: IDLE_SECONDS };
    return `${JSON.stringify(fields)}\n`;
  }

  event(atMs: number, code: CastCode, data: string): string {
    return `[${this.interval(atMs)},"${code}",${JSON.stringify(data)}]\n`;
  }

  /** Output as UTF-8 bytes, in events of at most `most` bytes. What comes back is good until the next call. */
  output(atMs: number, bytes: Buffer, most: number): Buffer {
    this.json ??= new JsonBytes();
    const from = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const events = Math.ceil(bytes.length / Math.max(1, most - MOST_CHARACTER)) + 1;
    const room = bytes.length * MOST_ESCAPED + events * MOST_AROUND;
    if (this.space.length < room) this.space = Buffer.allocUnsafe(room);
    const { space } = this;
    const to = new DataView(space.buffer, space.byteOffset, space.length);
    let at = 0;
    for (let start = 0; start < bytes.length; ) {
      const end = characterEnd(bytes, start + most);
      at += space.write(`[${this.interval(atMs)},"o","`, at, 'latin1');
      at = this.json.write(from, start, end, to, at);
      at += space.write('"]\n', at, 'latin1');
      start = end;
    }
    return space.subarray(0, at);
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
