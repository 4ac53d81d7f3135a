// The thread in which a window's recordings are written (dist/recordWorker.js).
import { parentPort } from 'node:worker_threads';
import { systemClock } from '../clock.ts';
import { Recorder } from './recorder.ts';
import type { ToRecorder } from './recorderMessages.ts';

function serve(port: NonNullable<typeof parentPort>): void {
  const recorder = new Recorder({
    clock: systemClock(),
    reply: (message, handed = []) => port.postMessage(message, [...handed]),
  });
  port.on('message', (message: ToRecorder) => recorder.take(message));
}

if (parentPort) serve(parentPort);
