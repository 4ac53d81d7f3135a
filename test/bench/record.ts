// `npm run bench:record`
// What recording costs: 100 MB of output through a pty, bare and with the whole recording, in turn in one process; adding
// events with a sync each; checking a log; looking for secrets, and how well that is done. One JSON object on standard output.
// Invariant: every contender runs the same program on the same file, and all rounds are in one run, because only their ratio counts.
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { AuditBody } from '../../src/core/session/events.ts';
import { Redactor } from '../../src/core/session/redact/redactor.ts';
import { CommandRun } from '../../src/host/commandRun.ts';
import { childEnvironment } from '../../src/node/childEnvironment.ts';
import { systemClock } from '../../src/node/clock.ts';
import { loadPty } from '../../src/node/ptyProcess.ts';
import type { RecorderLink } from '../../src/node/recorder/recorderLink.ts';
import { SessionLog } from '../../src/node/sessionLog.ts';
import { SessionRecording } from '../../src/node/sessionRecording.ts';
import { shellArgv, startShell } from '../../src/node/shellProcess.ts';
import { verifySession } from '../../src/node/verifySession.ts';
import { threadRecorder } from '../helpers/recorders.ts';
import { createPlace, openLog } from '../helpers/sessions.ts';
import { redactionQuality } from './redactionCorpus.ts';

const MEGABYTES = 100;
const ROUNDS = 5;
const EVENTS = 2000;
const VERIFIED = 50_000;

interface Round {
  megabytesPerSecond: number;
  /** Processor time of this process. */
  cpuMs: number;
}

async function main(): Promise<void> {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-bench-')));
  try {
    const file = makeOutput(folder);
    const output = await throughput(folder, file);
    const result = {
      output,
      append: await appending(),
      verify: verifying(),
      redaction: { ...redaction(file), ...redactionQuality() },
      memory: { peakResidentMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) },
    };
    process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Lines as a server or a build writes them, with colours now and then. */
function makeOutput(folder: string): string {
  const file = path.join(folder, 'output.txt');
  const handle = fs.openSync(file, 'w');
  let count = 0;
  for (let bytes = 0; bytes < MEGABYTES * 1e6; ) {
    let text = '';
    for (let i = 0; i < 1000; i++, count++) {
      const colour = count % 10 === 0 ? '\x1b[32m200\x1b[0m' : '200';
      text += `2026-11-28T00:00:${count % 60} INFO server[${count}] GET /api/items/${count} took 12ms status=${colour}\n`;
    }
    bytes += fs.writeSync(handle, text);
  }
  fs.closeSync(handle);
  return file;
}

async function throughput(folder: string, file: string): Promise<Record<string, unknown>> {
  const rounds: Record<'raw' | 'gated' | 'gatedWhole', Round[]> = {
    raw: [],
    gated: [],
    gatedWhole: [],
  };
  const recorder = threadRecorder(folder);
  const most = 16 * 1024 * 1024;
  for (let round = 0; round < ROUNDS; round++) {
    rounds.raw.push(await timed(() => runRaw(file)));
    rounds.gated.push(await timed(() => runGated(folder, file, most, recorder)));
    rounds.gatedWhole.push(
      await timed(() => runGated(folder, file, Number.MAX_SAFE_INTEGER, recorder)),
    );
    // What was recorded is not needed any more, and taking it away is not what is timed.
    fs.rmSync(path.join(folder, 's'), { recursive: true });
  }
  recorder.end();
  const ratio = (name: 'gated' | 'gatedWhole') =>
    median(
      rounds[name].map(
        (entry, index) => entry.megabytesPerSecond / (rounds.raw[index]?.megabytesPerSecond ?? 1),
      ),
    );
  return {
    megabytes: MEGABYTES,
    rounds: ROUNDS,
    raw: summary(rounds.raw),
    /** As shipped: the first 16 MB of a command's output and its end are recorded. */
    gated: { ...summary(rounds.gated), shareOfRaw: ratio('gated') },
    /** Without a limit: all of it is redacted, hashed and written. */
    gatedWhole: { ...summary(rounds.gatedWhole), shareOfRaw: ratio('gatedWhole') },
  };
}

function summary(rounds: readonly Round[]): Record<string, number> {
  return {
    megabytesPerSecond: median(rounds.map((round) => round.megabytesPerSecond)),
    cpuMs: median(rounds.map((round) => round.cpuMs)),
  };
}

async function timed(run: () => Promise<number>): Promise<Round> {
  const before = process.cpuUsage();
  const start = performance.now();
  const characters = await run();
  const seconds = (performance.now() - start) / 1000;
  const cpu = process.cpuUsage(before);
  return {
    megabytesPerSecond: round(characters / 1e6 / seconds),
    cpuMs: Math.round((cpu.user + cpu.system) / 1000),
  };
}

/** The same shell under the same library, and nothing else. */
function runRaw(file: string): Promise<number> {
  const pty = loadPty();
  if (!pty) throw new Error('the pty library does not load here');
  const [bash = '', ...options] = shellArgv();
  const child = pty.spawn(bash, [...options, `cat '${file}'`], { cols: 80, rows: 24, cwd: '/' });
  let characters = 0;
  child.onData((data) => {
    characters += data.length;
  });
  return new Promise((resolve) => child.onExit(() => resolve(characters)));
}

/** As an approved command runs: its process, the output for the agent, the recording, checkpoints in a real log. */
async function runGated(
  folder: string,
  file: string,
  most: number,
  recorder: RecorderLink,
): Promise<number> {
  const clock = systemClock();
  const session = randomUUID();
  const log = SessionLog.create({ root: folder, under: ['s'], session, nonce: 'n', clock });
  const append = (body: AuditBody) => {
    const appended = log.append(body);
    if (!appended.ok) throw new Error(appended.why);
  };
  append({ type: 'session.start', ...START });
  const redactor = new Redactor({ key: () => 'k', known: ['a known secret value'] });
  const recording = new SessionRecording({
    ...{ folder: log.folder, title: 'bench', recorder, redactor, append },
    mostPerRun: () => most,
  });
  let characters = 0;
  const run = new CommandRun({
    spec: {
      command: `cat '${file}'`,
      cwd: '/',
      environment: childEnvironment(process.env, {}, session),
      ...{ columns: 80, rows: 24, run: session },
    },
    startShell,
    clock,
    onOutput: (data) => {
      characters += data.length;
    },
  });
  const started = await recording.start({
    ...{ submission: session, label: 'bench', shown: 'cat', columns: 80, rows: 24 },
    onFailure: (why) => {
      throw new Error(why);
    },
  });
  const outcome = await run.start(started).ended;
  await started.end(outcome.exitCode ?? 1, 'end');
  await recording.close();
  log.close();
  return characters;
}

const START = {
  ...{ agent: 'bench', workspace: '/w', interlock: '0', host: 'bench', pid: 1, machine: 'm' },
  ...{ dial: 'readOnly', policySha256: '', nonce: 'n', publicKey: '' },
};

/** Each event added and put on disk before the next, heads signed and written: what an approval waits for. */
async function appending(): Promise<Record<string, number>> {
  const place = createPlace();
  try {
    const log = openLog(place, 'bench', { clock: systemClock() });
    const times: number[] = [];
    for (let i = 0; i < EVENTS; i++) {
      const start = performance.now();
      log.append({ type: 'tamper', text: `event ${i}` });
      await log.sync();
      times.push(performance.now() - start);
    }
    log.close();
    return { events: EVENTS, p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99) };
  } finally {
    place.dispose();
  }
}

function verifying(): Record<string, unknown> {
  const place = createPlace();
  try {
    const log = openLog(place, 'bench');
    for (let i = 0; i < VERIFIED; i++)
      log.append({ type: 'tamper', text: `event ${i} ${'x'.repeat(200)}` });
    log.close();
    const start = performance.now();
    const verdict = verifySession(log.folder, { heads: undefined, keys: undefined });
    const seconds = (performance.now() - start) / 1000;
    return {
      events: VERIFIED,
      state: verdict.state,
      eventsPerSecond: Math.round(VERIFIED / seconds),
    };
  } finally {
    place.dispose();
  }
}

/** Text without secrets, as almost all output is. */
function redaction(file: string): Record<string, number> {
  const redactor = new Redactor({ key: () => 'k', known: ['a known secret value'] });
  const text = fs.readFileSync(file, 'utf8').slice(0, 20_000_000);
  const pieces = Array.from({ length: Math.ceil(text.length / 65536) }, (_, i) =>
    text.slice(i * 65536, (i + 1) * 65536),
  );
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    for (const piece of pieces) redactor.find(piece);
    return text.length / 1e6 / ((performance.now() - start) / 1000);
  });
  return { megabytesPerSecond: round(median(rounds)) };
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

function round(value: number): number {
  return Number(value.toFixed(3));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 2;
});
