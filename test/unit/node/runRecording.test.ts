// What a command wrote and what was typed reach the recording in their order and as they were, however they come.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Cast, readCast } from '../../../src/core/session/asciicast.ts';
import type { AuditBody } from '../../../src/core/session/events.ts';
import { Redactor } from '../../../src/core/session/redact/redactor.ts';
import { OutputBatch } from '../../../src/node/outputBatch.ts';
import type { RecorderLink } from '../../../src/node/recorder/recorderLink.ts';
import type { RunRecording } from '../../../src/node/runRecording.ts';
import { SessionRecording } from '../../../src/node/sessionRecording.ts';
import { inlineRecorder, threadRecorder } from '../../helpers/recorders.ts';

describe('RunRecording', () => {
  let folder: string;
  let said: AuditBody[];

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-run-'));
    said = [];
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  async function record(
    act: (run: RunRecording) => void | Promise<void>,
    { recorder = inlineRecorder(), most = 1e9 }: { recorder?: RecorderLink; most?: number } = {},
  ): Promise<Cast> {
    const recording = new SessionRecording({
      ...{ folder, title: 'test', recorder, append: (body) => void said.push(body) },
      redactor: new Redactor({ key: () => 'k', known: [] }),
      mostPerRun: () => most,
    });
    const run = await recording.start({
      ...{ submission: 's', label: 'LOW ls', shown: 'ls', columns: 80, rows: 24 },
      onFailure: (why) => assert.fail(why),
    });
    await act(run);
    await run.end(0, 'over');
    await recording.close();
    const read = readCast(fs.readFileSync(path.join(folder, 'terminal.cast'), 'utf8'));
    assert.ok(read.ok);
    assert.deepEqual(read.cast.badLines, []);
    return read.cast;
  }

  /** Without our own lines at the start and the end. */
  function outputOf({ events }: Cast): string {
    const outputs = events.filter(({ code }) => code === 'o').map(({ data }) => data);
    return outputs.slice(2, -1).join('');
  }

  for (const name of ['inline', 'in a thread'])
    it(`a flood of characters of all lengths, ${name} – comes whole and in order`, async () => {
      const recorder = name === 'inline' ? inlineRecorder() : threadRecorder(folder);
      const pieces = Array.from({ length: 400 }, (_, index) =>
        `${index} größe 東京 🚀 \u0001"\\ `.repeat(index % 7 === 0 ? 3000 : 20),
      );
      const cast = await record(
        async (run) => {
          for (const [index, piece] of pieces.entries()) {
            run.output(piece);
            if (index % 50 === 0) await wait(5);
          }
        },
        { recorder },
      );
      assert.equal(outputOf(cast), pieces.join(''));
      recorder.end();
    });

  it('bytes that are no text, cut anywhere – as the terminal shows them', async () => {
    const bytes = Buffer.from([
      0x61, 0xff, 0xc3, 0x28, 0xe6, 0x9d, 0x0a, 0xf0, 0x9f, 0x9a, 0x80, 0xc3,
    ]);
    for (let cut = 0; cut <= bytes.length; cut++) {
      fs.rmSync(path.join(folder, 'terminal.cast'), { force: true });
      let screen = '';
      const cast = await record((run) => {
        const batch = new OutputBatch((data) => {
          screen += data;
          run.output(data);
        });
        batch.take(bytes.subarray(0, cut));
        batch.take(bytes.subarray(cut));
        batch.end();
      });
      assert.equal(outputOf(cast), screen);
      assert.equal(screen, bytes.toString('utf8'));
    }
  });

  it('keys stand between what was written before and after them', async () => {
    const { events } = await record(async (run) => {
      run.output('name? ');
      // A person reads the question first.
      await wait(300);
      run.input('joe\r', 'line');
      run.output('hello\r\n');
      run.resize(100, 30);
      run.output('wide\r\n');
    });
    const told = events.slice(3, -2).map(({ code, data }) => [code, data]);
    assert.deepEqual(told, [
      ['o', 'name? '],
      ['i', 'joe\r'],
      ['o', 'hello\r\n'],
      ['r', '100x30'],
      ['o', 'wide\r\n'],
    ]);
  });

  it('the most that is recorded ends inside a character pair – no half of it is written', async () => {
    const cast = await record(
      (run) => {
        run.output('ab🚀');
        run.output(`${'x'.repeat(100)}\n`.repeat(2000));
        run.output('the end\n');
      },
      { most: 3 },
    );
    const text = outputOf(cast);
    assert.ok(text.startsWith('ab\x1b[0m\r\n'), JSON.stringify(text.slice(0, 20)));
    assert.ok(!/\p{Surrogate}|\ufffd/u.test(text));
    assert.match(text, /the end\n$/);
    const missing = said.find(({ type }) => type === 'recording.truncated');
    const [, number] = /\[(\d+) characters are missing/.exec(text) ?? [];
    assert.ok(missing?.type === 'recording.truncated' && missing.leftOut === Number(number));
  });

  it('what comes after the end – is not recorded', async () => {
    let late: RunRecording | undefined;
    const cast = await record((run) => {
      late = run;
      run.output('all\r\n');
    });
    late?.output('late');
    late?.input('late', 'line');
    await late?.end(1, 'late');
    assert.equal(outputOf(cast), 'all\r\n');
    assert.ok(!fs.readFileSync(path.join(folder, 'terminal.cast'), 'utf8').includes('late'));
  });
});
