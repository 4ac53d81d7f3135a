// What looks after recorded sessions: dead ones are closed, old ones deleted in a provable way, broken ones told.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { AuditBody } from '../../../src/core/session/events.ts';
import { deleteAsked } from '../../../src/host/sessionDeletion.ts';
import { SessionKeeper } from '../../../src/host/sessionKeeper.ts';
import { missingSessions } from '../../../src/node/missingSessions.ts';
import type { SessionLog } from '../../../src/node/sessionLog.ts';
import { verifySession } from '../../../src/node/verifySession.ts';
import {
  closedSession,
  createPlace,
  DAY,
  openLog,
  run,
  type TestPlace,
} from '../../helpers/sessions.ts';

let place: TestPlace;
let keeper: SessionKeeper;
let current: SessionLog;
let problems: string[];
let soon: AuditBody[];
let alive: boolean;
let limits: { days: number | undefined; bytes: number | undefined };

const folderOf = (session: string) => place.folderOf(session);
const trust = () => place.trust();
const verify = (session: string) => verifySession(folderOf(session), trust());

describe('SessionKeeper', () => {
  beforeEach(() => {
    place = createPlace();
    problems = [];
    alive = false;
    soon = [];
    limits = { days: undefined, bytes: undefined };
    current = openLog(place, 'current');
    keeper = new SessionKeeper({
      places: () => [path.join(place.workspace, '.interlock', 'sessions')],
      roots: () => [place.workspace],
      anchor: async () => ({ key: place.key, heads: place.heads }),
      record: {
        session: 'current',
        folder: folderOf('current'),
        noteSoon: (body) => void soon.push(body),
        noteNow: async (body) => {
          assert.ok(current.append(body).ok);
          assert.ok((await current.sync()).ok);
        },
      },
      limits: () => limits,
      processes: {
        machine: os.hostname(),
        isAlive: () => alive,
        bootedAt: new Date(0),
        self: 1,
      },
      clock: place.clock,
      report: (problem) => void problems.push(problem),
    });
  });
  afterEach(() => {
    current.close();
    place.dispose();
  });

  it('closes dead sessions, leaves its own alone, and says nothing where all is well', async () => {
    openLog(place, 'dead').close();
    await closedSession(place, 'closed');
    await keeper.tidy();
    assert.deepEqual([verify('dead').ended, verify('closed').ended], ['recovery', 'window']);
    assert.equal(verify('current').ended, undefined);
    assert.deepEqual(problems, []);
  });

  it('a session that was cut – told once as tampering, and left as it is', async () => {
    const log = openLog(place, 'cut');
    log.append(run('1'));
    await log.sync();
    log.close();
    const file = path.join(folderOf('cut'), 'audit.ndjson');
    const [first] = fs.readFileSync(file, 'utf8').split('\n');
    fs.writeFileSync(file, `${first}\n`);
    await keeper.tidy();
    await keeper.tidy();
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /session cut is not what was written.*cut off/);
    assert.deepEqual(
      soon.map(({ type }) => type),
      ['tamper'],
    );
    assert.equal(fs.readFileSync(file, 'utf8'), `${first}\n`);
  });

  it('retention – the old session goes, and its number, hash and reason stay in the log and outside', async () => {
    await closedSession(place, 'old');
    const head = verify('old').lastHash;
    place.clock.time += 40 * 86_400_000;
    await closedSession(place, 'young');
    limits = { days: 30, bytes: undefined };
    await keeper.tidy();
    assert.deepEqual(problems, []);
    assert.ok(!fs.existsSync(folderOf('old')));
    const [entry] = missingSessions(place.workspace, trust());
    assert.match(entry?.deleted?.why ?? '', /older than 30 days/);
    const log = fs.readFileSync(path.join(folderOf('current'), 'audit.ndjson'), 'utf8');
    assert.ok(log.includes(`"sid":"old","day":"${DAY}","seq":6,"h":"${head}"`));
    assert.equal(verify('current').state, 'sound');
    assert.deepEqual((await keeper.list()).map(({ session }) => session).sort(), [
      'current',
      'young',
    ]);
  });

  it('a note of a deletion that nobody signed – the session counts as missing', async () => {
    await closedSession(place, 'old');
    await keeper.delete(folderOf('old'));
    const notes = path.join(place.heads.folder, 'deleted.ndjson');
    fs.writeFileSync(notes, fs.readFileSync(notes, 'utf8').replace('A person', 'An admin'));
    const { missing } = await keeper.verify();
    assert.deepEqual(
      missing.map(({ session, deleted }) => [session, deleted]),
      [['old', undefined]],
    );
  });

  it('a broken session is never deleted by retention', async () => {
    await closedSession(place, 'old');
    fs.appendFileSync(path.join(folderOf('old'), 'audit.ndjson'), '{}\n');
    place.clock.time += 40 * 86_400_000;
    limits = { days: 30, bytes: 1 };
    await keeper.tidy();
    assert.ok(fs.existsSync(folderOf('old')));
  });

  it('the log cannot be written – nothing is deleted, and it is told', async () => {
    await closedSession(place, 'old');
    place.clock.time += 40 * 86_400_000;
    limits = { days: 30, bytes: undefined };
    current.close();
    await keeper.tidy();
    assert.ok(fs.existsSync(folderOf('old')));
    assert.equal(problems.length, 1);
  });

  it('the running session cannot be deleted', async () => {
    await assert.rejects(keeper.delete(folderOf('current')), /running session/);
    assert.ok(fs.existsSync(folderOf('current')));
  });

  it('a session that another window still records – cannot be deleted; once that is gone it can', async () => {
    const log = openLog(place, 'other');
    await log.sync();
    alive = true;
    await assert.rejects(keeper.delete(folderOf('other')), /another window/);
    assert.ok(log.append(run('1')).ok);
    log.close();
    alive = false;
    await keeper.delete(folderOf('other'));
    assert.ok(!fs.existsSync(folderOf('other')));
  });

  it('a broken session is deleted – what was wrong with it stays on record', async () => {
    await closedSession(place, 'old');
    fs.appendFileSync(path.join(folderOf('old'), 'audit.ndjson'), '{}\n');
    await keeper.delete(folderOf('old'));
    const { missing } = await keeper.verify();
    assert.match(
      missing[0]?.deleted?.why ?? '',
      /A person deleted it. It did not verify: .*line 8/,
    );
  });

  describe('Delete Session', () => {
    const ask = async (answer: string | undefined): Promise<string> => {
      let asked = '';
      const [listed] = (await keeper.list()).filter(({ session }) => session === 'old');
      assert.ok(listed);
      await deleteAsked(listed, {
        keeper,
        prompts: {
          type: async () => undefined,
          toast: async () => undefined,
          modal: async <B extends string>(question: string, detail: string) => {
            asked = `${question}\n${detail}`;
            return answer as B | undefined;
          },
          inform: () => undefined,
        },
      });
      return asked;
    };

    it('asks in a modal that names it; closing it keeps the session', async () => {
      await closedSession(place, 'old');
      assert.match(
        await ask(undefined),
        /Delete the record of session .* old\?[\s\S]*cannot be brought back/,
      );
      assert.ok(fs.existsSync(folderOf('old')));
    });

    it('Delete – it goes, as a person’s act', async () => {
      await closedSession(place, 'old');
      await ask('Delete');
      assert.ok(!fs.existsSync(folderOf('old')));
      const { missing } = await keeper.verify();
      assert.equal(missing[0]?.deleted?.why, 'A person deleted it.');
    });
  });
});
