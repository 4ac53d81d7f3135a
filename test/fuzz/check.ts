// What must hold for any text at all.
import { execFileSync } from 'node:child_process';
import type { ShellParser } from '../../src/core/shell/types.ts';
import type { Tester } from '../helpers/analysis.ts';

/** Milliseconds of processor time (a busy machine does not count) that reading a line may take, and that its effects and verdict may take with it. */
export const READ_BUDGET_MS = 100;
export const JUDGE_BUDGET_MS = 500;

export interface Judged {
  /** What is wrong; undefined where all is well. */
  fault: string | undefined;
  readMs: number;
  judgeMs: number;
  verdict: string;
}

/** Judges text and checks the answer. */
export function judgeText(tester: Tester, parser: ShellParser, text: string): Judged {
  const start = processorMs();
  tester.read(text);
  const readMs = processorMs() - start;
  const { assessment, ruling } = tester.judge(text);
  const judgeMs = processorMs() - start - readMs;
  return { fault: faultIn(), readMs, judgeMs, verdict: ruling.verdict };

  function faultIn(): string | undefined {
    const crash = assessment.notUnderstood.find(({ code }) =>
      /^(?:internal-error|analyser-failed)$/.test(code),
    );
    if (crash) {
      return `it crashed: ${crash.why}`;
    }
    const isSpanned = assessment.notUnderstood.every(
      ({ span }) => span.start >= 0 && span.end <= text.length && span.start <= span.end,
    );
    if (!isSpanned) {
      return 'a span lies outside of the text';
    }
    if (ruling.verdict !== 'allow') {
      return undefined;
    }
    return hasErrorNode(parser, text) && !isAcceptedByBash(text)
      ? 'it is allowed, although the grammar and bash reject it'
      : undefined;
  }
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function hasErrorNode(parser: ShellParser, text: string): boolean {
  const tree = parser.parse(text);
  try {
    return tree?.rootNode.hasError ?? true;
  } finally {
    tree?.delete();
  }
}

/** `bash -n` reads and runs nothing. The grammar rejects some text that bash accepts, so bash has the last word. */
function isAcceptedByBash(text: string): boolean {
  try {
    execFileSync('bash', ['--noprofile', '--norc', '-n', '-c', text], {
      stdio: 'ignore',
      env: { PATH: '/usr/bin:/bin' },
    });
    return true;
  } catch {
    return false;
  }
}
