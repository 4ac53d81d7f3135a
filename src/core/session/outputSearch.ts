// Finds words in what a terminal showed, while its recording is read line by line.
// Invariants: a word is found also where colours stand inside it; memory and the number of finds are bounded, whatever stands in the recording.
import { readEvent } from './asciicast.ts';
import { plainText } from './plainText.ts';

export interface OutputHit {
  /** Seconds since the start of the recording. */
  at: number;
  /** How many commands began before it in the recording; 0: none. */
  command: number;
  /** The line as plain text, cut around the first word. */
  line: string;
}

/** A longer line without an end is looked at in parts. */
const MOST_LINE = 64 * 1024;
const MOST_SHOWN = 240;
const BEFORE = 60;

export class OutputSearch {
  readonly hits: OutputHit[] = [];
  private readonly words: readonly string[];
  /** The rarest as a rule: most output is passed over because it is not there. */
  private readonly longest: string;
  private pending = '';
  private at = 0;
  private commands = 0;

  /** All words of `text` have to stand in one line; upper and lower case count the same. At most `most` finds. */
  constructor(
    text: string,
    private readonly most: number,
  ) {
    this.words = text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    this.longest = this.words.reduce((a, b) => (b.length > a.length ? b : a), '');
  }

  /** Nothing can be added any more. */
  get isFull(): boolean {
    return this.words.length === 0 || this.hits.length >= this.most;
  }

  /** Takes the next line of a recording in version 3, after its header. What is no event is passed over. */
  take(line: string): void {
    if (this.isFull) return;
    const event = readEvent(line);
    if (!event) return;
    this.at += event.time;
    if (event.code === 'm' && /^#\d+ /.test(event.data)) {
      this.flush();
      this.commands += 1;
    }
    if (event.code !== 'o') return;
    const end = event.data.lastIndexOf('\n') + 1;
    if (end === 0 && this.pending.length + event.data.length < MOST_LINE) {
      this.pending += event.data;
      return;
    }
    this.look(this.pending + event.data.slice(0, end === 0 ? undefined : end));
    this.pending = end === 0 ? '' : event.data.slice(end);
  }

  /** Looks at a last line without an end. */
  flush(): void {
    this.look(this.pending);
    this.pending = '';
  }

  private look(output: string): void {
    if (output === '') return;
    const text = plainText(output);
    if (!text.toLowerCase().includes(this.longest)) return;
    for (const line of text.split('\n')) {
      if (this.isFull) return;
      const lower = line.toLowerCase();
      if (this.words.every((word) => lower.includes(word))) this.add(line, lower);
    }
  }

  private add(line: string, lower: string): void {
    const first = lower.indexOf(this.words[0] ?? '');
    const from = line.length <= MOST_SHOWN ? 0 : Math.max(0, first - BEFORE);
    const part = line.slice(from, from + MOST_SHOWN);
    const shown = `${from > 0 ? '…' : ''}${part}${from + part.length < line.length ? '…' : ''}`;
    const { commands: command } = this;
    this.hits.push({ at: Math.round(this.at * 1000) / 1000, command, line: shown.trim() });
  }
}
