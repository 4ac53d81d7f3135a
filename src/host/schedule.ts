// The editor host's timer, as something that can be disposed of.
import type { Disposable } from './panelModel.ts';

/** Calls back once after this many milliseconds. */
export function schedule(milliseconds: number, callback: () => void): Disposable {
  const timer = setTimeout(callback, milliseconds);
  return { dispose: () => clearTimeout(timer) };
}
