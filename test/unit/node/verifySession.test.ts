// What somebody can do to a recorded session, and that each of it shows.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { chainEvent, genesisHash, readChain } from '../../../src/core/session/chain.ts';
import type { AuditEvent } from '../../../src/core/session/events.ts';
import { headText, manifestText } from '../../../src/core/session/signed.ts';
import { type SessionVerdict, verdictText } from '../../../src/core/session/verdict.ts';
import { missingSessions } from '../../../src/node/missingSessions.ts';
import { createSigningKey, type SigningKey } from '../../../src/node/signingKey.ts';
import { verifySession } from '../../../src/node/verifySession.ts';
import {
  closedSession,
  createPlace,
  note,
  openLog,
  run,
  type TestPlace,
} from '../../helpers/sessions.ts';

let place: TestPlace;

const folderOf = (session: string) => place.folderOf(session);
const logOf = (session: string) => path.join(folderOf(session), 'audit.ndjson');
const headOf = (session: string) => path.join(place.heads.folder, `${session}.json`);

function verify(session: string): SessionVerdict {
  return verifySession(folderOf(session), place.trust());
}

function assertBroken(session: string, why: RegExp): SessionVerdict {
  const verdict = verify(session);
  assert.equal(verdict.state, 'broken', 'nothing was found');
  assert.match(verdict.fault?.why ?? '', why);
  return verdict;
}

/** The log's lines, without their line ends. */
const linesOf = (session: string) => fs.readFileSync(logOf(session), 'utf8').trimEnd().split('\n');
const writeLines = (session: string, lines: readonly string[]) =>
  fs.writeFileSync(logOf(session), `${lines.join('\n')}\n`);

/** A log with other events, whose chain holds: what somebody writes who knows how Interlock hashes. */
function rechain(session: string, change: (events: AuditEvent[]) => AuditEvent[]): void {
  const events = change([...readChain(fs.readFileSync(logOf(session))).events]);
  const [first] = events;
  assert.ok(first?.type === 'session.start');
  let previous = genesisHash(first.sid, first.nonce);
  const lines = events.map((event, seq) => {
    const { line, hash } = chainEvent({ ...event, seq }, previous);
    previous = hash;
    return line;
  });
  fs.writeFileSync(logOf(session), lines.join(''));
}

/** Signs head and manifest of a session anew. */
function signAnew(session: string, key: SigningKey): void {
  const { events, head } = readChain(fs.readFileSync(logOf(session)));
  const read = place.heads.read(session);
  assert.ok(read?.ok);
  const newHead = { ...read.value, seq: events.length - 1, h: head ?? '' };
  fs.writeFileSync(
    headOf(session),
    JSON.stringify({ ...newHead, sig: key.sign(headText(newHead)) }),
  );
  const file = path.join(folderOf(session), 'manifest.json');
  const bytes = fs.readFileSync(logOf(session));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const files = [{ name: 'audit.ndjson', bytes: bytes.length, sha256 }];
  const manifest = { v: 1 as const, sid: session, seq: newHead.seq, h: newHead.h, files };
  fs.writeFileSync(file, JSON.stringify({ ...manifest, sig: key.sign(manifestText(manifest)) }));
}

describe('verifySession', () => {
  beforeEach(() => {
    place = createPlace();
  });
  afterEach(() => place.dispose());

  it('an untouched closed session – sound, closed, by the known key', async () => {
    await closedSession(place, 's1');
    const verdict = verify('s1');
    assert.deepEqual(
      [verdict.state, verdict.head, verdict.isKeyKnown, verdict.events, verdict.signedLines],
      ['sound', 'closed', true, 7, 7],
    );
    assert.equal(verdict.ended, 'window');
  });

  it('a session that is being written – sound, and what is signed is said', async () => {
    const log = openLog(place, 's1');
    log.append(run('1'));
    await log.sync();
    log.append(note('not synced yet'));
    const verdict = verify('s1');
    assert.deepEqual(
      [verdict.state, verdict.head, verdict.events, verdict.signedLines],
      ['sound', 'open', 3, 2],
    );
    log.close();
  });

  it('a line was edited – the line is named, and shown', async () => {
    await closedSession(place, 's1');
    const lines = linesOf('s1');
    lines[3] = (lines[3] ?? '').replace('/w', '/x');
    writeLines('s1', lines);
    const { fault } = assertBroken('s1', /changed/);
    assert.deepEqual([fault?.file, fault?.line], ['audit.ndjson', 4]);
    assert.match(fault?.text ?? '', /"\/x"/);
  });

  it('a line was deleted – named', async () => {
    await closedSession(place, 's1');
    const lines = linesOf('s1');
    writeLines('s1', [...lines.slice(0, 2), ...lines.slice(3)]);
    assert.equal(assertBroken('s1', /number 3 where 2/).fault?.line, 3);
  });

  it('two lines were swapped – named', async () => {
    await closedSession(place, 's1');
    const [a = '', b = '', c = '', ...rest] = linesOf('s1');
    writeLines('s1', [a, c, b, ...rest]);
    assert.equal(assertBroken('s1', /number 2 where 1/).fault?.line, 2);
  });

  it('lines were cut off the end – found by the head', async () => {
    await closedSession(place, 's1');
    writeLines('s1', linesOf('s1').slice(0, -2));
    assertBroken('s1', /ends with line 5, but 7 lines were signed/);
  });

  it('the log was emptied – found', async () => {
    await closedSession(place, 's1');
    fs.truncateSync(logOf('s1'));
    assertBroken('s1', /ends with line 0, but 7 lines were signed/);
  });

  it('the window died before the first line – no break, and that nothing is proved is said', () => {
    fs.mkdirSync(folderOf('s1'), { recursive: true });
    fs.writeFileSync(logOf('s1'), '{"v":1,');
    const verdict = verify('s1');
    assert.equal(verdict.state, 'sound');
    assert.match(verdictText(verdict), /^It has no line, and no signed head/);
  });

  it('an old copy of the log was put back – found by the head', async () => {
    const log = openLog(place, 's1');
    log.append(run('1'));
    await log.sync();
    const old = fs.readFileSync(log.file);
    log.append(run('2'));
    await log.sync();
    log.close();
    fs.writeFileSync(log.file, old);
    assertBroken('s1', /cut off, or an old copy/);
  });

  it('an old copy of the whole folder was put back – found by the head', async () => {
    const log = openLog(place, 's1');
    await log.sync();
    fs.cpSync(folderOf('s1'), path.join(place.root, 'old'), { recursive: true });
    log.append({ type: 'session.end', reason: 'over', by: 'window' });
    await log.sync();
    await log.seal();
    log.close();
    fs.rmSync(folderOf('s1'), { recursive: true });
    fs.cpSync(path.join(place.root, 'old'), folderOf('s1'), { recursive: true });
    assertBroken('s1', /cut off, or an old copy/);
  });

  it('two sessions changed places – found in both', async () => {
    await closedSession(place, 's1');
    await closedSession(place, 's2', 9);
    fs.renameSync(folderOf('s1'), folderOf('s3'));
    fs.renameSync(folderOf('s2'), folderOf('s1'));
    fs.renameSync(folderOf('s3'), folderOf('s2'));
    assertBroken('s1', /is of session s2/);
    assertBroken('s2', /is of session s1/);
  });

  it('the heads of two sessions changed places – found in both', async () => {
    await closedSession(place, 's1');
    await closedSession(place, 's2', 9);
    fs.renameSync(headOf('s1'), headOf('s3'));
    fs.renameSync(headOf('s2'), headOf('s1'));
    fs.renameSync(headOf('s3'), headOf('s2'));
    assertBroken('s1', /head in its place is of session s2/);
    assertBroken('s2', /head in its place is of session s1/);
  });

  it('a session was put on another day – found', async () => {
    await closedSession(place, 's1');
    const other = path.join(path.dirname(path.dirname(folderOf('s1'))), '2026-05-05');
    fs.mkdirSync(other);
    fs.renameSync(folderOf('s1'), path.join(other, 's1'));
    const trust = place.trust();
    assert.match(verifySession(path.join(other, 's1'), trust).fault?.why ?? '', /folder of 2026/);
  });

  it('written anew with a chain that holds – found by the head', async () => {
    await closedSession(place, 's1');
    rechain('s1', (events) => events.map((e) => (e.type === 'run' ? { ...e, cwd: '/x' } : e)));
    assertBroken('s1', /written anew/);
  });

  it('lines were added with a chain that holds – found by the closed head', async () => {
    await closedSession(place, 's1');
    rechain('s1', ([first, ...rest]) => {
      const [end, ...others] = rest.reverse();
      assert.ok(first && end);
      const added: AuditEvent = { ...end, ...run('forged') } as AuditEvent;
      return [first, ...others.reverse(), end, added];
    });
    assertBroken('s1', /goes on after its end/);
  });

  it('forged as a whole with a new key – found by the known keys', async () => {
    await closedSession(place, 's1');
    const { key } = createSigningKey();
    rechain('s1', ([first, ...rest]) => {
      assert.ok(first?.type === 'session.start');
      return [{ ...first, publicKey: key.publicKey }, ...rest];
    });
    signAnew('s1', key);
    assertBroken('s1', /not a known one/);
  });

  it('the head was signed by a new key – found', async () => {
    await closedSession(place, 's1');
    signAnew('s1', createSigningKey().key);
    assertBroken('s1', /not signed by the key/);
  });

  it('the key was taken out of the first line, and the head away – found', async () => {
    await closedSession(place, 's1');
    rechain('s1', ([first, ...rest]) => {
      assert.ok(first?.type === 'session.start');
      return [{ ...first, publicKey: '' }, ...rest];
    });
    fs.unlinkSync(headOf('s1'));
    assertBroken('s1', /names no key/);
  });

  it('the head was deleted – found', async () => {
    await closedSession(place, 's1');
    fs.unlinkSync(headOf('s1'));
    assertBroken('s1', /head is missing/);
  });

  it('the head was damaged or edited – found', async () => {
    await closedSession(place, 's1');
    const text = fs.readFileSync(headOf('s1'), 'utf8');
    fs.writeFileSync(headOf('s1'), text.replaceAll('"seq"', '"s'));
    assertBroken('s1', /head is damaged/);
    fs.writeFileSync(headOf('s1'), text.replaceAll('"segment":1', '"segment":2'));
    assertBroken('s1', /not signed/);
  });

  it('the manifest was deleted or edited – found', async () => {
    await closedSession(place, 's1');
    const file = path.join(folderOf('s1'), 'manifest.json');
    const text = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, text.replace(/"bytes": \d+/, '"bytes": 1'));
    assertBroken('s1', /not signed/);
    fs.unlinkSync(file);
    assertBroken('s1', /missing, though the log was closed/);
  });

  it('the whole session was deleted – found by its head', async () => {
    await closedSession(place, 's1');
    const trust = place.trust();
    assert.deepEqual(missingSessions(place.workspace, trust), []);
    fs.rmSync(folderOf('s1'), { recursive: true });
    assert.deepEqual(missingSessions(place.workspace, trust), [
      { session: 's1', folder: folderOf('s1'), deleted: undefined },
    ]);
    assert.deepEqual(missingSessions(path.join(place.root, 'elsewhere'), trust), []);
  });

  it('a recording was edited, cut or added to – found by the checkpoints', async () => {
    const file = path.join(folderOf('s1'), '1.cast');
    const bytes = Buffer.from('one\ntwo\n');
    const log = openLog(place, 's1');
    fs.writeFileSync(file, bytes);
    for (const length of [4, 8]) {
      const sha256 = createHash('sha256').update(bytes.subarray(0, length)).digest('hex');
      log.append({ type: 'recording.checkpoint', file: '1.cast', bytes: length, sha256 });
    }
    log.append({ type: 'session.end', reason: 'over', by: 'window' });
    await log.sync();
    log.close();
    assert.deepEqual([verify('s1').state, verify('s1').recordings], ['sound', 1]);
    fs.writeFileSync(file, 'onE\ntwo\n');
    assertBroken('s1', /first 4 bytes/);
    fs.writeFileSync(file, 'one\ntw');
    assertBroken('s1', /has 6 bytes where the log says 8/);
    fs.writeFileSync(file, 'one\ntwo\nthree');
    assertBroken('s1', /has 13 bytes where the log says 8/);
    fs.unlinkSync(file);
    assertBroken('s1', /cannot be read/);
  });

  it('a link in the place of a log – not followed', async () => {
    await closedSession(place, 's1');
    fs.renameSync(logOf('s1'), path.join(place.root, 'away'));
    fs.symlinkSync(path.join(place.root, 'away'), logOf('s1'));
    assert.equal(verify('s1').state, 'unreadable');
  });

  it('no heads and no keys – edits show, and that the end is not proved is said', async () => {
    await closedSession(place, 's1');
    const nothing = { heads: undefined, keys: undefined };
    const verdict = verifySession(folderOf('s1'), nothing);
    assert.deepEqual([verdict.state, verdict.head, verdict.isKeyKnown], ['sound', 'none', false]);
    writeLines('s1', linesOf('s1').slice(0, -2));
    fs.unlinkSync(path.join(folderOf('s1'), 'manifest.json'));
    // Not found: this is what the heads are for.
    assert.equal(verifySession(folderOf('s1'), nothing).state, 'sound');
  });

  describe('over several files', () => {
    const segment = (n: number) => path.join(folderOf('s1'), `audit.${n}.ndjson`);

    async function rotated(): Promise<void> {
      const log = openLog(place, 's1', { segmentBytes: 2000 });
      for (let i = 0; i < 40; i++) log.append(run(`${i}`));
      log.append({ type: 'session.end', reason: 'over', by: 'window' });
      await log.sync();
      await log.seal();
      log.close();
    }

    it('goes on in a new file that carries the last hash – sound', async () => {
      await rotated();
      const verdict = verify('s1');
      assert.deepEqual([verdict.state, verdict.head], ['sound', 'closed']);
      assert.ok(fs.existsSync(segment(3)));
      const [first] = fs.readFileSync(segment(2), 'utf8').split('\n');
      assert.match(first ?? '', /"type":"segment.start","segment":2,"previous":"[0-9a-f]{64}"/);
      assert.ok(fs.statSync(logOf('s1')).size < 2400);
    });

    it('a file is missing, cut, doubled or swapped – found', async () => {
      await rotated();
      fs.renameSync(segment(2), path.join(place.root, 'two'));
      assertBroken('s1', /missing/);
      fs.copyFileSync(segment(3), segment(2));
      assertBroken('s1', /where \d+ was due/);
      fs.copyFileSync(path.join(place.root, 'two'), segment(2));
      assert.equal(verify('s1').state, 'sound');
      fs.truncateSync(segment(2), fs.statSync(segment(2)).size - 5);
      assertBroken('s1', /middle of a line/);
    });

    it('the last files were deleted – found by the head', async () => {
      await rotated();
      const last = fs.readdirSync(folderOf('s1')).filter((name) => /^audit\.\d/.test(name));
      for (const name of last) fs.unlinkSync(path.join(folderOf('s1'), name));
      assertBroken('s1', /cut off/);
    });
  });
});
