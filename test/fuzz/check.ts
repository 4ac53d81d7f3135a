// What must hold for any text at all.
import { execFileSync } from 'node:child_process';
import type { ShellParser } from '../../src/core/shell/types.ts';
import type { Tester } from '../helpers/analysis.ts';

/** Milliseconds of processor time that judging a line may take: reading, effects, score and ruling together. */
export const BUDGET_MS = 100;

export interface Judged {
  /** What is wrong; undefined where all is well. */
  fault: string | undefined;
  /** Of processor time. */
  ms: number;
  verdict: string;
}

/** Other programs and the collector of memory also cost this line time; what it takes itself is the least of these. */
const TRIES = 4;

/** Judges text and checks the answer. */
export function judgeText(
  tester: Tester,
  parser: ShellParser,
  text: string,
  budgetMs = BUDGET_MS,
): Judged {
  let ms = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES && ms > budgetMs; tries++) {
    const start = processorMs();
    tester.judge(text);
    ms = Math.min(ms, processorMs() - start);
  }
  const { assessment, ruling } = tester.judge(text);
  return { fault: faultIn(), ms, verdict: ruling.verdict };

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
    if (ms > budgetMs) {
      return 'it took too long';
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
