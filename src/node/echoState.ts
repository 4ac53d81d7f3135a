// Asks how a terminal treats keys: whether a program has turned the echo off, as every prompt for a password does.
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import type { EchoState } from '../core/session/inputMask.ts';

/** Fixed places, so that a folder on PATH cannot put another program in its place. */
const STTY = ['/bin/stty', '/usr/bin/stty'];

/** Keys wait for the answer, so it must not take long. */
const LIMIT_MS = 200;

/** `device` is the terminal's path, such as `/dev/pts/3`. Never rejects; `unknown` where nobody can tell. */
export function echoState(device: string): Promise<EchoState> {
  const stty = STTY.find(isThere);
  if (stty === undefined) return Promise.resolve('unknown');
  const option = process.platform === 'linux' ? '-F' : '-f';
  return new Promise((resolve) => {
    const limits = { timeout: LIMIT_MS, maxBuffer: 16 * 1024, env: { LC_ALL: 'C' } };
    execFile(stty, [option, device, '-a'], limits, (error, output) =>
      resolve(error ? 'unknown' : readEcho(output)),
    );
  });
}

/** Reads what `stty -a` prints. */
export function readEcho(output: string): EchoState {
  const words = new Set(output.split(/[\s;]+/));
  if (words.has('echo')) return 'line';
  if (!words.has('-echo')) return 'unknown';
  return words.has('icanon') ? 'hidden' : 'raw';
}

function isThere(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
