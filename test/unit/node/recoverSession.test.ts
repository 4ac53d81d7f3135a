// Sessions whose window died: closed once, in a provable way, and never where something does not fit.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { deadSessions, type Processes } from '../../../src/node/deadSessions.ts';
import { type Recovery, recoverSession } from '../../../src/node/recoverSession.ts';
import { createSigningKey } from '../../../src/node/signingKey.ts';
import { verifySession } from '../../../src/node/verifySession.ts';
import {
  closedSession,
  createPlace,
  eventsIn,
  note,
  openLog,
  run,
  type TestPlace,
} from '../../helpers/sessions.ts';

let place: TestPlace;

const folderOf = (session: string) => place.folderOf(session);
const logOf = (session: string, n = 1) =>
  path.join(folderOf(session), n === 1 ? 'audit.ndjson' : `audit.${n}.ndjson`);
const anchor = () => ({ key: place.key, heads: place.heads });
const recover = (session: string): Promise<Recovery> =>
  recoverSession(folderOf(session), anchor(), place.clock);
const verify = (session: string) => verifySession(folderOf(session), place.trust());

const eventsOf = (session: string) => eventsIn(folderOf(session));

/** A session whose writer stops in the middle. */
async function deadSession(session: string, torn = ''): Promise<void> {
  const log = openLog(place, session);
  log.append(run('1'));
  await log.sync();
  log.append(note('not synced'));
  log.close();
  fs.appendFileSync(logOf(session), torn);
}

describe('recoverSession', () => {
  beforeEach(() => {
    place = createPlace();
  });
  afterEach(() => place.dispose());

  it('a whole log – closed by recovery in a file of its own, sealed, and the first file untouched', async () => {
    await deadSession('s1');
    const before = fs.readFileSync(logOf('s1'));
    assert.deepEqual(await recover('s1'), { kind: 'closed', tornBytes: 0 });
    assert.deepEqual(fs.readFileSync(logOf('s1')), before);
    const [opening, end] = eventsOf('s1').slice(-2);
    assert.equal(opening?.type, 'segment.start');
    assert.ok(end?.type === 'session.end');
    assert.equal(end.by, 'recovery');
    assert.match(end.reason, /ended without closing it\. Commands whose outcome is not known: 1\./);
    const verdict = verify('s1');
    assert.deepEqual([verdict.state, verdict.head, verdict.ended], ['sound', 'closed', 'recovery']);
  });

  it('a torn end – kept beside the log, named in it, and cut off', async () => {
    const torn = '{"v":1,"seq":3,"ts":"20';
    await deadSession('s1', torn);
    assert.deepEqual(await recover('s1'), { kind: 'closed', tornBytes: torn.length });
    assert.equal(fs.readFileSync(`${logOf('s1')}.torn`, 'utf8'), torn);
    const found = eventsOf('s1').find((event) => event.type === 'log.recovered');
    assert.ok(found?.type === 'log.recovered');
    assert.equal(found.sha256, createHash('sha256').update(torn).digest('hex'));
    assert.match(found.text, /23 bytes .* audit\.ndjson\.torn/);
    assert.deepEqual([verify('s1').state, verify('s1').head], ['sound', 'closed']);
    fs.writeFileSync(`${logOf('s1')}.torn`, 'something else');
    assert.equal(verify('s1').state, 'broken');
  });

  it('lines that were signed are gone – left alone and told, never repaired', async () => {
    await deadSession('s1');
    const [first = ''] = fs.readFileSync(logOf('s1'), 'utf8').split('\n');
    fs.writeFileSync(logOf('s1'), `${first}\n`);
    const before = fs.readdirSync(folderOf('s1'));
    const recovery = await recover('s1');
    assert.ok(recovery.kind === 'broken');
    assert.match(recovery.text, /lines were cut off, or an old copy/);
    assert.deepEqual(fs.readdirSync(folderOf('s1')), before);
    assert.equal(verify('s1').state, 'broken');
  });

  it('twice, and two windows at once – one end', async () => {
    await deadSession('s1', 'torn');
    const kinds = (await Promise.all([recover('s1'), recover('s1')])).map(({ kind }) => kind);
    assert.ok(kinds.includes('closed'), kinds.join());
    await recover('s1');
    assert.equal(eventsOf('s1').filter(({ type }) => type === 'session.end').length, 1);
    assert.equal(verify('s1').state, 'sound');
  });

  it('a recovery that was cut short after its claim – the next one waits, then goes on', async () => {
    await deadSession('s1', 'torn');
    fs.writeFileSync(logOf('s1', 2), '');
    const at = new Date(place.clock.time);
    fs.utimesSync(logOf('s1', 2), at, at);
    assert.deepEqual(await recover('s1'), { kind: 'busy' });
    place.clock.time += 61_000;
    assert.deepEqual(await recover('s1'), { kind: 'closed', tornBytes: 4 });
    assert.ok(fs.statSync(logOf('s1', 3)).size > 0);
    assert.deepEqual([verify('s1').state, verify('s1').head], ['sound', 'closed']);
  });

  it('ended but not sealed – sealed', async () => {
    const log = openLog(place, 's1');
    log.append({ type: 'session.end', reason: 'over', by: 'window' });
    await log.sync();
    log.close();
    assert.equal(verify('s1').head, 'open');
    assert.deepEqual(await recover('s1'), { kind: 'busy' });
    place.clock.time += 61_000;
    assert.deepEqual(await recover('s1'), { kind: 'closed', tornBytes: 0 });
    assert.deepEqual([verify('s1').state, verify('s1').head], ['sound', 'closed']);
    assert.equal(eventsOf('s1').length, 2);
  });

  it('its key is gone – closed, not sealed', async () => {
    await deadSession('s1');
    const { key } = createSigningKey();
    const recovery = await recoverSession(folderOf('s1'), { key, heads: place.heads }, place.clock);
    assert.equal(recovery.kind, 'closed');
    assert.deepEqual([verify('s1').state, verify('s1').head], ['sound', 'open']);
    assert.equal(verify('s1').ended, 'recovery');
  });

  it('a recording went on after its last checkpoint – vouched for by the recovery, and said', async () => {
    const log = openLog(place, 's1');
    const file = path.join(folderOf('s1'), 'terminal.cast');
    fs.writeFileSync(file, 'one\ntwo\n');
    const sha256 = createHash('sha256').update('one\n').digest('hex');
    log.append({ type: 'recording.checkpoint', file: 'terminal.cast', bytes: 4, sha256 });
    await log.sync();
    log.close();
    await recover('s1');
    assert.deepEqual([verify('s1').state, verify('s1').head], ['sound', 'closed']);
    const end = eventsOf('s1').at(-1);
    assert.match(end?.type === 'session.end' ? end.reason : '', /only this recovery vouches: 4/);
    fs.appendFileSync(file, 'three\n');
    assert.equal(verify('s1').state, 'broken');
  });
});

describe('deadSessions', () => {
  const processes = (changes: Partial<Processes> = {}): Processes => ({
    machine: 'm',
    isAlive: () => false,
    bootedAt: new Date(0),
    self: 1,
    ...changes,
  });
  const dead = (changes?: Partial<Processes>, isOurs: (session: string) => boolean = () => false) =>
    deadSessions(place.workspace, place.heads, processes({ machine, ...changes }), isOurs).map(
      (folder) => path.basename(folder),
    );
  const machine = os.hostname();

  beforeEach(async () => {
    place = createPlace();
    await deadSession('s1');
    await closedSession(place, 's2');
    // Died before its first head.
    openLog(place, 's3').close();
  });
  afterEach(() => place.dispose());

  it('open ones whose process is gone, with or without a head; closed ones never', () => {
    assert.deepEqual(dead(), ['s1', 's3']);
  });

  it('a living process, our own session, another machine – left alone', () => {
    assert.deepEqual(dead({ isAlive: () => true }), []);
    assert.deepEqual(
      dead({}, () => true),
      [],
    );
    assert.deepEqual(dead({ machine: 'another' }), []);
  });

  it('a living process with the number of one from before the machine started, or with our own number – gone', () => {
    const bootedAt = new Date(place.clock.time + 1000);
    assert.deepEqual(dead({ isAlive: () => true, bootedAt }), ['s1', 's3']);
    assert.deepEqual(dead({ isAlive: () => true, self: process.pid }), ['s1', 's3']);
  });
});
