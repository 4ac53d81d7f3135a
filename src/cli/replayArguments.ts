// Reads the arguments of `interlock replay`.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { TrustOptions } from './findTrust.ts';

export interface ReplayRequest {
  kind: 'replay';
  place: string;
  /** Name of one recording; undefined: all of the session. */
  file: string | undefined;
  /** Number or text of the command to start with. */
  from: string | undefined;
  speed: number;
  idleSeconds: number;
  isList: boolean;
  trust: TrustOptions;
}

export const REPLAY_USAGE = `  interlock replay   [DIR] [--speed N] [--from MARK] [--idle SECONDS] [--file NAME] [--list]
                     plays the newest recording below DIR; MARK is the number or a part of a command`;

/** Throws `TypeError` with a sentence where the words are not right. */
export function readReplayRequest(words: readonly string[], here: string): ReplayRequest {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      speed: { type: 'string' },
      from: { type: 'string' },
      idle: { type: 'string' },
      file: { type: 'string' },
      list: { type: 'boolean' },
      heads: { type: 'string' },
      key: { type: 'string', multiple: true },
    },
  });
  if (positionals.length > 1) throw new TypeError('Say one folder.');
  return {
    kind: 'replay',
    place: resolve(here, positionals[0] ?? '.'),
    file: values.file,
    from: values.from,
    speed: readNumber('speed', values.speed, 1),
    idleSeconds: readNumber('idle', values.idle, 2),
    isList: values.list === true,
    trust: {
      heads: values.heads === undefined ? undefined : resolve(here, values.heads),
      keys: (values.key ?? []).map((file) => resolve(here, file)),
    },
  };
}

function readNumber(name: string, text: string | undefined, initial: number): number {
  if (text === undefined) return initial;
  const number = Number(text);
  if (Number.isFinite(number) && number > 0 && number <= 1000) return number;
  throw new TypeError(`--${name} has to be a number above 0, up to 1000.`);
}
