// Reads the arguments of `interlock` into one typed request, or into a sentence that says what is wrong.
import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Dial } from '../core/policy/types.ts';
import { RECORD_USAGE, type RecordRequest, readRecordRequest } from './recordArguments.ts';
import { REPLAY_USAGE, type ReplayRequest, readReplayRequest } from './replayArguments.ts';

export interface AssessOptions {
  cwd: string;
  withFacts: boolean;
  dial: Dial | undefined;
}

export type Request =
  | { kind: 'help' | 'version' }
  | { kind: 'usage'; message: string }
  | {
      kind: 'check' | 'explain';
      form: 'text' | 'json' | 'jsonl';
      /** Undefined with `jsonl`: the lines come from standard input. */
      command: string | undefined;
      options: AssessOptions;
    }
  | RecordRequest
  | ReplayRequest
  | { kind: 'grade'; file: string; list: boolean; options: AssessOptions };

export const USAGE = `interlock: says what a shell command would do, and whether an agent may run it.

  interlock check   [--json] [--cwd DIR] [--no-facts] [--dial listed|readOnly|contained] -- COMMAND
  interlock check   --jsonl  [the same options]   reads lines {"command", "cwd"?}, answers one JSON line each
  interlock explain [--json | --jsonl] [the same options] -- COMMAND
  interlock grade   FILE.jsonl [--list] [--facts] [--dial …]   measures against labelled lines
${RECORD_USAGE}
${REPLAY_USAGE}

Nothing is run. Exit code of check: 0 allow, 10 ask, 11 deny, 2 wrong use, 1 internal error.
`;

/** Reads the words after the program's name. */
export function readCommandLine(words: readonly string[], here: string): Request {
  const [name, ...rest] = words;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h')
    return { kind: 'help' };
  if (name === '--version' || name === 'version') return { kind: 'version' };
  try {
    if (name === 'check' || name === 'explain') return readAssess(name, rest, here);
    if (name === 'verify' || name === 'sessions' || name === 'export') {
      return readRecordRequest(name, rest, here);
    }
    if (name === 'replay') return readReplayRequest(rest, here);
    if (name === 'grade') return readGrade(rest, here);
  } catch (error) {
    if (error instanceof TypeError) return { kind: 'usage', message: error.message };
    throw error;
  }
  return { kind: 'usage', message: `There is no command "${name}".` };
}

const SHARED = {
  cwd: { type: 'string' },
  dial: { type: 'string' },
} as const;

function readAssess(kind: 'check' | 'explain', words: readonly string[], here: string): Request {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      ...SHARED,
      json: { type: 'boolean' },
      jsonl: { type: 'boolean' },
      'no-facts': { type: 'boolean' },
    },
  });
  const dial = readDial(values.dial);
  if (dial instanceof Error) return { kind: 'usage', message: dial.message };
  if (values.jsonl && positionals.length > 0)
    return { kind: 'usage', message: 'With --jsonl the commands come from standard input.' };
  if (!values.jsonl && positionals.length === 0)
    return { kind: 'usage', message: 'Say which command, after --.' };
  return {
    kind,
    form: values.jsonl ? 'jsonl' : values.json ? 'json' : 'text',
    command: values.jsonl ? undefined : positionals.join(' '),
    options: {
      cwd: absolute(values.cwd, here),
      withFacts: values['no-facts'] !== true,
      dial,
    },
  };
}

function readGrade(words: readonly string[], here: string): Request {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { ...SHARED, list: { type: 'boolean' }, facts: { type: 'boolean' } },
  });
  const dial = readDial(values.dial);
  if (dial instanceof Error) return { kind: 'usage', message: dial.message };
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    return { kind: 'usage', message: 'Say which one file is to be graded.' };
  return {
    kind: 'grade',
    file: absolute(file, here),
    list: values.list === true,
    options: { cwd: absolute(values.cwd, here), withFacts: values.facts === true, dial },
  };
}

function readDial(value: string | undefined): Dial | undefined | Error {
  if (value === undefined || value === 'listed' || value === 'readOnly' || value === 'contained')
    return value;
  return new Error('--dial has to be listed, readOnly or contained.');
}

function absolute(path: string | undefined, here: string): string {
  if (path === undefined) return here;
  return isAbsolute(path) ? path : resolve(here, path);
}
