// What other extensions, tasks and models hand over, checked and completed to a request to the gate.
// Invariant: what is not as it should be is refused with a sentence; nothing is guessed for it.
import * as path from 'node:path';
import type { Submission } from '../core/gate/types.ts';
import { HumanError } from './errors.ts';
import type { SubmissionRequest } from './gateTypes.ts';

/** What fills in where the request does not say. */
export interface RequestDefaults {
  /** Absolute folder that relative ones start from. */
  folder: string;
  agent: string;
  via: Submission['via'];
}

/** Reads `{ command, cwd?, agent?, intent? }`. Throws `HumanError`. */
export function readRequest(input: unknown, defaults: RequestDefaults): SubmissionRequest {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new HumanError('Give an object with "command".');
  }
  const fields = input as Record<string, unknown>;
  const { command } = fields;
  if (typeof command !== 'string' || command.trim() === '') {
    throw new HumanError('"command" has to be a command line.');
  }
  if (fields.environment !== undefined) {
    // The gate reads the command line; a variable beside it could change what that does.
    throw new HumanError('Write variables into the command line: NAME=value command.');
  }
  return {
    command,
    cwd: path.resolve(defaults.folder, textIn(fields, 'cwd') ?? '.'),
    agent: textIn(fields, 'agent') ?? defaults.agent,
    intent: textIn(fields, 'intent'),
    via: defaults.via,
    environment: {},
    columns: 120,
    rows: 30,
  };
}

/** Characters: each of them is shown, and stands in every line of the log that names the submission. */
const MOST = { cwd: 4096, agent: 100, intent: 2000 };

function textIn(fields: Record<string, unknown>, name: keyof typeof MOST): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new HumanError(`"${name}" has to be a text.`);
  if (value.length > MOST[name])
    throw new HumanError(`"${name}" may have ${MOST[name]} characters at the most.`);
  return value;
}
