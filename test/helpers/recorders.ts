// Recorders for tests: in this thread, where a test can make a disk full; and the real one in a thread of its own.
import { systemClock } from '../../src/node/clock.ts';
import type { Write } from '../../src/node/logSegment.ts';
import { Recorder } from '../../src/node/recorder/recorder.ts';
import {
  type PortListener,
  RecorderLink,
  type RecorderPort,
} from '../../src/node/recorder/recorderLink.ts';
import { startRecorder } from '../../src/node/recorder/recorderThread.ts';
import { buildProgram } from './buildProgram.ts';

/** In this thread, but as late as from another one. */
export function inlineRecorder(write?: Write): RecorderLink {
  return new RecorderLink((listener) => inlinePort(listener, write));
}

export function inlinePort(listener: PortListener, write?: Write): RecorderPort {
  const recorder = new Recorder({
    clock: systemClock(),
    write,
    reply: (message) => setImmediate(() => listener.message(message)),
  });
  return {
    send: (message) => void setImmediate(() => recorder.take(message)),
    hold: () => undefined,
    end: () => undefined,
  };
}

/** As it ships; its program is built in `folder`. */
export function threadRecorder(folder: string): RecorderLink {
  const script = buildRecorder(folder);
  return new RecorderLink((listener) => startRecorder(script, listener));
}

/** The built program of the thread. */
export function buildRecorder(folder: string): string {
  return buildProgram('src/node/recorder/recordWorker.ts', folder);
}
