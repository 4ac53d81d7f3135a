// `interlock replay`: plays recordings in this terminal. Keys are not shown, and nothing that was recorded can act on it.
import { setTimeout as wait } from 'node:timers/promises';
import { showText } from '../core/session/display.ts';
import { findMark, type Mark, marksOf, playback } from '../core/session/playback.ts';
import { SafeTerminal } from '../core/session/safeTerminal.ts';
import { verdictText } from '../core/session/verdict.ts';
import { type ReadRecording, readRecording } from '../node/readRecordings.ts';
import { sessionFolders } from '../node/sessionFiles.ts';
import { recordingsOf } from '../node/strayRecordings.ts';
import { verifySession } from '../node/verifySession.ts';
import { findTrust } from './findTrust.ts';
import type { Output } from './output.ts';
import type { ReplayRequest } from './replayArguments.ts';

type Played = Extract<ReadRecording, { ok: true }>;

/** Returns the exit code: 0, 1 where the record is broken, 2 where nothing can be played. `stop` ends it early. */
export async function runReplay(
  request: ReplayRequest,
  output: Output,
  stop: AbortSignal,
): Promise<number> {
  const chosen = choose(request);
  if (typeof chosen === 'string') {
    output.complain(`${chosen}\n`);
    return 2;
  }
  const { recordings, isSound, proof } = chosen;
  if (request.isList) {
    for (const { name, cast } of recordings) output.write(listOf(name, marksOf(cast)));
    return isSound ? 0 : 1;
  }
  output.complain(`${proof}\n`);
  for (const recording of recordings) await play(recording, request, output, stop);
  return isSound ? 0 : 1;
}

function choose(
  request: ReplayRequest,
): { recordings: Played[]; isSound: boolean; proof: string } | string {
  try {
    const folders = sessionFolders(request.place);
    const folder = folders.findLast((name) => recordingsOf(name, request.file).length > 0);
    if (folder === undefined) return `There is no recording in ${request.place} that a log names.`;
    const verdict = verifySession(folder, findTrust(request.place, [folder], request.trust));
    const read = recordingsOf(folder, request.file).map((name) => readRecording(folder, name));
    const bad = read.find((recording) => !recording.ok);
    if (bad && !bad.ok) return `${bad.name} cannot be played: ${bad.why}`;
    const recordings = read.filter((recording): recording is Played => recording.ok);
    const proof = `${showText(folder)}: ${verdictText(verdict)}`;
    const wanted = withMark(recordings, request.from);
    if (wanted.length === 0)
      return `No command is marked "${request.from ?? ''}". --list shows all.`;
    return { recordings: wanted, isSound: verdict.state === 'sound', proof };
  } catch (error) {
    return `${request.place} cannot be read: ${error instanceof Error ? error.message : error}`;
  }
}

/** From the recording on in which the wanted command stands. */
function withMark(recordings: Played[], from: string | undefined): Played[] {
  if (from === undefined) return recordings;
  const has = ({ cast }: Played) => findMark(marksOf(cast), from) !== undefined;
  return recordings.filter(has).slice(0, 1);
}

async function play(
  { name, cast }: Played,
  { speed, idleSeconds, from }: ReplayRequest,
  output: Output,
  stop: AbortSignal,
): Promise<void> {
  const { columns, rows } = cast.header;
  output.complain(`--- ${name}, recorded at ${columns}x${rows} ---\n`);
  const mark = from === undefined ? undefined : findMark(marksOf(cast), from);
  try {
    for (const step of playback(cast, { speed, idleSeconds, from: mark })) {
      if (step.delayMs >= 1) await wait(step.delayMs, undefined, { signal: stop });
      stop.throwIfAborted();
      if (step.kind === 'show') output.write(step.text);
    }
  } catch (error) {
    if (!stop.aborted) throw error;
    output.write(`${new SafeTerminal().reset()}\n`);
  }
}

function listOf(name: string, marks: readonly Mark[]): string {
  const lines = marks.map(
    ({ at, label }) => `  ${at.toFixed(1).padStart(8)} s  ${showText(label)}`,
  );
  return `${[name, ...lines].join('\n')}\n`;
}
