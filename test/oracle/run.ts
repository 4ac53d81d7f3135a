// `npm run oracle -- [--file lines.jsonl] [--mutations n] [--expansions n] [--rich n] [--readings n] [--seed n] [--limit n] [--show unseen,misplaced,file,covered,never,not-understood]`
// Runs lines in the jail and reports what bash executed and the analyser did not find. Ends with 1 where there is any.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { createTester, testParser } from '../helpers/analysis.ts';
import { destructiveMutants } from '../mutation/mutants.ts';
import { type Checked, checkExpansions, checkLines } from './check.ts';
import { expansionLines } from './expansions.ts';
import { openJail } from './jail.ts';
import { liarsAmong, manualsOf, readingLines, readingPrograms } from './readings.ts';
import { openRealJail } from './realJail.ts';
import { richLines } from './richLines.ts';
import { QUIET_SAMPLES, SAMPLES } from './samples.ts';

interface Row {
  command: string;
  shell?: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      file: { type: 'string', multiple: true },
      limit: { type: 'string' },
      mutations: { type: 'string', default: '0' },
      expansions: { type: 'string', default: '0' },
      rich: { type: 'string', default: '0' },
      readings: { type: 'string' },
      seed: { type: 'string', default: '1' },
      show: { type: 'string', default: 'unseen,misplaced' },
    },
  });
  if (values.readings !== undefined) {
    await reportReadings(Number(values.readings), Number(values.seed));
    return;
  }
  const numRuns = Number(values.mutations);
  const mutants = fc.sample(destructiveMutants, { numRuns, seed: Number(values.seed) });
  const expansions = { numRuns: Number(values.expansions), seed: Number(values.seed) };
  const lines = [...(values.file ?? []).flatMap(linesOf), ...mutants.map(({ line }) => line)];
  const rich = { numRuns: Number(values.rich), seed: Number(values.seed) };
  const expanding = [...fc.sample(expansionLines, expansions), ...fc.sample(richLines, rich)];
  const isSample = lines.length + expanding.length === 0;
  const chosen = (isSample ? [...SAMPLES, ...QUIET_SAMPLES] : lines).slice(
    0,
    Number(values.limit ?? Infinity),
  );
  const [jail, parser] = [await openJail(), await testParser()];
  const results = [
    ...(await checkLines(jail, parser, chosen)),
    ...(await checkExpansions(jail, parser, expanding)),
  ];
  const checked = results.flatMap(([, result]) => (result instanceof Error ? [] : [result]));
  const failures = results.flatMap(([line, result]) =>
    result instanceof Error ? [`${JSON.stringify(line)}: ${result.message}`] : [],
  );
  report(checked, values.show.split(','));
  process.stdout.write(failures.map((text) => `could not be run: ${text}\n`).join(''));
  process.exitCode = failures.length > 0 ? 2 : process.exitCode;
}

/** Runs generated calls that pass as reading with the machine's own programs, and prints those that changed a file. */
async function reportReadings(numRuns: number, seed: number): Promise<void> {
  const [jail, tester] = [await openRealJail(), await createTester()];
  const manuals = await manualsOf(jail, readingPrograms());
  const lines = fc.sample(readingLines(manuals), { numRuns, seed });
  const { run, liars } = await liarsAmong(jail, tester, lines);
  for (const { line, changed } of liars) {
    process.stdout.write(`changed: ${JSON.stringify(line)}\n`);
    process.stdout.write(
      changed
        .slice(0, 3)
        .map((entry) => `    ${entry}\n`)
        .join(''),
    );
  }
  const result = {
    programs: manuals.length,
    generated: numRuns,
    passedAndRun: run,
    changed: liars.length,
  };
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  process.exitCode = liars.length > 0 ? 1 : 0;
}

/** The bash lines of a corpus; a line with a NUL byte cannot be run. */
function linesOf(file: string): string[] {
  const rows = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return rows
    .map((row) => JSON.parse(row) as Row)
    .filter((row) => (row.shell ?? 'bash') === 'bash' && !row.command.includes('\0'))
    .map((row) => row.command);
}

function report(checked: readonly Checked[], show: readonly string[]): void {
  const valid = checked.filter((one) => one.isValid);
  const open = valid.filter((one) => !one.isUnderstood);
  const sum = (count: (one: Checked) => number): number =>
    checked.reduce((total, one) => total + count(one), 0);
  for (const one of checked) {
    const rows = {
      unseen: one.unseen.map((argv) => JSON.stringify(argv)),
      misplaced: one.misplaced,
      file: one.behindFile.map((argv) => JSON.stringify(argv)),
      covered: one.covered.map((argv) => JSON.stringify(argv)),
      never: one.neverExecuted.map((found) => found.argv.map((word) => word.text).join(' ')),
      'not-understood': one.isValid
        ? one.analysis.notUnderstood.map(
            ({ code, why, span }) => `${code}: ${why} «${one.line.slice(span.start, span.end)}»`,
          )
        : [],
    };
    for (const [kind, found] of Object.entries(rows)) {
      if (show.includes(kind) && found.length > 0) {
        process.stdout.write(`${kind}: ${JSON.stringify(one.line)}\n`);
        process.stdout.write(found.map((text) => `    ${text}\n`).join(''));
      }
    }
  }
  const result = {
    lines: checked.length,
    valid: valid.length,
    executed: sum((one) => one.executed),
    executedButUnseen: sum((one) => one.unseen.length),
    executedElsewhere: sum((one) => one.misplaced.length),
    behindUnreadFile: sum((one) => one.behindFile.length),
    coveredByNotUnderstood: sum((one) => one.covered.length),
    foundButNeverExecuted: sum((one) => one.neverExecuted.length),
    notUnderstood: open.length,
    notUnderstoodRate: Number((open.length / Math.max(1, valid.length)).toFixed(4)),
  };
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  process.exitCode = result.executedButUnseen + result.executedElsewhere > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
