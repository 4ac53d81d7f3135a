// Runs lines in the jail and compares each with what the analyser says of it.
import { analyzeShell } from '../../src/core/shell/analyze.ts';
import type { ShellAnalysis, ShellParser } from '../../src/core/shell/types.ts';
import { testContext } from '../helpers/analysis.ts';
import { type Comparison, compare } from './compare.ts';
import type { Jail, Run } from './jail.ts';

/** One line with everything that is known about it. */
export interface Checked extends Comparison {
  line: string;
  /** True where `bash -n` accepts it. */
  isValid: boolean;
  analysis: ShellAnalysis;
}

const WORKERS = 3;

/** Checks different lines, several at a time; an error stands for a line that could not be run. */
export async function checkLines(
  jail: Jail,
  parser: ShellParser,
  lines: Iterable<string>,
): Promise<ReadonlyMap<string, Checked | Error>> {
  const queue = [...new Set(lines)];
  const results = new Map<string, Checked | Error>();
  const work = async (): Promise<void> => {
    for (let line = queue.shift(); line !== undefined; line = queue.shift()) {
      try {
        results.set(line, await checkLine(jail, parser, line));
      } catch (error) {
        results.set(line, error instanceof Error ? error : new Error(String(error)));
      }
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return results;
}

/** Runs the line twice, with programs that all succeed and programs that all fail, so that more branches are taken. */
async function checkLine(jail: Jail, parser: ShellParser, line: string): Promise<Checked> {
  const analysis = analyzeShell(line, parser, testContext().shell);
  const runs = [await jail.run(line, 0), await jail.run(line, 1)];
  const isValid = runs.every((run) => run.isValid);
  return { line, isValid, analysis, ...compare(analysis, runs) };
}

const BATCH = 100;

/** Checks lines that only expand words and write nothing, many in one jail and with programs that succeed. */
export async function checkExpansions(
  jail: Jail,
  parser: ShellParser,
  lines: Iterable<string>,
): Promise<ReadonlyMap<string, Checked | Error>> {
  const queue = [...new Set(lines)];
  const batches = Array.from({ length: Math.ceil(queue.length / BATCH) }, (_, at) =>
    queue.slice(at * BATCH, (at + 1) * BATCH),
  );
  const results = new Map<string, Checked | Error>();
  for (const batch of batches) {
    const runs = await jail.runAll(batch, 0);
    batch.forEach((line, at) => {
      const run = runs[at] as Run;
      const analysis = analyzeShell(line, parser, testContext().shell);
      results.set(line, { line, isValid: run.isValid, analysis, ...compare(analysis, [run]) });
    });
  }
  return results;
}
