// The `interlock` command: reads the arguments, runs one request, and ends with its exit code.
// Invariant: nothing that is assessed is ever run.
import { readFile } from 'node:fs/promises';
import type { Verdict } from '../core/policy/types.ts';
import type { Assessed } from '../node/assessor.ts';
import { assessorFor } from './assessorFor.ts';
import { runBatch } from './batch.ts';
import { type Request, readCommandLine, USAGE } from './commandLine.ts';
import { runExport } from './exportSession.ts';
import { grade, readRows } from './grade.ts';
import { processOutput } from './output.ts';
import { runReplay } from './replay.ts';
import { checkReport, explainReport, textReport } from './report.ts';
import { runSessions } from './sessions.ts';
import { runVerify } from './verify.ts';

/** Exit codes that scripts may rely on. */
export const EXIT: Readonly<Record<Verdict | 'usage' | 'internal', number>> = {
  allow: 0,
  ask: 10,
  deny: 11,
  usage: 2,
  internal: 1,
};

/** What shells report for a program whose reader has gone: `interlock … | head`. It is no verdict. */
const READER_GONE = 141;

const VERSION = '0.1.0';

async function main(words: readonly string[]): Promise<number> {
  const request = readCommandLine(words, process.cwd());
  switch (request.kind) {
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'version':
      process.stdout.write(`${VERSION}\n`);
      return 0;
    case 'usage':
      process.stderr.write(`${request.message}\n\n${USAGE}`);
      return EXIT.usage;
    case 'grade':
      return runGrade(request);
    case 'verify':
      return runVerify(request, processOutput);
    case 'sessions':
      return runSessions(request, processOutput);
    case 'export':
      return runExport(request, processOutput);
    case 'replay':
      return runReplay(request, processOutput, stopOnInterrupt());
    case 'check':
    case 'explain':
      return runAssess(request);
  }
}

/** Ctrl-C ends a replay, not the program: the terminal has to be put back in order. */
function stopOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

async function runAssess(
  request: Extract<Request, { kind: 'check' | 'explain' }>,
): Promise<number> {
  const { kind, form, command, options } = request;
  const assessor = assessorFor(options.dial);
  const report = kind === 'check' ? checkReport : explainReport;
  const write = (text: string) => process.stdout.write(text);
  if (command === undefined) {
    await runBatch(process.stdin, assessor, options, report, write);
    return 0;
  }
  const assessed: Assessed = await assessor.assess(command, {
    cwd: options.cwd,
    agent: undefined,
    withFacts: options.withFacts,
  });
  write(
    form === 'json'
      ? `${JSON.stringify(report(assessed))}\n`
      : textReport(assessed, kind === 'explain'),
  );
  return EXIT[assessed.ruling.verdict];
}

async function runGrade(request: Extract<Request, { kind: 'grade' }>): Promise<number> {
  let text: string;
  try {
    text = await readFile(request.file, 'utf8');
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    process.stderr.write(`The file cannot be read: ${what}\n`);
    return EXIT.usage;
  }
  const { rows, bad } = readRows(text);
  const { summary, misses } = await grade(rows, assessorFor(request.options.dial), request.options);
  process.stdout.write(`${JSON.stringify({ ...summary, unreadableLines: bad }, null, 2)}\n`);
  if (request.list) {
    for (const miss of misses) process.stdout.write(`${JSON.stringify(miss)}\n`);
  }
  return 0;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE')
    process.stderr.write(`The output cannot be written: ${error.message}\n`);
  process.exit(error.code === 'EPIPE' ? READER_GONE : EXIT.internal);
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`interlock failed: ${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = EXIT.internal;
  },
);
