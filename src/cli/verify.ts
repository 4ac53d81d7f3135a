// `interlock verify`: checks recorded sessions and says in words what is proved and what is not.

import * as fs from 'node:fs';
import { showText } from '../core/session/display.ts';
import type { SessionVerdict } from '../core/session/verdict.ts';
import { NOT_PROVED, verdictText } from '../core/session/verdict.ts';
import { type MissingSession, missingSessions } from '../node/missingSessions.ts';
import { sessionFolders } from '../node/sessionFiles.ts';
import { verifySession } from '../node/verifySession.ts';
import { findTrust } from './findTrust.ts';
import type { Output } from './output.ts';
import type { RecordRequest } from './recordArguments.ts';

/** Exit codes that scripts may rely on. */
const SOUND = 0;
const BROKEN = 1;
const UNREADABLE = 2;

/** Returns the exit code. */
export function runVerify(
  { place, isJson, trust: options }: Extract<RecordRequest, { kind: 'verify' | 'sessions' }>,
  { write, complain }: Output,
): number {
  let verdicts: SessionVerdict[];
  let missing: MissingSession[];
  let headsFolder: string | undefined;
  try {
    const real = fs.realpathSync(place);
    const folders = sessionFolders(real);
    const trust = findTrust(real, folders, options);
    headsFolder = trust.heads?.folder;
    verdicts = folders.map((folder) => verifySession(folder, trust));
    missing = missingSessions(real, trust);
  } catch (error) {
    complain(`${place} cannot be read: ${error instanceof Error ? error.message : error}\n`);
    return UNREADABLE;
  }
  const exitCode = exitCodeOf(verdicts, missing);
  if (isJson) {
    write(`${JSON.stringify({ exitCode, heads: headsFolder ?? null, verdicts, missing })}\n`);
    return exitCode;
  }
  for (const verdict of verdicts) write(verdictBlock(verdict));
  for (const session of missing) write(missingLine(session));
  if (verdicts.length + missing.length === 0) {
    complain(`There is no recorded session in ${place}.\n`);
    return UNREADABLE;
  }
  write(
    `\nHeads: ${headsFolder ?? 'none found; name their folder with --heads.'}\n${NOT_PROVED}\n`,
  );
  return exitCode;
}

function exitCodeOf(
  verdicts: readonly SessionVerdict[],
  missing: readonly MissingSession[],
): number {
  const isLost = missing.some(({ deleted }) => deleted === undefined);
  if (isLost || verdicts.some(({ state }) => state === 'broken')) return BROKEN;
  if (verdicts.length === 0 && missing.length === 0) return UNREADABLE;
  return verdicts.some(({ state }) => state === 'unreadable') ? UNREADABLE : SOUND;
}

const STATES: Readonly<Record<SessionVerdict['state'], string>> = {
  sound: 'sound',
  broken: 'BROKEN',
  unreadable: 'UNREADABLE',
};

function verdictBlock(verdict: SessionVerdict): string {
  const { folder, state, fault } = verdict;
  const text = fault?.text === undefined ? '' : `    ${showText(fault.text).slice(0, 200)}\n`;
  return `${STATES[state].padEnd(10)} ${showText(folder)}\n    ${showText(verdictText(verdict))}\n${text}`;
}

function missingLine({ folder, deleted }: MissingSession): string {
  return deleted === undefined
    ? `MISSING    ${showText(folder)}\n    It was recorded, and its folder is gone; nothing says that it was deleted by retention or by a person.\n`
    : `deleted    ${showText(folder)}\n    ${showText(deleted.why)} (${showText(deleted.at)})\n`;
}
