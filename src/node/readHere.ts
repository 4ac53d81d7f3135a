// Reads a line on this machine: with the files behind the names of its programs, and with its links followed.
import { isWhereProgramsAre } from '../core/effects/ownPrograms.ts';
import { classifyAbsolute } from '../core/effects/targets.ts';
import type { EffectContext, PathPlace } from '../core/effects/types.ts';
import { nameAgain, type Reading, readLine } from '../core/gate/judge.ts';
import type { OwnFile, ShellParser } from '../core/shell/types.ts';
import type { OwnPrograms } from './facts/ownPrograms.ts';
import { findRealPaths } from './facts/realPaths.ts';

/** A reading with all that was known when it was made. */
export interface ReadHere {
  reading: Reading;
  context: EffectContext;
}

/** What the line would run and do here. */
export async function readHere(
  command: string,
  parser: ShellParser | undefined,
  context: EffectContext,
  programs: OwnPrograms,
): Promise<ReadHere> {
  const read = readWithPrograms(command, parser, context, programs);
  return followLinks(read);
}

/** Most times that a line is read anew because a file that stands in for a program starts others. */
const MOST_READINGS = 10;

/** Reads a line, and reads it again as long as programs of it turn out to be files that an agent may have written. */
function readWithPrograms(
  command: string,
  parser: ShellParser | undefined,
  given: EffectContext,
  programs: OwnPrograms,
): ReadHere {
  let context = withPrograms(given, {}, programs);
  let reading = readLine(command, parser, context);
  for (let round = 0; round < MOST_READINGS; round++) {
    const found = programs.lookUp(reading.analysis);
    if (!found) break;
    context = withPrograms(given, found, programs);
    reading = readLine(command, parser, context);
  }
  return { reading, context };
}

/** What stands where programs are looked for runs later by its name. */
export function placeOf(file: string, context: EffectContext): PathPlace {
  const { ownFolders } = context;
  if (ownFolders && isWhereProgramsAre(file, ownFolders)) return 'startup';
  return classifyAbsolute(file, context);
}

function withPrograms(
  context: EffectContext,
  programFiles: Readonly<Record<string, OwnFile>>,
  programs: OwnPrograms,
): EffectContext {
  const ownFolders = programs.ownFolders();
  const shell = { ...context.shell, programFiles };
  return { ...context, shell, ...(ownFolders && { ownFolders }) };
}

/** Names the effects again where links lead somewhere else than the text says. */
async function followLinks({ reading, context }: ReadHere): Promise<ReadHere> {
  const realPaths = await findRealPaths(reading.effects);
  if (Object.entries(realPaths).every(([path, real]) => path === real)) return { reading, context };
  const resolved = { ...context, realPaths };
  return { reading: nameAgain(reading, resolved), context: resolved };
}
