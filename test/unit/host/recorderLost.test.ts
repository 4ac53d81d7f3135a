// The thread that writes recordings dies, does not start, is stuck or is slow: commands are refused or told, nothing
// hangs, and what was recorded can be verified.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  type PortListener,
  RecorderLink,
  type RecorderPort,
} from '../../../src/node/recorder/recorderLink.ts';
import type { ToRecorder } from '../../../src/node/recorder/recorderMessages.ts';
import { startRecorder } from '../../../src/node/recorder/recorderThread.ts';
import { verifySession } from '../../../src/node/verifySession.ts';
import { createTestGate, type TestGate } from '../../helpers/gate.ts';
import { buildRecorder, inlinePort } from '../../helpers/recorders.ts';
import { dataOf, recording, sessionFolder } from '../../helpers/recordings.ts';

describe('a recorder that is lost', () => {
  let folder: string;
  let script: string;
  let test: TestGate;

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-recorder-'));
    script = buildRecorder(folder);
  });
  after(() => fs.rmSync(folder, { recursive: true }));
  afterEach(() => test.dispose());

  function begin(recorder: RecorderLink): void {
    test = createTestGate({ recorder });
    test.policy.rules = [{ match: '^[\\s\\S]*$', kind: 'regex', action: 'allow', upTo: 'HIGH' }];
  }

  /** The real thread, within reach. */
  function threads(): { recorder: RecorderLink; ports: RecorderPort[] } {
    const ports: RecorderPort[] = [];
    const recorder = new RecorderLink((listener) => {
      const port = startRecorder(script, listener);
      ports.push(port);
      return port;
    });
    return { recorder, ports };
  }

  it('the thread dies while a command runs – told once, the next command has a new one, and the session verifies', async () => {
    const { recorder, ports } = threads();
    begin(recorder);
    const notices: string[] = [];
    const running = test.submit('echo one; sleep 0.5; echo two', {
      onOutput: (data) => {
        if (data.includes('one')) setTimeout(() => ports[0]?.end(), 100);
      },
      onNotice: (text) => notices.push(text),
    });
    const result = await running.result;
    assert.equal(result.exitCode, 0);
    assert.match(result.output, /two/);
    assert.equal(notices.length, 1, notices.join('\n'));
    assert.match(notices[0] ?? '', /not recorded any more: the recorder .* lost: its thread ended/);
    assert.ok(test.events().some(({ type }) => type === 'recording.failed'));
    assert.equal((await test.submit('echo again').result).decision, 'allowed');
    assert.equal(ports.length, 2);
    assert.match(dataOf(recording(test.root, 'terminal-2.cast'), 'o'), /again/);
    await test.gate.close('over');
    const verdict = verifySession(sessionFolder(test.root), { heads: undefined, keys: undefined });
    assert.equal(verdict.state, 'sound', verdict.fault?.why);
    assert.equal(verdict.recordings, 2);
  });

  it('I6 – the thread dies while nothing runs – the next command is recorded by a new one', async () => {
    const { recorder, ports } = threads();
    begin(recorder);
    await test.submit('echo one').result;
    ports[0]?.end();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const result = await test.submit('touch ran').result;
    assert.equal(result.decision, 'allowed', result.reason);
    assert.match(dataOf(recording(test.root, 'terminal-2.cast'), 'o'), /touch ran/);
    assert.ok(test.events().some(({ type }) => type === 'gate.degraded'));
  });

  it('I6 – it cannot be started – nothing runs, and it says so', async () => {
    const missing = path.join(folder, 'missing.cjs');
    begin(new RecorderLink((listener) => startRecorder(missing, listener)));
    const refused = await test.submit('touch ran').result;
    assert.equal(refused.decision, 'failed');
    assert.match(refused.reason, /cannot be recorded: the recorder was lost: .*missing\.cjs/);
    assert.ok(!fs.existsSync(path.join(test.root, 'ran')));
  });

  it('I6 – no thread can be had for a while – nothing runs, and it says so; afterwards commands run', async () => {
    let isFull = true;
    begin(
      new RecorderLink((listener) => {
        if (isFull) throw new Error('no thread is left');
        return startRecorder(script, listener);
      }),
    );
    const refused = await test.submit('touch ran').result;
    assert.equal(refused.decision, 'failed');
    assert.match(refused.reason, /cannot be recorded: no thread is left/);
    assert.ok(!fs.existsSync(path.join(test.root, 'ran')));
    isFull = false;
    assert.equal((await test.submit('touch ran').result).decision, 'allowed');
  });

  it('I6 – it does not answer – nothing runs, and it says so', async () => {
    let ended = 0;
    const deaf = { send: () => undefined, hold: () => undefined, end: () => (ended += 1) };
    begin(new RecorderLink(() => deaf, { everyMs: 20, times: 3 }));
    const refused = await test.submit('touch ran').result;
    assert.equal(refused.decision, 'failed');
    assert.match(refused.reason, /cannot be recorded: the recorder was lost: it has not answered/);
    assert.ok(!fs.existsSync(path.join(test.root, 'ran')));
    assert.equal(ended, 1);
  });

  it('it is slow – the program waits, and not a line is lost', async () => {
    let waiting = 0;
    let most = 0;
    let rests = 0;
    // Takes nothing before too much has gathered, and then not for a while: time enough to send far too much.
    const slow = (listener: PortListener): RecorderPort => {
      const port = inlinePort(listener);
      const queue: ToRecorder[] = [];
      let isResting = false;
      const take = () => {
        isResting = false;
        waiting = 0;
        for (const message of queue.splice(0)) port.send(message, []);
      };
      return {
        ...port,
        send: (message) => {
          queue.push(message);
          waiting += bytesOf(message);
          most = Math.max(most, waiting);
          if (isResting) return;
          isResting = waiting > 7_500_000;
          rests += isResting ? 1 : 0;
          if (isResting) setTimeout(take, 1000);
          else if (message.kind !== 'run') take();
        },
      };
    };
    begin(new RecorderLink(slow));
    test.mostRecorded = Number.MAX_SAFE_INTEGER;
    let characters = 0;
    const running = test.submit('seq 1 2000000', {
      onOutput: (data) => {
        characters += data.length;
      },
    });
    const result = await running.result;
    assert.equal(result.exitCode, 0, result.reason);
    assert.ok(characters > 15e6);
    assert.ok(rests > 1, `the recorder was never behind: ${most}`);
    assert.ok(most < 10e6, `${most} bytes waited`);
    const text = dataOf(recording(test.root), 'o');
    const lines = Array.from({ length: 2_000_000 }, (_, index) => `${index + 1}\r\n`);
    assert.ok(text.includes(lines.join('')));
  });
});

function bytesOf(message: ToRecorder | undefined): number {
  return message?.kind === 'run' && message.step.step === 'output'
    ? message.step.bytes.byteLength
    : 0;
}
