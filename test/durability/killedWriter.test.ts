// The process that writes a record is killed at any time, and the end of its file is lost: what was promised stays true, or the break is told.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Clock, systemClock } from '../../src/node/clock.ts';
import { missingSessions } from '../../src/node/missingSessions.ts';
import { recoverSession } from '../../src/node/recoverSession.ts';
import { segmentName, segmentsIn, sessionFolders } from '../../src/node/sessionFiles.ts';
import { createSigningKey, readSigningKey } from '../../src/node/signingKey.ts';
import { verifySession } from '../../src/node/verifySession.ts';
import { buildProgram } from '../helpers/buildProgram.ts';
import { buildRecorder } from '../helpers/recorders.ts';
import { createPlace, type TestPlace } from '../helpers/sessions.ts';

const CYCLES = 60;

interface Said {
  taken?: string;
  done?: string;
  decision?: string;
}

describe('a killed writer', function () {
  this.timeout(300_000);
  let place: TestPlace;
  let program: string;
  let secret: string;

  before(() => {
    place = createPlace();
    program = buildProgram('test/helpers/recordWriter.ts', place.root);
    buildRecorder(place.root);
    ({ secret } = createSigningKey());
    place.heads.keepKey(readSigningKey(secret).publicKey);
    fs.mkdirSync(path.join(place.workspace, 'ran'));
  });
  after(() => place.dispose());

  const trust = () => ({ heads: place.heads, keys: place.heads.keys() });
  const anchor = () => ({ key: readSigningKey(secret), heads: place.heads });
  const ran = () => fs.readdirSync(path.join(place.workspace, 'ran'));

  /** Lets the writer work until it has said so many lines and a moment longer, kills it, and returns what it said. */
  async function writeAndKill(lines: number): Promise<Said[]> {
    const args = [program, place.workspace, place.root, secret, '30000'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
    });
    await once(child.stdout, 'data');
    // A busy machine is as far as an idle one when it is killed.
    while (text.split('\n').length - 1 < lines) await wait(1);
    await wait(Math.random() * 15);
    child.kill('SIGKILL');
    await once(child, 'close');
    // Shells that it had started go on without it for a moment.
    await wait(50);
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    return whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Said);
  }

  function newFolder(known: ReadonlySet<string>): string | undefined {
    return sessionFolders(place.workspace).find((folder) => !known.has(folder));
  }

  function cutTail(folder: string, bytes: number): void {
    const number = segmentsIn(folder).at(-1);
    if (number === undefined) return;
    const last = path.join(folder, segmentName(number));
    fs.truncateSync(last, Math.max(0, fs.statSync(last).size - bytes));
  }

  /** What the good lines of the log say. */
  function recorded(folder: string) {
    const decided = new Set<string>();
    const released = new Set<string>();
    const names = new Map<string, string>();
    const verdict = verifySession(folder, trust(), (event) => {
      if (event.type === 'submission') {
        names.set(event.submission.id, /ran\/(\S+)/.exec(event.submission.command)?.[1] ?? '');
      }
      if (event.type === 'decision') decided.add(event.submission);
      if (event.type === 'run') released.add(names.get(event.submission) ?? '');
    });
    return { verdict, decided, released };
  }

  it(`I6 – ${CYCLES} kills at random times, every second with a random cut of the end – nothing that was promised is lost without a word`, async () => {
    const known = new Set<string>();
    const seen = { broken: 0, torn: 0, runs: 0, decisions: 0, segments: 0 };
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      const before = new Set(ran());
      const said = await writeAndKill(Math.floor(Math.random() * 14));
      const folder = newFolder(known);
      if (folder === undefined) {
        assert.equal(
          said.some(({ taken, done }) => taken ?? done),
          false,
        );
        continue;
      }
      known.add(folder);
      const isCut = cycle % 2 === 1;
      // Half of the cuts are within a line, half reach what was signed for.
      if (isCut) cutTail(folder, Math.floor(Math.random() * (cycle % 4 === 1 ? 600 : 8000)));
      const { verdict, decided, released } = recorded(folder);
      const context = `cycle ${cycle}: ${verdict.fault?.why ?? 'sound'}`;
      if (!isCut) assert.equal(verdict.state, 'sound', context);
      if (verdict.state === 'sound') {
        // Acknowledged: the gate has said so; where the end of the file is lost, only what it synced counts.
        for (const { taken, done, decision } of said) {
          if (taken !== undefined && !isCut) assert.ok(decided.has(taken), context);
          if (done !== undefined && decision !== 'allowed') assert.ok(decided.has(done), context);
        }
        for (const name of ran()) {
          if (!before.has(name))
            assert.ok(released.has(name), `${context}: ${name} ran unrecorded`);
        }
      } else {
        assert.match(verdict.fault?.why ?? '', /were cut off/, context);
        seen.broken += 1;
      }
      seen.torn += verdict.tornBytes > 0 ? 1 : 0;
      seen.runs += released.size;
      seen.decisions += decided.size;
      seen.segments = Math.max(seen.segments, segmentsIn(folder).length);
      let recovery = await recoverSession(folder, anchor(), systemClock());
      // Killed between a new file and its first line: it is left alone until nobody can be at work on it.
      if (recovery.kind === 'busy') recovery = await recoverSession(folder, anchor(), laterClock());
      const after = verifySession(folder, trust());
      const due = verdict.events === 0 ? 'empty' : 'closed';
      assert.equal(recovery.kind, verdict.state === 'sound' ? due : 'broken', context);
      assert.equal(after.state, verdict.state, `${context}, after recovery: ${after.fault?.why}`);
      if (recovery.kind === 'closed') assert.equal(after.ended, 'recovery', context);
    }
    assert.deepEqual(missingSessions(place.workspace, trust()), []);
    // The test would prove nothing if the kills never met anything.
    for (const [what, count] of Object.entries(seen))
      assert.ok(count > 0, `no ${what} in all cycles`);
    assert.ok(seen.runs > CYCLES, `only ${seen.runs} runs`);
  });
});

/** The next day. */
function laterClock(): Clock {
  const clock = systemClock();
  return { ...clock, now: () => new Date(clock.now().getTime() + 86_400_000) };
}
