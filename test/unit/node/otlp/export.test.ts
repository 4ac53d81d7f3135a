// Recorded events reach a collector: all, once, in order, without secrets, also after it or the window was away.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AuditBody } from '../../../../src/core/session/events.ts';
import { Redactor } from '../../../../src/core/session/redact/redactor.ts';
import { LogExport } from '../../../../src/host/logExport.ts';
import { ExportQueue } from '../../../../src/node/exportQueue.ts';
import { createOtlpSender, type LogSender } from '../../../../src/node/otlp/otlpSender.ts';
import type { SessionLog } from '../../../../src/node/sessionLog.ts';
import { Collector } from '../../../helpers/collector.ts';
import { createPlace, openLog, run, type TestPlace } from '../../../helpers/sessions.ts';

let place: TestPlace;
let collector: Collector;
let senders: LogSender[];

const redactor = new Redactor({ key: () => 'key', known: [] });

function queue(changes: { self?: number; isAlive?: (pid: number) => boolean } = {}): ExportQueue {
  const sender = createOtlpSender(collector.url, '1.2.3');
  senders.push(sender);
  return new ExportQueue({
    storage: place.root,
    send: (logs) => sender.send(logs),
    redact: (text) => redactor.text(text),
    self: 1,
    isAlive: () => true,
    ...changes,
  });
}

const seqs = () => collector.logs.map(({ attributes }) => attributes['interlock.seq']);
const end: AuditBody = { type: 'session.end', reason: 'over', by: 'window' };

function submit(log: SessionLog, command: string): void {
  log.append({
    type: 'submission',
    commandSha256: '',
    submission: {
      id: '1',
      session: log.session,
      command,
      cwd: '/w',
      agent: 'robot',
      intent: undefined,
      via: 'test',
      environment: {},
      submittedAt: '2026-05-06T07:08:09Z',
    },
  });
}

describe('export to a collector', function () {
  this.timeout(30_000);

  beforeEach(async () => {
    place = createPlace();
    collector = await Collector.start();
    senders = [];
  });
  afterEach(async () => {
    for (const sender of senders) await sender.close();
    await collector.stop();
    place.dispose();
  });

  it('every event, with its time, severity, words, fields and the hash of its line', async () => {
    const log = openLog(place, 's1');
    submit(log, 'rm -rf build');
    log.append({ type: 'tamper', text: 'Somebody was here.' });
    const exported = queue();
    exported.follow(log.folder);
    assert.equal(await exported.pump(), 3);
    const [start, submission, tamper] = collector.logs;
    assert.equal(start?.eventName, 'interlock.session.start');
    assert.equal(start?.resource['service.name'], 'interlock');
    assert.equal(start?.resource['service.version'], '1.2.3');
    assert.equal(BigInt(start?.timeUnixNano ?? 0), BigInt(place.clock.time) * 1_000_000n);
    assert.equal(submission?.body, 'robot submits in /w: rm -rf build');
    assert.equal(submission?.attributes['interlock.command'], 'rm -rf build');
    assert.deepEqual([submission?.severityText, tamper?.severityText], ['INFO', 'FATAL']);
    const lines = fs.readFileSync(log.file, 'utf8');
    assert.ok(lines.includes(`"h":"${tamper?.attributes['interlock.hash']}"`));
    log.close();
  });

  it('what was sent is not sent again; what comes later is, over all files of the log, to its end', async () => {
    const log = openLog(place, 's1', { segmentBytes: 1500 });
    const exported = queue();
    exported.follow(log.folder);
    await exported.pump();
    for (let i = 0; i < 30; i++) log.append(run(`${i}`));
    await exported.pump();
    await exported.pump();
    log.append(end);
    await exported.pump();
    log.close();
    assert.ok(fs.existsSync(path.join(log.folder, 'audit.3.ndjson')));
    const all = fs.readdirSync(log.folder).filter((name) => name.startsWith('audit'));
    const lines = all.map((name) => fs.readFileSync(path.join(log.folder, name), 'utf8')).join('');
    assert.deepEqual(
      seqs(),
      Array.from({ length: lines.split('\n').length - 1 }, (_, seq) => seq),
    );
    assert.deepEqual(fs.readdirSync(path.join(place.root, 'export')), []);
  });

  it('secrets – removed', async () => {
    const token = `ghp_${'aB3dE6'.repeat(6)}`;
    const log = openLog(place, 's1');
    submit(log, `git clone https://me:${token}@example.com/x`);
    const exported = queue();
    exported.follow(log.folder);
    await exported.pump();
    log.close();
    assert.equal(collector.logs.length, 2);
    assert.ok(!JSON.stringify(collector.logs).includes(token));
    assert.match(JSON.stringify(collector.logs), /redacted/);
  });

  it('half of a line – waits until it is whole', async () => {
    const log = openLog(place, 's1');
    const whole = fs.readFileSync(log.file);
    fs.writeFileSync(log.file, whole.subarray(0, 50));
    const exported = queue();
    exported.follow(log.folder);
    assert.equal(await exported.pump(), 0);
    fs.writeFileSync(log.file, whole);
    assert.equal(await exported.pump(), 1);
    log.close();
  });

  it('the collector refuses – it waits on disk, and the next window sends it, once', async () => {
    const log = openLog(place, 's1');
    log.append(end);
    log.close();
    const first = queue({ self: 1 });
    first.follow(log.folder);
    collector.status = 400;
    await assert.rejects(first.pump());
    collector.status = 200;
    const other = queue({ self: 2, isAlive: () => true });
    assert.equal(await other.pump(), 0, 'the first window is still there');
    const next = queue({ self: 2, isAlive: () => false });
    assert.equal(await next.pump(), 2);
    assert.equal(await next.pump(), 0);
    assert.deepEqual(seqs(), [0, 1]);
  });

  it('the session was deleted – forgotten', async () => {
    const log = openLog(place, 's1');
    const exported = queue();
    exported.follow(log.folder);
    log.close();
    fs.rmSync(log.folder, { recursive: true });
    assert.equal(await exported.pump(), 0);
    assert.deepEqual(fs.readdirSync(path.join(place.root, 'export')), []);
  });

  describe('LogExport', () => {
    let now: number;
    let url: string | undefined;
    let problems: string[];
    let opened: number;
    let log: SessionLog;
    let logExport: LogExport;

    beforeEach(() => {
      now = 0;
      url = collector.url;
      problems = [];
      opened = 0;
      log = openLog(place, 's1');
      logExport = new LogExport({
        url: () => url,
        folder: () => log.folder,
        open: async () => {
          opened += 1;
          const exported = queue();
          return { sender: senders.at(-1) as LogSender, queue: exported };
        },
        now: () => now,
        report: (problem) => void problems.push(problem),
      });
    });
    afterEach(async () => {
      await logExport.close();
      log.close();
    });

    it('no address – nothing is loaded, nothing is sent', async () => {
      url = undefined;
      await logExport.turn();
      assert.deepEqual([opened, collector.requests], [0, 0]);
      assert.ok(!fs.existsSync(path.join(place.root, 'export')));
    });

    it('sends the running session, and stops when the address is taken out', async () => {
      await logExport.turn();
      log.append(run('1'));
      await logExport.turn();
      assert.deepEqual(seqs(), [0, 1]);
      url = undefined;
      log.append(run('2'));
      await logExport.turn();
      assert.deepEqual(seqs(), [0, 1]);
      assert.deepEqual(problems, []);
    });

    it('the collector is away – told once, tried less and less often, and nothing is lost', async () => {
      collector.status = 400;
      await logExport.turn();
      const { requests } = collector;
      now += 1000;
      await logExport.turn();
      assert.equal(collector.requests, requests, 'it did not wait');
      now += 5000;
      await logExport.turn();
      assert.ok(collector.requests > requests);
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', /cannot be sent to http.*They wait on disk/);
      collector.status = 200;
      now += 11_000;
      await logExport.turn();
      assert.deepEqual(seqs(), [0]);
    });
  });
});
