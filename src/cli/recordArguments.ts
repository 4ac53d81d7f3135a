// Reads the arguments of the commands about recorded sessions: verify, sessions, export.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { TrustOptions } from './findTrust.ts';

export const EXPORT_FORMATS = ['jsonl', 'csv', 'txt', 'html', 'cast', 'cast2'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type RecordRequest =
  | { kind: 'verify' | 'sessions'; place: string; isJson: boolean; trust: TrustOptions }
  | {
      kind: 'export';
      place: string;
      format: ExportFormat;
      isRedacted: boolean;
      /** File to write; standard output where there is none. */
      out: string | undefined;
      /** Which recording, for `cast` and `cast2`; the first where it is not given. */
      recording: string | undefined;
      trust: TrustOptions;
    };

export const RECORD_USAGE = `  interlock sessions [DIR] [--json]               lists recorded sessions below DIR
  interlock verify   [DIR] [--heads DIR] [--key FILE]… [--json]
                     checks records; exit code 0 sound, 1 broken, 2 cannot be read
  interlock export   [DIR] --format jsonl|csv|txt|html|cast|cast2 [--redacted] [--out FILE]
                     [--recording NAME]  (cast: asciicast 3, cast2: asciicast 2)

DIR is a workspace, a folder of sessions, a day or one session; the current folder where it is not given.`;

/** Throws `TypeError` with a sentence where the words are not right. */
export function readRecordRequest(
  kind: RecordRequest['kind'],
  words: readonly string[],
  here: string,
): RecordRequest {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      heads: { type: 'string' },
      key: { type: 'string', multiple: true },
      ...(kind === 'export' ? EXPORT_OPTIONS : { json: { type: 'boolean' } }),
    },
  });
  const given = values as Given;
  if (positionals.length > 1) throw new TypeError('Say one folder.');
  const place = resolve(here, positionals[0] ?? '.');
  const trust = {
    heads: given.heads === undefined ? undefined : resolve(here, given.heads),
    keys: (given.key ?? []).map((file) => resolve(here, file)),
  };
  if (kind !== 'export') return { kind, place, isJson: given.json === true, trust };
  const out = given.out === undefined ? undefined : resolve(here, given.out);
  const isRedacted = given.redacted === true;
  const { recording } = given;
  return { kind, place, format: readFormat(given.format), isRedacted, out, recording, trust };
}

const EXPORT_OPTIONS = {
  format: { type: 'string' },
  redacted: { type: 'boolean' },
  out: { type: 'string' },
  recording: { type: 'string' },
} as const;

interface Given {
  heads?: string;
  key?: string[];
  json?: boolean;
  format?: string;
  redacted?: boolean;
  out?: string;
  recording?: string;
}

function readFormat(format: string | undefined): ExportFormat {
  const found = EXPORT_FORMATS.find((name) => name === format);
  if (!found) throw new TypeError(`--format has to be one of ${EXPORT_FORMATS.join(', ')}.`);
  return found;
}
