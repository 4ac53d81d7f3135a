// Finds sessions that were not closed and whose writer is gone.
// Invariant: a log that somebody may still write is never among them; in doubt it is left alone.
import * as path from 'node:path';
import type { HeadStore } from './headStore.ts';
import { readSession } from './readSession.ts';
import { sessionFolders } from './sessionFiles.ts';

/** What can be asked of this machine; fakes stand in for it in tests. */
export interface Processes {
  machine: string;
  isAlive(pid: number): boolean;
  /** Since when it is up; nothing that wrote before that is alive. */
  bootedAt: Date;
  /** The process that asks. */
  self: number;
}

interface Writer {
  machine: string;
  pid: number;
  at: string;
}

/** Folders below `place`; `isOurs`: a session that this process writes. Throws where the place cannot be read. */
export function deadSessions(
  place: string,
  heads: HeadStore,
  processes: Processes,
  isOurs: (session: string) => boolean,
): string[] {
  return sessionFolders(place).filter((folder) => {
    if (isOurs(path.basename(folder))) return false;
    const writer = openWriter(folder, heads);
    return writer !== undefined && isGone(writer, processes);
  });
}

/** Whether a process of this machine, as far as can be told, still writes to a session. */
export function isBeingWritten(folder: string, heads: HeadStore, processes: Processes): boolean {
  const writer = openWriter(folder, heads);
  return writer?.machine === processes.machine && !isGone(writer, processes);
}

/** Who writes, or wrote last; undefined where the log is closed, or cannot be told. */
function openWriter(folder: string, heads: HeadStore): Writer | undefined {
  const head = heads.read(path.basename(folder));
  if (head) return head.ok && !head.value.isClosed ? head.value : undefined;
  // It died before its first head.
  const { first, last } = readSession(folder);
  if (first?.type !== 'session.start' || last?.type === 'session.end') return undefined;
  const { machine, pid, ts } = first;
  return { machine, pid, at: ts };
}

function isGone({ machine, pid, at }: Writer, processes: Processes): boolean {
  // A number says nothing about a process of another machine.
  if (machine !== processes.machine) return false;
  if (Date.parse(at) < processes.bootedAt.getTime()) return true;
  // A process with our own number that is not us is gone.
  return pid === processes.self || !processes.isAlive(pid);
}
