// What a window and its recorder say to each other. The recorder redacts, hashes and writes in a thread of its own, so
// that no program waits for it.
// Invariant: both keep the order, so what comes after in the one's messages comes after in the file and in the log.
import type { CastCode } from '../../core/session/asciicast.ts';

/** Bytes of a buffer that goes to and fro with output: a flood makes no new ones. */
export const BUFFER_BYTES = 1024 * 1024;

/** What is written as it is: our own words, redacted before. */
export type CastLine = readonly [code: CastCode, data: string];

/** What the recorder takes secrets out with; see `RedactorOptions`. */
export interface RecorderSecrets {
  key: string | Uint8Array;
  known: readonly string[];
}

export interface NewRecording {
  folder: string;
  number: number;
  title: string;
  columns: number;
  rows: number;
}

export interface RunStart {
  secrets: RecorderSecrets;
  columns: number;
  rows: number;
  lines: readonly CastLine[];
}

/** What happens while a command runs. */
export type RunStep =
  /** UTF-8, whole characters. */
  | { step: 'output'; bytes: Uint8Array }
  /** Keys, without what must not be recorded. */
  | { step: 'input'; keys: string }
  | { step: 'resize'; columns: number; rows: number }
  /** The output breaks off here: what was held back of it goes out before these lines. */
  | { step: 'break'; lines: readonly CastLine[] }
  /** Output after a gap. */
  | { step: 'tail'; text: string };

/** `file` is the window's number for a recording; what has an `id` is answered. */
export type ToRecorder =
  /** Makes the file, or vouches for all that it holds by now. */
  | { kind: 'ready'; id: number; file: number; create: NewRecording | undefined }
  | { kind: 'begin'; id: number; file: number; start: RunStart }
  | { kind: 'run'; file: number; step: RunStep }
  /** Writes what is left and these lines, vouches for all, and puts it on disk. */
  | { kind: 'end'; id: number; file: number; lines: readonly CastLine[] }
  /** Lines while no command runs. */
  | { kind: 'note'; file: number; lines: readonly CastLine[] }
  /** Vouches for all, puts it on disk, and lets it go. */
  | { kind: 'close'; id: number; file: number }
  /** Lets it go as it is. */
  | { kind: 'drop'; file: number };

/** Where a recording stands: seconds from its start, bytes of its file. */
export interface RecordingPlace {
  at: number;
  bytes: number;
}

export type FromRecorder =
  | { kind: 'done'; id: number; place: RecordingPlace }
  | { kind: 'refused'; id: number; why: string }
  /** For the log. */
  | { kind: 'checkpoint'; file: number; bytes: number; sha256: string }
  /** Nothing is written to it any more. */
  | { kind: 'failed'; file: number; why: string; isTampered: boolean }
  /** So many bytes of output were written, or dropped, since the last time; the buffers that held them may be used again. */
  | { kind: 'taken'; bytes: number; buffers: readonly ArrayBuffer[] };
