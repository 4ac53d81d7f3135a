// Long work in steps: what it says is what it says at once, nothing else waits for it, and it can be called off.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { atOnce } from '../../../src/core/steps.ts';
import { systemClock } from '../../../src/node/clock.ts';
import { Cancelled, inSteps, type Work } from '../../../src/node/inSteps.ts';
import { SessionStore } from '../../../src/node/sessionStore.ts';
import { verifyingSession, verifySession } from '../../../src/node/verifySession.ts';
import { createPlace, openLog, type TestPlace } from '../../helpers/sessions.ts';

const EVENTS = 20_000;

describe('verification in steps', () => {
  let place: TestPlace;

  beforeEach(() => {
    place = createPlace();
  });
  afterEach(() => place.dispose());

  function longLog(events = EVENTS) {
    const log = openLog(place, 's1', { clock: systemClock() });
    for (let i = 0; i < events; i++) log.append({ type: 'tamper', text: `event ${i}` });
    return log;
  }

  it('the verdict is the same as at once, also of a log that was changed', async () => {
    const { folder, file } = longLog();
    const trust = place.trust();
    assert.deepEqual(await inSteps(verifyingSession(folder, trust)), verifySession(folder, trust));
    const text = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, text.replace('event 15000"', 'event 15001"'));
    const broken = await inSteps(verifyingSession(folder, trust));
    assert.deepEqual(broken, verifySession(folder, trust));
    assert.equal(broken.fault?.line, 15_002);
  });

  it('what else is due is done meanwhile, and how far it is is told', async () => {
    const { folder, file } = longLog();
    let turns = 0;
    let done = 0;
    const ticks = setInterval(() => (turns += 1), 1);
    const work: Work = {
      isCancelled: false,
      expect: () => undefined,
      did: (bytes) => {
        done += bytes;
      },
    };
    try {
      await inSteps(verifyingSession(folder, place.trust()), work);
    } finally {
      clearInterval(ticks);
    }
    assert.ok(turns >= 3, `${turns} turns`);
    const { size } = fs.statSync(file);
    assert.ok(done > size * 0.9 && done <= size * 2, `${done} of ${size}`);
  });

  it('it can be called off – nothing stays open', async () => {
    const { folder } = longLog(50);
    const recording = path.join(folder, 'terminal.cast');
    fs.writeFileSync(recording, Buffer.alloc(64 * 1024 * 1024));
    const isOpen = () =>
      fs.readdirSync('/proc/self/fd').some((name) => {
        const link = path.join('/proc/self/fd', name);
        return fs.existsSync(link) && fs.readlinkSync(link) === recording;
      });
    const { hashingFile } = await import('../../../src/node/manifestFile.ts');
    let wasOpen = false;
    const work = {
      isCancelled: false,
      expect: () => undefined,
      did: () => {
        wasOpen ||= process.platform === 'linux' && isOpen();
        work.isCancelled = true;
      },
    };
    await assert.rejects(inSteps(hashingFile(recording), work), Cancelled);
    if (process.platform === 'linux') {
      assert.ok(wasOpen);
      assert.ok(!isOpen());
    }
  });

  it('a session that is written to and closed meanwhile – is not called broken', async () => {
    const log = longLog();
    const store = new SessionStore(place.trust());
    const steps = store.looking(log.folder);
    for (let i = 0; i < 5; i++) steps.next();
    log.append({ type: 'session.end', reason: 'over', by: 'window' });
    await log.sync();
    assert.ok((await log.seal()).ok);
    log.close();
    const listed = atOnce(steps);
    assert.equal(listed.verdict.state, 'sound', listed.verdict.fault?.why);
    assert.equal(store.look(log.folder).verdict.head, 'closed');
  });

  it('of a session that is written to all the time – a break is found all the same', () => {
    const log = longLog();
    const text = fs.readFileSync(log.file, 'utf8');
    fs.writeFileSync(log.file, text.replace('event 15000"', 'event 15001"'));
    const store = new SessionStore(place.trust());
    const steps = store.looking(log.folder);
    let next = steps.next();
    while (!next.done) {
      fs.appendFileSync(path.join(log.folder, 'other'), 'x');
      next = steps.next();
    }
    assert.equal(next.value.verdict.state, 'broken');
  });
});
