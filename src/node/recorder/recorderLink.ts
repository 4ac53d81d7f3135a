// A window's link to its recorder, which is started with the first session and kept.
// Invariant: what is asked is answered or refused, also where the recorder dies, does not start, or is stuck; after that
// the next file gets a new one.
import {
  BUFFER_BYTES,
  type FromRecorder,
  type NewRecording,
  type RecordingPlace,
  type RunStart,
  type RunStep,
  type ToRecorder,
} from './recorderMessages.ts';

/** One recorder: a thread, or in tests an object in this one. */
export interface RecorderPort {
  /** Buffers in `handed` are the recorder's afterwards. */
  send(message: ToRecorder, handed: readonly ArrayBuffer[]): void;
  /** Whether this program stays for its answers. */
  hold(isHeld: boolean): void;
  end(): void;
}

export interface PortListener {
  message(message: FromRecorder): void;
  /** Nothing comes after it. */
  lost(why: string): void;
}

/** What a file of a recording is told. */
export interface FileListener {
  checkpoint(bytes: number, sha256: string): void;
  failed(why: string, isTampered: boolean): void;
}

type Question =
  | { kind: 'ready'; create: NewRecording | undefined }
  | { kind: 'begin'; start: RunStart }
  | { kind: 'end'; lines: RunStart['lines'] }
  | { kind: 'close' };

type Wish = { kind: 'note'; lines: RunStart['lines'] } | { kind: 'drop' };

interface Waiting {
  resolve(place: RecordingPlace): void;
  reject(error: Error): void;
}

/** Bytes of output on their way: beyond the one, programs have to wait; below the other, they go on. */
const BACKLOG = { most: 8 * 1024 * 1024, least: 2 * 1024 * 1024 };
/** Characters from which on output goes in a buffer that comes back, and how many of those are kept. */
const LEAST_SHARED = 32 * 1024;
const MOST_SPARE = 16;
/** Bytes that one unit of a string may become. */
const MOST_UTF8 = 3;
/** So many times in a row nothing was heard of it although it was asked; a machine that slept counts as once. */
const STUCK = { everyMs: 5000, times: 6 };

export class RecorderLink {
  private port: RecorderPort | undefined;
  private last = 0;
  private readonly waiting = new Map<number, Waiting>();
  private readonly files = new Map<number, FileListener>();
  private readonly slowed = new Set<(isBehind: boolean) => void>();
  private readonly encoder = new TextEncoder();
  private readonly spare: ArrayBuffer[] = [];
  private backlog = 0;
  private isBehind = false;
  private watch: NodeJS.Timeout | undefined;
  private silence = 0;

  constructor(
    private readonly launch: (listener: PortListener) => RecorderPort,
    private readonly stuck = STUCK,
  ) {}

  /** Starts it, so that the first command does not wait for that. Never throws. */
  warm(): void {
    try {
      this.port ??= this.start();
    } catch {
      // Who asks for something first tries again, and is told.
      this.port = undefined;
    }
  }

  /** A number for a file. */
  add(listener: FileListener): number {
    this.last += 1;
    this.files.set(this.last, listener);
    return this.last;
  }

  /** Resolves when it is done; rejects where it is not. */
  ask(file: number, question: Question): Promise<RecordingPlace> {
    return new Promise((resolve, reject) => {
      this.last += 1;
      const id = this.last;
      this.waiting.set(id, { resolve, reject });
      this.follow();
      try {
        this.send({ ...question, id, file });
      } catch (error) {
        this.waiting.delete(id);
        this.follow();
        reject(error);
      }
    });
  }

  tell(file: number, wish: Wish): void {
    if (this.files.has(file)) this.send({ ...wish, file });
    if (wish.kind === 'drop') this.files.delete(file);
  }

  /** Output as a step: pieces of whole characters, with their length. */
  output(file: number, pieces: readonly string[], length: number): void {
    const isAlone = length * MOST_UTF8 > BUFFER_BYTES || length < LEAST_SHARED;
    const bytes = isAlone ? this.encoder.encode(pieces.join('')) : this.encodeInto(pieces);
    this.run(file, { step: 'output', bytes });
  }

  run(file: number, step: RunStep): void {
    if (!this.files.has(file)) return;
    if (step.step !== 'output') {
      this.send({ kind: 'run', file, step });
      return;
    }
    const { buffer, byteLength } = step.bytes;
    this.send({ kind: 'run', file, step }, buffer instanceof ArrayBuffer ? [buffer] : []);
    this.owe(byteLength);
  }

  /** Calls back when programs have to wait for the recorder, and when they may go on. */
  onBehind(listener: (isBehind: boolean) => void): () => void {
    this.slowed.add(listener);
    if (this.isBehind) listener(true);
    return () => this.slowed.delete(listener);
  }

  end(): void {
    const { port } = this;
    this.lose(port, 'the window ends');
    port?.end();
  }

  private send(message: ToRecorder, handed: readonly ArrayBuffer[] = []): void {
    this.port ??= this.start();
    this.port.send(message, handed);
  }

  private start(): RecorderPort {
    const port = this.launch({
      message: (message) => this.port === port && this.hear(message),
      lost: (why) => this.lose(port, why),
    });
    return port;
  }

  private hear(message: FromRecorder): void {
    this.silence = 0;
    switch (message.kind) {
      case 'done':
        this.settled(message.id)?.resolve(message.place);
        return;
      case 'refused':
        this.settled(message.id)?.reject(new Error(message.why));
        return;
      case 'checkpoint':
        this.files.get(message.file)?.checkpoint(message.bytes, message.sha256);
        return;
      case 'failed': {
        const file = this.files.get(message.file);
        this.files.delete(message.file);
        file?.failed(message.why, message.isTampered);
        return;
      }
      case 'taken':
        if (this.spare.length < MOST_SPARE) this.spare.push(...message.buffers);
        this.owe(-message.bytes);
    }
  }

  /** Piece by piece: a long string made of them would cost more than all the rest. */
  private encodeInto(pieces: readonly string[]): Uint8Array {
    const space = new Uint8Array(this.spare.pop() ?? new ArrayBuffer(BUFFER_BYTES));
    let length = 0;
    for (const piece of pieces) {
      length += this.encoder.encodeInto(piece, space.subarray(length)).written;
    }
    return space.subarray(0, length);
  }

  private settled(id: number): Waiting | undefined {
    const found = this.waiting.get(id);
    this.waiting.delete(id);
    this.follow();
    return found;
  }

  private owe(bytes: number): void {
    this.backlog += bytes;
    const isBehind = this.backlog > (this.isBehind ? BACKLOG.least : BACKLOG.most);
    if (isBehind === this.isBehind) return;
    this.isBehind = isBehind;
    for (const listener of [...this.slowed]) listener(isBehind);
    this.follow();
  }

  private lose(port: RecorderPort | undefined, why: string): void {
    if (!port || this.port !== port) return;
    this.port = undefined;
    const waiting = [...this.waiting.values()];
    const files = [...this.files.values()];
    this.waiting.clear();
    this.files.clear();
    this.owe(-this.backlog);
    this.follow();
    for (const file of files) file.failed(`the recorder of this window was lost: ${why}`, false);
    for (const one of waiting) one.reject(new Error(`the recorder was lost: ${why}`));
  }

  /** Looks after it while something is wanted of it. */
  private follow(): void {
    const isWanted = this.waiting.size > 0 || this.isBehind;
    this.port?.hold(isWanted);
    if (isWanted === (this.watch !== undefined)) return;
    clearInterval(this.watch);
    this.silence = 0;
    this.watch = isWanted ? setInterval(() => this.look(), this.stuck.everyMs) : undefined;
  }

  private look(): void {
    this.silence += 1;
    const { port, stuck } = this;
    if (this.silence <= stuck.times) return;
    const seconds = (stuck.everyMs * stuck.times) / 1000;
    this.lose(port, `it has not answered for ${seconds} seconds`);
    port?.end();
  }
}
