// `npm run fuzz -- [--count n] [--seed n]`
// Judges generated text and prints what went wrong, the slowest line and the memory. Ends with 1 where anything did.
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { createTester, testParser } from '../helpers/analysis.ts';
import { seedOfBatch } from '../helpers/seeds.ts';
import { judgeText } from './check.ts';
import { fuzzLines } from './lines.ts';

const BATCH = 1_000;
const MEGABYTE = 1_048_576;
const MAX_GROWTH_MB = 20;
const MOST_SHOWN = 5;

/** Frees what is not used, so that the heap's size tells what is kept. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [tester, parser] = [await createTester(), await testParser()];
  const count = Number(values.count);
  const faults = new Map<string, string>();
  const verdicts: Record<string, number> = {};
  const memory: number[] = [];
  const collect = collector();
  const slowest: { ms: number; text: string }[] = [];
  let judged = 0;
  for (let batch = 0; judged < count; batch++) {
    const numRuns = Math.min(BATCH, count - judged);
    for (const text of fc.sample(fuzzLines, { numRuns, seed: seedOfBatch(values.seed, batch) })) {
      judged++;
      const { fault, ms, verdict } = judgeText(tester, parser, text);
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
      slowest.push({ ms: Math.round(ms), text: text.slice(0, 120) });
      slowest.sort((left, right) => right.ms - left.ms).splice(MOST_SHOWN);
      const before = fault === undefined ? undefined : faults.get(fault);
      if (fault !== undefined && (before === undefined || text.length < before.length)) {
        faults.set(fault, text);
      }
    }
    collect();
    memory.push(process.memoryUsage().heapUsed / MEGABYTE);
  }
  const growth = (memory.at(-1) ?? 0) - (memory[Math.floor(memory.length / 2)] ?? 0);
  if (growth > MAX_GROWTH_MB) {
    faults.set(`the heap grew by ${Math.round(growth)} MB over the second half`, '');
  }
  for (const [fault, text] of faults) {
    process.stdout.write(`${fault}\n    ${JSON.stringify(text.slice(0, 400))}\n`);
  }
  const result = {
    judged,
    faults: faults.size,
    verdicts,
    slowest,
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1_024),
    heapMb: {
      first: Math.round(memory[0] ?? 0),
      middle: Math.round(memory[Math.floor(memory.length / 2)] ?? 0),
      last: Math.round(memory.at(-1) ?? 0),
    },
  };
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  process.exitCode = faults.size > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
