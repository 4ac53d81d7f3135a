// What the life of a submission needs from outside; fakes stand in for it in tests.
import type { Redactor } from '../core/session/redact/redactor.ts';
import type { Assessor } from '../node/assessor.ts';
import type { Clock } from '../node/clock.ts';
import type { HeldItem } from '../shared/protocol.ts';
import type { Disposable } from './panelModel.ts';
import type { SessionRecord } from './sessionRecord.ts';

export interface FlowDeps {
  assessor: Assessor;
  record: Pick<SessionRecord, 'append' | 'begin' | 'sync' | 'startRun' | 'noteInRecording'>;
  redactor: Redactor;
  /** What happens to a command that cannot be recorded. */
  onRecordingFailure(): 'deny' | 'warn';
  clock: Clock;
  newToken(): string;
  /** Calls back once after this many milliseconds. */
  schedule(milliseconds: number, callback: () => void): Disposable;
  /** Milliseconds that a hold waits; undefined: for ever. */
  timeoutMs(): number | undefined;
  /** Why nothing may run at all; undefined where it may. */
  lockdown(): string | undefined;
  shellArgv(): readonly string[];
  /** The folder without links. Throws where there is none. */
  resolveFolder(folder: string): string;
  /** It is held, with what to show; undefined: no longer. */
  onHeldChange(id: string, held: HeldItem | undefined): void;
  onAssessed(): void;
  /** Something that a person has to be told. */
  report(problem: string): void;
}
