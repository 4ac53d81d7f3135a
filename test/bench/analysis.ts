// `npm run bench:analysis -- FILE.jsonl …`
// Times the analysis of each line, the bare parse and walk of both engines, and cc-safety-net's check, in one process.
// Invariant: every contender sees the same lines in the same order, each line once to warm up and then timed.
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { analyzeShell } from '../../src/core/shell/analyze.ts';
import type { ShellParser, SyntaxNode } from '../../src/core/shell/types.ts';
import { loadNativeParser } from '../../src/node/nativeParser.ts';
import { createTester, testContext, testParser } from '../helpers/analysis.ts';

const ROUNDS = 3;

interface Times {
  p50: number;
  p95: number;
  p99: number;
  mean: number;
}

type CheckCommand = (input: { command: string; cwd: string }) => { kind: string };

async function main(): Promise<void> {
  const lines = process.argv.slice(2).flatMap(linesOf);
  if (lines.length === 0) {
    throw new Error('Name one or more files with lines: npm run bench:analysis -- FILE.jsonl');
  }
  const [tester, wasm] = [await createTester(), await testParser()];
  const native = await loadNativeParser().catch((error: unknown) => String(error));
  const check = await loadPeer();
  const { shell } = testContext();
  const analysis = timesOf(lines, (line) => analyzeShell(line, wasm, shell));
  const peer =
    typeof check === 'string'
      ? check
      : timesOf(lines, (command) => check({ command, cwd: tmpdir() }));
  const result = {
    lines: lines.length,
    milliseconds: {
      analysis,
      judgement: timesOf(lines, (line) => tester.judge(line)),
      wasmParseAndWalk: timesOf(lines, (line) => parseAndWalk(wasm, line)),
      nativeParseAndWalk:
        typeof native === 'string' ? native : timesOf(lines, (line) => parseAndWalk(native, line)),
      ccSafetyNet: peer,
    },
    timesFasterThanCcSafetyNet:
      typeof peer === 'string'
        ? peer
        : {
            p50: round(peer.p50 / analysis.p50, 1),
            p99: round(peer.p99 / analysis.p99, 1),
            mean: round(peer.mean / analysis.mean, 1),
          },
  };
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
}

function linesOf(file: string): string[] {
  const rows = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return rows.map((row) => (JSON.parse(row) as { command: string }).command);
}

/** The best of some rounds for each line, so that a pause of the machine is not taken for work. */
function timesOf(lines: readonly string[], run: (line: string) => unknown): Times {
  for (const line of lines) {
    run(line);
  }
  const times = lines.map((line) => {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      run(line);
      best = Math.min(best, performance.now() - start);
    }
    return best;
  });
  times.sort((a, b) => a - b);
  const at = (share: number): number => round(times[Math.floor(times.length * share)] ?? 0, 4);
  const mean = round(times.reduce((sum, time) => sum + time, 0) / times.length, 4);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), mean };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function parseAndWalk(parser: ShellParser, line: string): number {
  const tree = parser.parse(line);
  try {
    return tree ? countNodes(tree.rootNode) : 0;
  } finally {
    tree?.delete();
  }
}

function countNodes(node: SyntaxNode): number {
  return node.namedChildren.reduce((sum, child) => sum + (child ? countNodes(child) : 0), 1);
}

/** Installed by the bench's own package.json; the reason where it is not. */
async function loadPeer(): Promise<CheckCommand | string> {
  const file = path.join(__dirname, 'node_modules/cc-safety-net/dist/api.js');
  try {
    const peer = (await import(pathToFileURL(file).href)) as { checkCommand: CheckCommand };
    // Where something is wrong with it, it refuses every line at once: that is no time to compare with.
    const { kind } = peer.checkCommand({ command: 'ls -la', cwd: tmpdir() });
    return kind === 'allow' ? peer.checkCommand : 'it refuses every line here';
  } catch (error) {
    return `not loaded (npm ci in test/bench): ${error instanceof Error ? error.message : error}`;
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
