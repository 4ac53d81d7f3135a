// The processes of this machine, as far as stopping a run needs to know them.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';

export interface ProcessEntry {
  pid: number;
  parent: number;
  group: number;
  /** True where the process carries the marker in its environment; false also where that cannot be read. */
  isMarked: boolean;
}

/** Tells a marker among the `NAME=value` entries of an environment. */
export type IsMarker = (entry: string) => boolean;

/** All processes; entries that vanish while they are read are left out. */
export async function listProcesses(isMarker: IsMarker | undefined): Promise<ProcessEntry[]> {
  return process.platform === 'linux' ? listFromProc(isMarker) : listFromPs();
}

async function listFromProc(marker: IsMarker | undefined): Promise<ProcessEntry[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(names.map((name) => readProc(Number(name), marker)));
  return entries.filter((entry) => entry !== undefined);
}

async function readProc(
  pid: number,
  isMarker: IsMarker | undefined,
): Promise<ProcessEntry | undefined> {
  const stat = await readOrNothing(`/proc/${pid}/stat`);
  // The second field is the program's name in brackets and may hold anything, brackets too.
  const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === undefined || parent === undefined || group === undefined || state === 'Z') {
    return undefined;
  }
  const environment = isMarker === undefined ? '' : await readOrNothing(`/proc/${pid}/environ`);
  const isMarked = isMarker !== undefined && environment.split('\0').some(isMarker);
  return { pid, parent: Number(parent), group: Number(group), isMarked };
}

/** Empty where the process is gone or not ours to read. */
async function readOrNothing(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}

function listFromPs(): Promise<ProcessEntry[]> {
  return new Promise((resolve, reject) => {
    execFile('/bin/ps', ['-axo', 'pid=,ppid=,pgid='], (error, stdout) => {
      if (error) {
        reject(error);
        return;
      }
      const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
      resolve(
        rows
          .filter((row) => row.length === 3 && row.every(Number.isInteger))
          .map(([pid = 0, parent = 0, group = 0]) => ({ pid, parent, group, isMarked: false })),
      );
    });
  });
}

/** Whether a process with this number is there; it may be another than the one that is meant. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
