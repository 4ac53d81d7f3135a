// `npm run mutate -- [--count n] [--seed n] [--show n] [--reasons]`
// Judges generated lines and prints the faults, one of each kind. Ends with 1 where there is any.
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { createTester } from '../helpers/analysis.ts';
import { seedOfBatch } from '../helpers/seeds.ts';
import { destructiveMutants, harmlessMutants } from './mutants.ts';
import { faultOf } from './property.ts';

const BATCH = 1_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      show: { type: 'string', default: '20' },
      reasons: { type: 'boolean', default: false },
    },
  });
  const tester = await createTester();
  const count = Number(values.count);
  const faults = new Map<string, { line: string; times: number }>();
  const open = new Map<string, { line: string; times: number }>();
  let judged = 0;
  for (let batch = 0; judged < count; batch++) {
    const arbitrary = batch % 4 === 3 ? harmlessMutants : destructiveMutants;
    const numRuns = Math.min(BATCH, count - judged);
    for (const mutant of fc.sample(arbitrary, { numRuns, seed: seedOfBatch(values.seed, batch) })) {
      judged++;
      const [problem] = tester.read(mutant.line).notUnderstood;
      if (problem) {
        const kind = `${problem.code}: ${problem.why.replace(/`[^`]*`/g, '`…`')}`;
        const before = open.get(kind);
        const isShorter = !before || mutant.line.length < before.line.length;
        const line = isShorter ? mutant.line : before.line;
        open.set(kind, { line, times: (before?.times ?? 0) + 1 });
      }
      const fault = faultOf(tester, mutant);
      if (fault !== undefined) {
        const before = faults.get(fault);
        const isShorter = !before || mutant.line.length < before.line.length;
        const line = isShorter ? mutant.line : before.line;
        faults.set(fault, { line, times: (before?.times ?? 0) + 1 });
      }
    }
  }
  for (const [fault, { line, times }] of [...faults].slice(0, Number(values.show))) {
    process.stdout.write(`${times} × ${fault}\n    ${JSON.stringify(line)}\n`);
  }
  for (const [why, { line, times }] of values.reasons ? open : []) {
    process.stdout.write(`not understood, ${times} × ${why}\n    ${JSON.stringify(line)}\n`);
  }
  const falls = [...faults.values()].reduce((sum, { times }) => sum + times, 0);
  const notUnderstood = [...open.values()].reduce((sum, { times }) => sum + times, 0);
  process.stdout.write(`${JSON.stringify({ judged, falls, notUnderstood })}\n`);
  process.exitCode = falls > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
