// What a command of the workspace can put into the folder of records: links, pipes, other names of a file, strange bytes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CastWriter } from '../../../src/core/session/castWriter.ts';
import { deleteSessions } from '../../../src/node/deleteSessions.ts';
import { recoverSession } from '../../../src/node/recoverSession.ts';
import { sessionFolders, sessionsBelow } from '../../../src/node/sessionFiles.ts';
import { SessionStore } from '../../../src/node/sessionStore.ts';
import { verifySession } from '../../../src/node/verifySession.ts';
import {
  closedSession,
  createPlace,
  DAY,
  eventsIn,
  openLog,
  run,
  type TestPlace,
} from '../../helpers/sessions.ts';

let place: TestPlace;

const sessions = () => path.join(place.workspace, '.interlock', 'sessions');
const folderOf = (session: string) => place.folderOf(session);
const logOf = (session: string) => path.join(folderOf(session), 'audit.ndjson');
const trust = () => place.trust();
const verify = (session: string) => verifySession(folderOf(session), trust());
const anchor = () => ({ key: place.key, heads: place.heads });

function cast(text: string): string {
  const writer = new CastWriter();
  const header = writer.header({ columns: 80, rows: 24, timestamp: 1, title: 't' });
  return header + writer.event(5, 'o', text);
}

const eventsOf = (session: string) => eventsIn(folderOf(session));

describe('a hostile folder of records', () => {
  beforeEach(() => {
    place = createPlace();
  });
  afterEach(() => place.dispose());

  describe('links and other names', () => {
    it('.interlock is a link to another workspace – no new session, and none of that place is seen', async () => {
      await closedSession(place, 's1');
      const victim = path.join(place.root, 'victim');
      fs.renameSync(place.workspace, victim);
      fs.mkdirSync(place.workspace);
      fs.symlinkSync(path.join(victim, '.interlock'), path.join(place.workspace, '.interlock'));
      assert.throws(() => openLog(place, 's2'), /symbolic link/);
      assert.equal(sessionsBelow(place.workspace), undefined);
      assert.deepEqual(sessionFolders(place.workspace), []);
      assert.equal(sessionFolders(victim).length, 1);
    });

    it('the folder of sessions is a link – the same', async () => {
      await closedSession(place, 's1');
      const away = path.join(place.root, 'away');
      fs.renameSync(sessions(), away);
      fs.symlinkSync(away, sessions());
      assert.throws(() => openLog(place, 's2'), /symbolic link/);
      assert.deepEqual(sessionFolders(place.workspace), []);
    });

    it('.interlock is a file – no session, and no exception', () => {
      fs.writeFileSync(path.join(place.workspace, '.interlock'), '');
      assert.throws(() => openLog(place, 's1'), /not a folder/);
      assert.equal(sessionsBelow(place.workspace), undefined);
      assert.deepEqual(sessionFolders(place.workspace), []);
    });

    it('a day became a link – what it leads to is not deleted', async () => {
      await closedSession(place, 's1');
      const away = path.join(place.root, 'away');
      fs.mkdirSync(path.join(away, 's1'), { recursive: true });
      fs.writeFileSync(path.join(away, 's1', 'work'), 'dear');
      fs.rmSync(path.join(sessions(), DAY), { recursive: true });
      fs.symlinkSync(away, path.join(sessions(), DAY));
      const options = { anchor: anchor(), now: place.clock.now(), record: async () => undefined };
      await assert.rejects(deleteSessions([folderOf('s1')], 'test', options), /through a link/);
      assert.ok(fs.existsSync(path.join(away, 's1', 'work')));
    });

    it('.gitignore is another name of a person’s file – that keeps its text', () => {
      const work = path.join(place.workspace, 'work.txt');
      fs.writeFileSync(work, 'dear');
      fs.mkdirSync(sessions(), { recursive: true });
      fs.linkSync(work, path.join(sessions(), '.gitignore'));
      openLog(place, 's1').close();
      assert.equal(fs.readFileSync(work, 'utf8'), 'dear');
      assert.equal(fs.readFileSync(path.join(sessions(), '.gitignore'), 'utf8'), '*\n');
    });

    it('a log is written to by another name – the writer and the check find it', async () => {
      const log = openLog(place, 's1');
      await log.sync();
      const other = path.join(place.root, 'other');
      fs.linkSync(logOf('s1'), other);
      fs.appendFileSync(other, '{"v":1}\n');
      const appended = log.append(run('1'));
      assert.ok(!appended.ok && appended.isTampered);
      assert.equal(verify('s1').state, 'broken');
      log.close();
    });

    it('the same, in place, with as many bytes – the check finds it', async () => {
      await closedSession(place, 's1');
      const other = path.join(place.root, 'other');
      fs.linkSync(logOf('s1'), other);
      const handle = fs.openSync(other, 'r+');
      fs.writeSync(handle, 'X', fs.readFileSync(other).indexOf('tester'));
      fs.closeSync(handle);
      assert.equal(verify('s1').state, 'broken');
    });
  });

  describe('pipes', () => {
    for (const name of ['audit.ndjson', 'manifest.json']) {
      it(`${name} is a pipe – told, and nothing waits for it`, async function () {
        if (process.platform === 'win32') this.skip();
        await closedSession(place, 's1');
        fs.rmSync(path.join(folderOf('s1'), name));
        execFileSync('mkfifo', [path.join(folderOf('s1'), name)]);
        const { state, fault } = verify('s1');
        assert.deepEqual([state, fault?.file], ['unreadable', name]);
        const options = { anchor: anchor(), now: place.clock.now(), record: async () => undefined };
        await deleteSessions([folderOf('s1')], 'test', options);
        assert.ok(!fs.existsSync(folderOf('s1')));
      });
    }

    it('.gitignore is a pipe – refused, and nothing waits for it', function () {
      if (process.platform === 'win32') this.skip();
      fs.mkdirSync(sessions(), { recursive: true });
      execFileSync('mkfifo', [path.join(sessions(), '.gitignore')]);
      assert.throws(() => openLog(place, 's1'), /not a plain file/);
    });
  });

  describe('strange bytes', () => {
    const strange: Readonly<Record<string, Buffer>> = {
      'a line of 20 MB': Buffer.from(`{"v":1,"text":"${'x'.repeat(20e6)}"}\n`),
      'zero bytes': Buffer.alloc(5000),
      'zero bytes and a line end': Buffer.from('\0\0\0\n'),
      'no UTF-8': Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x0a]),
      'deep nesting': Buffer.from(`${'['.repeat(100_000)}\n`),
      'a name that changes objects': Buffer.from('{"__proto__":{"type":"session.end"},"v":1}\n'),
      'line ends': Buffer.from('\n\n\n'),
    };
    for (const [name, bytes] of Object.entries(strange)) {
      it(`${name} at the end of a closed log – told, everything before is read`, async () => {
        await closedSession(place, 's1');
        fs.appendFileSync(logOf('s1'), bytes);
        const { state, events } = verify('s1');
        assert.deepEqual([state, events], ['broken', 7]);
      });
    }

    it('zero bytes in the place of the last ones, as some disks leave them – kept beside, and the log is closed', async () => {
      const log = openLog(place, 's1');
      log.append(run('1'));
      await log.sync();
      log.close();
      fs.appendFileSync(logOf('s1'), Buffer.alloc(300));
      assert.deepEqual(await recoverSession(folderOf('s1'), anchor(), place.clock), {
        kind: 'closed',
        tornBytes: 300,
      });
      assert.equal(verify('s1').state, 'sound');
    });
  });

  describe('a recording that no line names', () => {
    const stray = () => path.join(folderOf('s1'), 'terminal-7.cast');

    it('in a closed session – found, and not listed', async () => {
      await closedSession(place, 's1');
      fs.writeFileSync(stray(), cast('what never was'));
      const { state, fault } = verify('s1');
      assert.deepEqual([state, fault?.file], ['broken', 'terminal-7.cast']);
      assert.deepEqual(new SessionStore(trust()).look(folderOf('s1')).recordings, []);
    });

    it('in a session that goes on – not listed', async () => {
      const log = openLog(place, 's1');
      await log.sync();
      fs.writeFileSync(stray(), cast('what never was'));
      assert.deepEqual(new SessionStore(trust()).look(folderOf('s1')).recordings, []);
      log.close();
    });

    it('in a session whose window died – set aside, and the log says so', async () => {
      const log = openLog(place, 's1');
      log.append(run('1'));
      await log.sync();
      log.close();
      fs.writeFileSync(stray(), cast('what never was'));
      await recoverSession(folderOf('s1'), anchor(), place.clock);
      assert.equal(verify('s1').state, 'sound');
      assert.ok(fs.existsSync(`${stray()}.stray`) && !fs.existsSync(stray()));
      const told = eventsOf('s1').find(({ type }) => type === 'log.recovered');
      assert.match(told?.type === 'log.recovered' ? told.text : '', /no line of the log/);
      fs.appendFileSync(`${stray()}.stray`, 'more');
      assert.equal(verify('s1').state, 'broken');
    });

    it('only its header, as a window leaves it that could not go on – no fault', async () => {
      await closedSession(place, 's1');
      fs.writeFileSync(stray(), cast('x').split('\n')[0] ?? '');
      assert.equal(verify('s1').state, 'sound');
      fs.writeFileSync(stray(), `${cast('x').split('\n')[0]}\n`);
      assert.equal(verify('s1').state, 'sound');
    });
  });

  it('a log is edited and its time put back – the list does not call it sound any more', async () => {
    await closedSession(place, 's1');
    const store = new SessionStore(trust());
    assert.equal(store.look(folderOf('s1')).verdict.state, 'sound');
    const { atime, mtime } = fs.statSync(logOf('s1'));
    const text = fs.readFileSync(logOf('s1'), 'utf8');
    fs.writeFileSync(logOf('s1'), text.replace('tester', 'taster'));
    fs.utimesSync(logOf('s1'), atime, mtime);
    assert.equal(store.look(folderOf('s1')).verdict.state, 'broken');
  });

  it('the disk is full when the log goes on in another file – nothing is lost, and it goes on later', async () => {
    let isFull = false;
    const log = openLog(place, 's1', {
      segmentBytes: 1500,
      write: (handle, bytes, from) => {
        if (isFull && from > 0) throw new Error('ENOSPC: no space left on device');
        return fs.writeSync(handle, bytes, from, isFull ? 20 : undefined);
      },
    });
    for (let i = 0; i < 4; i++) assert.ok(log.append(run(`${i}`)).ok);
    assert.ok(fs.statSync(log.file).size > 1500, 'the next line needs a new file');
    isFull = true;
    for (let i = 0; i < 3; i++) {
      const failed = log.append(run('lost'));
      assert.ok(!failed.ok && !failed.isTampered);
      assert.deepEqual(fs.readdirSync(log.folder), ['audit.ndjson']);
    }
    isFull = false;
    assert.ok(log.append(run('kept')).ok);
    assert.ok((await log.sync()).ok);
    log.close();
    assert.equal(verify('s1').state, 'sound');
    assert.deepEqual(
      eventsOf('s1').map((event) => (event.type === 'run' ? event.submission : event.type)),
      ['session.start', '0', '1', '2', '3', 'segment.start', 'kept'],
    );
  });

  it('the clock was put back after a session ended – it is sealed all the same', async () => {
    const log = openLog(place, 's1');
    log.append({ type: 'session.end', reason: 'over', by: 'window' });
    await log.sync();
    log.close();
    place.clock.time -= 3 * 86_400_000;
    assert.equal((await recoverSession(folderOf('s1'), anchor(), place.clock)).kind, 'closed');
    assert.deepEqual([verify('s1').state, verify('s1').head], ['sound', 'closed']);
  });
});
