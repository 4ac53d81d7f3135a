// Ends a run with everything that it started, also what left its process group.
// Invariant: this process, its parents and pid 1 are never signalled.
import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { RUN_MARKER } from './childEnvironment.ts';
import type { ProcessEntry } from './processTable.ts';
import { listProcesses } from './processTable.ts';

export interface KillOptions {
  /** Value of the run's marker variable; finds processes that were re-parented. */
  run?: string;
  /** Milliseconds between asking to end and ending by force. */
  graceMs?: number;
}

const POLL_MS = 25;
const MOST_ROUNDS = 8;

/** Resolves to the ids that were still there at the end; empty where all are gone. */
export async function killTree(
  root: number,
  options: KillOptions = {},
): Promise<readonly number[]> {
  if (process.platform === 'win32') {
    await taskkill(root);
    return [];
  }
  const { run, graceMs } = options;
  const isMarker = run === undefined ? undefined : (entry: string) => entry === markerOf(run);
  return end(async () => membersOf(root, await listProcesses(isMarker)), graceMs);
}

/**
 * Ends what finished runs left behind, such as a server in the background. Resolves to the ids that were still there.
 * Where the system does not show the environment of a process (only Linux does), nothing is found.
 */
export async function killRuns(
  runs: ReadonlySet<string>,
  graceMs?: number,
): Promise<readonly number[]> {
  if (runs.size === 0 || process.platform === 'win32') return [];
  const markers = new Set([...runs].map(markerOf));
  const isMarker = (entry: string) => markers.has(entry);
  return end(async () => membersOf(undefined, await listProcesses(isMarker)), graceMs);
}

function markerOf(run: string): string {
  return `${RUN_MARKER}=${run}`;
}

/** Asks what is found to end, then ends it by force. */
async function end(
  find: () => Promise<readonly number[]>,
  graceMs = 1500,
): Promise<readonly number[]> {
  const deadline = Date.now() + graceMs;
  let left = await find();
  signalAll(left, 'SIGTERM');
  // A stopped process takes the signal only when it goes on.
  signalAll(left, 'SIGCONT');
  while (left.length > 0 && Date.now() < deadline) {
    await wait(POLL_MS);
    left = await find();
  }
  for (let round = 0; left.length > 0 && round < MOST_ROUNDS; round++) {
    signalAll(left, 'SIGKILL');
    await wait(POLL_MS);
    left = await find();
  }
  return left;
}

/** The root, what descends from it, what shares a group with one of these, and what carries the marker. */
export function membersOf(root: number | undefined, table: readonly ProcessEntry[]): number[] {
  const own = new Set([process.pid, process.ppid, 0, 1]);
  const members = new Set<number>();
  const groups = new Set<number>();
  let hasGrown = true;
  while (hasGrown) {
    hasGrown = false;
    for (const { pid, parent, group, isMarked } of table) {
      const belongs = pid === root || isMarked || members.has(parent) || groups.has(group);
      if (belongs && !members.has(pid) && !own.has(pid)) {
        members.add(pid);
        hasGrown = true;
        if (group === pid) {
          groups.add(group);
        }
      }
    }
  }
  return [...members];
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      // Gone already, or a set-uid program that is not ours to signal: the next look at the table tells.
      if (!(error instanceof Error)) {
        throw error;
      }
    }
  }
}

function taskkill(root: number): Promise<void> {
  return new Promise((resolve) => {
    execFile('taskkill', ['/pid', String(root), '/T', '/F'], { windowsHide: true }, () =>
      resolve(),
    );
  });
}
