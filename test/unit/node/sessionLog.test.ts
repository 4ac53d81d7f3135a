// The log on disk: private, chained, never through a link, and every failure is a value.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { AuditBody } from '../../../src/core/session/events.ts';
import type { SessionLogOptions } from '../../../src/node/sessionLog.ts';
import { LOG_FILE, readSessionLog, SessionLog } from '../../../src/node/sessionLog.ts';
import { SessionStore } from '../../../src/node/sessionStore.ts';
import { createPlace, openLog, PLAIN_START as START } from '../../helpers/sessions.ts';

const note = (text: string): AuditBody => ({ type: 'tamper', text });

let root = '';
const clock = { now: () => new Date('2026-05-06T07:08:09Z'), mono: () => 5 };

function create(session = 's1', write?: SessionLogOptions['write']): SessionLog {
  const under = ['.interlock', 'sessions'];
  return SessionLog.create({ root, under, session, nonce: 'n1', clock, write });
}

const sessions = () => path.join(root, '.interlock', 'sessions');

describe('sessionLog', () => {
  beforeEach(() => {
    root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-log-')));
  });
  afterEach(() => fs.rmSync(root, { recursive: true }));

  it('stands in a folder per day and session, private, and ignored by version control', async () => {
    const log = create();
    assert.ok(log.append(START).ok);
    assert.deepEqual(await log.sync(), { ok: true });
    assert.equal(log.file, path.join(sessions(), '2026-05-06', 's1', LOG_FILE));
    assert.equal(fs.statSync(log.file).mode & 0o777, 0o600);
    for (let folder = log.folder; folder !== root; folder = path.dirname(folder)) {
      assert.equal(fs.statSync(folder).mode & 0o777, 0o700, folder);
    }
    assert.equal(fs.readFileSync(path.join(sessions(), '.gitignore'), 'utf8'), '*\n');
    log.close();
  });

  it('reads back as it was written, with a chain that holds', () => {
    const log = create();
    log.append(START);
    for (let i = 0; i < 20; i++) {
      log.append(note(`größe\n${i}`));
    }
    log.close();
    const report = readSessionLog(log.file);
    assert.equal(report.bad, undefined);
    assert.equal(report.events.length, 21);
    assert.deepEqual(report.events[3], {
      v: 1,
      seq: 3,
      ts: '2026-05-06T07:08:09.000Z',
      mono: 0,
      sid: 's1',
      ...note('größe\n2'),
    });
  });

  it('a session that is there already – refused', () => {
    create().close();
    assert.throws(() => create(), /EEXIST/);
  });

  for (const link of ['.interlock', '.interlock/sessions', '.interlock/sessions/2026-05-06']) {
    it(`${link} is a symbolic link – refused, and nothing is written behind it`, () => {
      const elsewhere = path.join(root, 'elsewhere');
      fs.mkdirSync(elsewhere);
      fs.mkdirSync(path.dirname(path.join(root, link)), { recursive: true });
      fs.symlinkSync(elsewhere, path.join(root, link));
      assert.throws(() => create(), /symbolic link/);
      assert.deepEqual(fs.readdirSync(elsewhere), []);
    });
  }

  it('.gitignore is a symbolic link – refused', () => {
    fs.mkdirSync(sessions(), { recursive: true });
    fs.writeFileSync(path.join(root, 'victim'), 'keep');
    fs.symlinkSync(path.join(root, 'victim'), path.join(sessions(), '.gitignore'));
    assert.throws(() => create(), /not a plain file/);
    assert.equal(fs.readFileSync(path.join(root, 'victim'), 'utf8'), 'keep');
  });

  it('a .gitignore that shows the logs – is put right', () => {
    fs.mkdirSync(sessions(), { recursive: true });
    fs.writeFileSync(path.join(sessions(), '.gitignore'), '!*\n# more\n');
    create().close();
    assert.equal(fs.readFileSync(path.join(sessions(), '.gitignore'), 'utf8'), '*\n');
  });

  it('a file in the folder’s place – refused', () => {
    fs.writeFileSync(path.join(root, '.interlock'), '');
    assert.throws(() => create(), /not a folder/);
  });

  it('an open folder from before – becomes private', () => {
    fs.mkdirSync(sessions(), { recursive: true, mode: 0o777 });
    fs.chmodSync(sessions(), 0o777);
    create().close();
    assert.equal(fs.statSync(sessions()).mode & 0o777, 0o700);
  });

  it('names that lead elsewhere – refused', () => {
    for (const session of ['..', '.', '', 'a/b', '../x']) {
      assert.throws(() => create(session), /cannot be the name/);
    }
  });

  const tamperings: [name: string, act: (file: string) => void][] = [
    ['deleted', (file) => fs.unlinkSync(file)],
    ['moved away', (file) => fs.renameSync(file, `${file}.old`)],
    [
      'replaced by a copy',
      (file) => {
        fs.copyFileSync(file, `${file}.new`);
        fs.renameSync(`${file}.new`, file);
      },
    ],
    ['emptied', (file) => fs.truncateSync(file)],
    ['added to', (file) => fs.appendFileSync(file, 'x')],
    ['its folder deleted', (file) => fs.rmSync(path.dirname(file), { recursive: true })],
  ];
  for (const [name, act] of tamperings) {
    it(`I6 – the log was ${name} – neither append nor sync succeeds, and it is called tampering`, async () => {
      const log = create();
      assert.ok(log.append(START).ok);
      act(log.file);
      for (const result of [log.append(note('x')), await log.sync()]) {
        assert.ok(!result.ok);
        assert.equal(result.isTampered, true);
        assert.match(result.why, /cannot be written/);
      }
      log.close();
    });
  }

  it('I6 – closed – neither append nor sync succeeds', async () => {
    const log = create();
    log.close();
    log.close();
    assert.equal(log.append(START).ok, false);
    assert.equal((await log.sync()).ok, false);
  });

  it('I6 – the disk is full – append fails; when there is room again the chain goes on', () => {
    let isFull = false;
    const log = create('s1', (handle, bytes, from) => {
      if (isFull && from > 0) {
        throw new Error('ENOSPC: no space left on device');
      }
      return fs.writeSync(handle, bytes, from, isFull ? 7 : undefined);
    });
    log.append(START);
    isFull = true;
    const failed = log.append(note('lost'));
    assert.ok(!failed.ok);
    assert.equal(failed.isTampered, false);
    assert.match(failed.why, /no space/);
    isFull = false;
    assert.ok(log.append(note('kept')).ok);
    const report = readSessionLog(log.file);
    assert.equal(report.bad, undefined);
    assert.deepEqual(
      report.events.map((event) => event.type === 'tamper' && event.text),
      [false, 'kept'],
    );
    log.close();
  });

  it('a torn end – what is before it reads back', () => {
    const log = create();
    log.append(START);
    log.append(note('whole'));
    log.close();
    fs.truncateSync(log.file, fs.statSync(log.file).size - 5);
    const report = readSessionLog(log.file);
    assert.equal(report.bad, undefined);
    assert.equal(report.events.length, 1);
    assert.ok(report.tornBytes > 0);
  });
});

describe('several windows on one workspace', () => {
  it('each writes a session of its own; all verify, none waits for another', async () => {
    const place = createPlace();
    try {
      const logs = ['w1', 'w2', 'w3'].map((session) => openLog(place, session));
      for (let i = 0; i < 30; i++) {
        await Promise.all(
          logs.map(async (log) => {
            assert.ok(log.append(note(`${i}`)).ok);
            assert.ok((await log.sync()).ok);
          }),
        );
      }
      for (const log of logs) log.close();
      const store = new SessionStore(place.trust());
      const listed = store.list(place.workspace);
      assert.deepEqual(
        listed.map(({ session, verdict }) => [session, verdict.state, verdict.signedLines]).sort(),
        [
          ['w1', 'sound', 31],
          ['w2', 'sound', 31],
          ['w3', 'sound', 31],
        ],
      );
    } finally {
      place.dispose();
    }
  });
});
