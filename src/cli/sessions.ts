// `interlock sessions`: lists recorded sessions, newest first.
import { showText } from '../core/session/display.ts';
import { sessionFolders } from '../node/sessionFiles.ts';
import { type ListedSession, SessionStore } from '../node/sessionStore.ts';
import { findTrust } from './findTrust.ts';
import type { Output } from './output.ts';
import type { RecordRequest } from './recordArguments.ts';

/** Returns the exit code: 2 where the place cannot be read. */
export function runSessions(
  { place, isJson, trust }: Extract<RecordRequest, { kind: 'verify' | 'sessions' }>,
  { write, complain }: Output,
): number {
  let listed: ListedSession[];
  try {
    listed = new SessionStore(findTrust(place, sessionFolders(place), trust)).list(place);
  } catch (error) {
    complain(`${place} cannot be read: ${error instanceof Error ? error.message : error}\n`);
    return 2;
  }
  if (isJson) {
    for (const session of listed) write(`${JSON.stringify(session)}\n`);
    return 0;
  }
  if (listed.length === 0) write(`No session is recorded in ${place}.\n`);
  else write(table([HEAD, ...listed.map(rowOf)]));
  return 0;
}

const HEAD = ['DAY', 'SESSION', 'AGENTS', 'COMMANDS', 'L/M/H/C', 'HELD', 'DENIED', 'SIZE', 'STATE'];

function rowOf({ day, session, summary, size, verdict }: ListedSession): string[] {
  const { levels } = summary;
  return [
    day,
    session,
    summary.agents.join(', ') || '-',
    String(summary.commands),
    `${levels.LOW}/${levels.MEDIUM}/${levels.HIGH}/${levels.CRITICAL}`,
    String(summary.held),
    String(summary.denied),
    sizeText(size),
    stateText(verdict),
  ].map(showText);
}

function stateText({ state, head, ended }: ListedSession['verdict']): string {
  if (state !== 'sound') return state.toUpperCase();
  const end = ended === undefined ? 'not closed' : ended === 'recovery' ? 'closed later' : 'closed';
  return head === 'none' ? `${end}, end not signed` : `${end}, verified`;
}

function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function table(rows: readonly string[][]): string {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
