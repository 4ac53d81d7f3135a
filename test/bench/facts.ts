// `npm run bench:facts`
// Times what facts add to an assessment, on a made repository of 20,000 files: the same lines with and without facts.
// Invariant: every line is assessed once to warm up and then some rounds; lines take turns, so a pause hits all alike.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { buildProgram } from '../helpers/buildProgram.ts';
import { createMachine, type TestMachine } from '../helpers/machine.ts';

const FILES = 20_000;
const FILES_IN_FOLDER = 50;
const ROUNDS = 15;
const TARGET_P95_MS = 50;

const LINES = [
  'ls -la',
  'cat src/d7/f3.ts | head',
  'rm src/d7/f3.ts',
  'rm -rf src/d7',
  'rm -rf build',
  'rm *.tmp',
  'echo x > src/d1/f1.ts',
  'mv src/d1/f1.ts src/d2/f2.ts',
  'sed -i s/a/b/ src/d1/f1.ts',
  'git checkout -- src/d7',
  'git restore src/d7/f3.ts',
  'git reset --hard',
  'git clean -fd src/d7',
  'git stash drop',
  'git branch -D topic',
  'git rebase main',
  'git commit --amend --no-edit',
  'git push --force origin topic',
  'psql -h localhost app -c "DROP TABLE users"',
  'kubectl delete pod web',
  'terraform destroy',
];

/** These have to look at the whole work tree. */
const WHOLE_TREE = ['rm -rf src', 'git checkout .', 'git clean -fdx'];

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'interlock-tools-'));
  const machine = createMachine(buildProgram('src/node/facts/toolProcess.ts', folder));
  try {
    makeRepository(machine);
    const own = await timesOf(machine, LINES);
    const whole = await timesOf(machine, WHOLE_TREE);
    const p95 = at(own.withFacts, 0.95);
    const status = bareStatus(machine);
    const result = {
      files: FILES,
      rounds: ROUNDS,
      milliseconds: {
        withFacts: { p50: at(own.withFacts, 0.5), p95 },
        withoutFacts: { p50: at(own.withoutFacts, 0.5), p95: at(own.withoutFacts, 0.95) },
        wholeTree: { p50: at(whole.withFacts, 0.5), p95: at(whole.withFacts, 0.95) },
        bareGitStatus: status,
      },
      /** Below 1 a look-up is no slower than one status of the whole tree by git alone, on any machine. */
      p95ByBareGitStatus: Number((p95 / status).toFixed(2)),
      ownCpuMillisecondsPerLine: await cpuOf(machine),
      targetP95: TARGET_P95_MS,
      holds: p95 <= TARGET_P95_MS,
      byLine: { ...own.byLine, ...whole.byLine },
    };
    process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  } finally {
    machine.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeRepository(machine: TestMachine): void {
  machine.git('init', '-q');
  machine.write('.gitignore', 'build/\n*.tmp\n');
  for (let index = 0; index < FILES; index++)
    machine.write(
      `src/d${Math.floor(index / FILES_IN_FOLDER)}/f${index % FILES_IN_FOLDER}.ts`,
      `${index}\n`,
    );
  for (let index = 0; index < 200; index++) machine.write(`build/o${index}`);
  machine.git('add', '.');
  machine.git('commit', '-qm', 'start');
  machine.gitIn(machine.base, 'init', '-q', '--bare', 'remote.git');
  machine.git('remote', 'add', 'origin', path.join(machine.base, 'remote.git'));
  machine.git('push', '-q', 'origin', 'main');
  machine.git('switch', '-qc', 'topic');
  machine.write('src/d7/f3.ts', 'changed\n');
  machine.git('commit', '-qam', 'topic');
  machine.git('push', '-q', 'origin', 'topic');
  machine.write('src/d7/f4.ts', 'changed\n');
  machine.git('stash', '-q');
  machine.write('src/d7/new.ts');
}

/**
 * Processor time that one assessment takes of this process, as a mean over all lines (Linux); what git itself takes
 * is not in it. Unlike the times above it hardly depends on what else the machine does.
 */
async function cpuOf(machine: TestMachine): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  const before = cpuTicks();
  for (const line of LINES) await machine.assess(line);
  for (const line of LINES) await machine.assess(line);
  return Number((((cpuTicks() - before) * 10) / (2 * LINES.length)).toFixed(1));
}

/** Own time and that of ended children, in hundredths of a second. */
function cpuTicks(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}

/** One status of the whole tree by git alone, as a yardstick of this machine. */
function bareStatus(machine: TestMachine): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    execFileSync('git', ['status', '--porcelain'], {
      cwd: machine.workspace,
      env: machine.environment,
    });
    return performance.now() - start;
  });
  return at(times, 0.5);
}

async function timesOf(machine: TestMachine, lines: readonly string[]) {
  const times = new Map<string, number[]>(lines.map((line) => [line, []]));
  const withoutFacts: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const line of lines) {
      const taken = await timeOf(() => machine.assess(line));
      const bare = await timeOf(() => machine.assess(line, machine.workspace, false));
      if (round === 0) continue;
      times.get(line)?.push(taken);
      withoutFacts.push(bare);
    }
  }
  const byLine = Object.fromEntries(
    [...times].map(([line, own]) => [line, { p50: at(own, 0.5), p95: at(own, 0.95) }]),
  );
  return { withFacts: [...times.values()].flat(), withoutFacts, byLine };
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function at(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 2;
});
