// Recordings for other tools: as they are, for older players, or as text.
import { randomBytes } from 'node:crypto';
import { type Cast, type CastEvent, castText, toVersion2 } from '../core/session/asciicast.ts';
import { CastWriter } from '../core/session/castWriter.ts';
import { Redactor } from '../core/session/redact/redactor.ts';
import { RedactStream } from '../core/session/redact/redactStream.ts';
import { readRecording, wholeLines } from './readRecordings.ts';
import { recordingsOf } from './strayRecordings.ts';

/** One recording of one session as text of a file. Throws with a sentence where there is not exactly one. */
export function exportCast(
  folders: readonly string[],
  {
    format,
    isRedacted,
    recording,
  }: { format: 'cast' | 'cast2'; isRedacted: boolean; recording: string | undefined },
): { text: string; notice: string | undefined } {
  const withAny = folders.filter((folder) => recordingsOf(folder, recording).length > 0);
  const [folder] = withAny;
  if (folder === undefined) throw new Error('there is no recording');
  if (withAny.length > 1) {
    throw new Error(`${withAny.length} sessions have recordings; name the folder of one`);
  }
  const names = recordingsOf(folder, recording);
  const name = recording ?? names[0] ?? '';
  const others = names.filter((other) => other !== name);
  const notice =
    others.length > 0 && recording === undefined
      ? `This is ${name}; name others with --recording: ${others.join(', ')}`
      : undefined;
  const read = readRecording(folder, name);
  if (!read.ok) throw new Error(`${name} cannot be read: ${read.why}`);
  const cast = isRedacted ? redactedCast(read.cast) : read.cast;
  if (format === 'cast2') return { text: toVersion2(cast), notice };
  const text = isRedacted ? toVersion3(cast) : ownText(folder, name);
  return { text, notice };
}

/** What stood in the terminals of a session. */
export function recordingTexts(folder: string): string {
  return recordingsOf(folder, undefined)
    .map((name) => {
      const read = readRecording(folder, name);
      return `--- ${name} ---\n${read.ok ? castText(read.cast) : read.why}\n`;
    })
    .join('');
}

/** The file's own bytes, so that it can still be checked. */
function ownText(folder: string, name: string): string {
  const read = wholeLines(folder, name);
  if (!read.ok) throw new Error(`${name} cannot be read: ${read.why}`);
  return read.text;
}

function toVersion3({ header, events }: Cast): string {
  const writer = new CastWriter();
  const lines = events.map(({ at, code, data }) => writer.event(at * 1000, code, data));
  return writer.header(header) + lines.join('');
}

/** Redacts once more, with a key that nobody keeps, across the borders of events. */
function redactedCast(cast: Cast): Cast {
  const key = randomBytes(32);
  const redactor = new Redactor({ key: () => key, known: [] });
  const streams = { o: new RedactStream(redactor), i: new RedactStream(redactor) };
  const events = cast.events.flatMap((event): CastEvent[] => {
    const { at, code, data } = event;
    if (code === 'm') return [{ at, code, data: redactor.text(data) }];
    return code === 'o' || code === 'i' ? [{ at, code, data: streams[code].push(data) }] : [event];
  });
  const at = events.at(-1)?.at ?? 0;
  const rest = (['o', 'i'] as const).map((code) => ({ at, code, data: streams[code].end() }));
  return { ...cast, events: [...events, ...rest].filter(({ data }) => data !== '') };
}
