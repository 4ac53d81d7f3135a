// The recorder as a thread of this process.
import { Worker } from 'node:worker_threads';
import type { PortListener, RecorderPort } from './recorderLink.ts';
import type { FromRecorder } from './recorderMessages.ts';

/** Starts it. `script` is the built recordWorker.ts; where that does not start, the listener is told. */
export function startRecorder(script: string, listener: PortListener): RecorderPort {
  // Nothing of the editor's environment and options: what could load code into it stays out.
  const worker = new Worker(script, { name: 'interlock-recorder', env: {}, execArgv: [] });
  let isLost = false;
  const lost = (why: string) => {
    if (isLost) return;
    isLost = true;
    listener.lost(why);
  };
  worker.on('message', (message: FromRecorder) => listener.message(message));
  worker.on('messageerror', ({ message }) => {
    lost(message);
    void worker.terminate();
  });
  worker.on('error', (error) => lost(error instanceof Error ? error.message : String(error)));
  worker.on('exit', () => lost('its thread ended'));
  worker.unref();
  return {
    send: (message, handed) => worker.postMessage(message, [...handed]),
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    end: () => void worker.terminate(),
  };
}
