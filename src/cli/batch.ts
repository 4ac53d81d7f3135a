// Many lines at once: one JSON line in, one JSON line out, in order. A bad line is answered, and the batch goes on.
import { isAbsolute, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Assessed, Assessor } from '../node/assessor.ts';
import type { AssessOptions } from './commandLine.ts';

/** Assesses every line of `input` and writes one JSON line for each. */
export async function runBatch(
  input: Readable,
  assessor: Assessor,
  options: AssessOptions,
  report: (assessed: Assessed) => Record<string, unknown>,
  write: (text: string) => void,
): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const row = readRow(line, options.cwd);
    const answer =
      'error' in row
        ? row
        : report(
            await assessor.assess(row.command, {
              cwd: row.cwd,
              agent: undefined,
              withFacts: options.withFacts,
            }),
          );
    write(`${JSON.stringify(answer)}\n`);
  }
}

function readRow(line: string, here: string): { command: string; cwd: string } | { error: string } {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { error: `This line is not JSON: ${what}` };
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    return { error: 'This line is not a JSON object.' };
  const { command, cwd } = row as { command?: unknown; cwd?: unknown };
  if (typeof command !== 'string') return { error: '"command" has to be a text.' };
  if (cwd !== undefined && cwd !== null && typeof cwd !== 'string')
    return { error: '"cwd" has to be a folder.' };
  if (typeof cwd !== 'string' || cwd === '') return { command, cwd: here };
  return { command, cwd: isAbsolute(cwd) ? cwd : resolve(here, cwd) };
}
