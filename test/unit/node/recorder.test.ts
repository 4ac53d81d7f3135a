// What the recorder writes, however the output is cut into messages: nothing is lost, reordered or left in clear.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { type Cast, readCast } from '../../../src/core/session/asciicast.ts';
import { systemClock } from '../../../src/node/clock.ts';
import { Recorder } from '../../../src/node/recorder/recorder.ts';
import type { FromRecorder, RunStep } from '../../../src/node/recorder/recorderMessages.ts';
import { recordingName } from '../../../src/node/recorder/recordingName.ts';

const SECRET = `ghp_${'aB3dE6gH9'.repeat(4)}`;
const KNOWN = 'Tr0ub4dor&3 horse';

describe('the recorder', () => {
  let folder: string;
  let number = 0;
  let said: FromRecorder[];
  let recorder: Recorder;

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-recorder-'));
  });
  after(() => fs.rmSync(folder, { recursive: true }));
  beforeEach(() => {
    said = [];
    recorder = new Recorder({ clock: systemClock(), reply: (message) => said.push(message) });
  });

  function begin(): number {
    number += 1;
    const size = { columns: 80, rows: 24 };
    const create = { folder, number, title: 'test', ...size };
    recorder.take({ kind: 'ready', id: 1, file: number, create });
    const secrets = { key: 'k', known: [KNOWN] };
    recorder.take({ kind: 'begin', id: 2, file: number, start: { secrets, ...size, lines: [] } });
    return number;
  }

  // The answer to an earlier end, perhaps of another test, must not pass for this one's: each has a number of its own.
  let ends = 2;

  async function end(file: number): Promise<void> {
    ends += 1;
    const id = ends;
    recorder.take({ kind: 'end', id, file, lines: [] });
    const isAnswered = () => said.some((message) => 'id' in message && message.id === id);
    while (!isAnswered()) await new Promise(setImmediate);
  }

  function castOf(file: number): Cast {
    const read = readCast(fs.readFileSync(path.join(folder, recordingName(file)), 'utf8'));
    assert.ok(read.ok);
    assert.deepEqual(read.cast.badLines, []);
    return read.cast;
  }

  /** Records the pieces and gives back what stands in the file. */
  async function record(pieces: readonly (string | Uint8Array)[]): Promise<string> {
    const file = begin();
    for (const piece of pieces) recorder.take({ kind: 'run', file, step: outputOf(piece) });
    await end(file);
    const cast = castOf(file);
    recorder.take({ kind: 'drop', file });
    return cast.events.map(({ data }) => data).join('');
  }

  it('a secret cut at each place by messages – is a mark, and nothing of it is left', async () => {
    for (const secret of [SECRET, KNOWN, `password=${SECRET.slice(4, 20)}`]) {
      const text = `before\r\nvalue ${secret} after\r\nlast`;
      const [hidden = ''] = secret.split('=').slice(-1);
      for (let cut = 1; cut < text.length; cut++) {
        const written = await record([text.slice(0, cut), text.slice(cut)]);
        assert.ok(!written.includes(hidden.slice(-8)), `${secret} cut at ${cut}: ${written}`);
        assert.match(written, /^before\r\nvalue .*«redacted:[^»]+» after\r\nlast$/s);
      }
    }
  });

  it('any text in any pieces – is the same text but for its secrets', async () => {
    const word = fc.oneof(
      fc.constantFrom(
        SECRET,
        KNOWN,
        '\r\n',
        '\n',
        ' ',
        '\x1b[31m',
        '\x1b[0m',
        'größe',
        '東京',
        '🚀',
      ),
      fc.string({ maxLength: 20, unit: 'binary' }),
    );
    const texts = fc.tuple(
      fc.array(word, { maxLength: 40 }),
      fc.array(fc.nat(400), { maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(texts, async ([words, cuts]) => {
        // Apart, so that neighbours do not make another word of a secret.
        const plain = words.join(' ');
        const letters = [...plain];
        const places = [...new Set(cuts.filter((cut) => cut < letters.length))].sort(
          (a, b) => a - b,
        );
        const pieces = [0, ...places].map((from, index) =>
          letters.slice(from, places[index] ?? letters.length).join(''),
        );
        const written = await record(pieces);
        assert.ok(!written.includes(SECRET) && !written.includes(KNOWN), written);
        const marks = /«redacted:[^»]+»/g;
        const bare = (text: string) => text.replaceAll(SECRET, '').replaceAll(KNOWN, '');
        if (!marks.test(written.replaceAll(/«redacted:(?:github-token|environment):[^»]+»/g, '')))
          assert.equal(written.replace(marks, ''), bare(plain));
      }),
      { numRuns: 150 },
    );
  });

  it('a very long line without an end – is whole', async () => {
    const piece = 'x'.repeat(65_536);
    const written = await record(Array.from({ length: 200 }, () => piece));
    assert.equal(written.length, 200 * 65_536);
    assert.ok(!/[^x]/.test(written));
  });

  it('no output at all, and none in a message – is a recording that holds', async () => {
    assert.equal(await record([]), '');
    assert.equal(await record([new Uint8Array(), '']), '');
    assert.deepEqual(
      said.filter(({ kind }) => kind === 'failed'),
      [],
    );
  });

  it('what comes after the end of a command – is not written', async () => {
    const file = begin();
    await end(file);
    recorder.take({ kind: 'run', file, step: outputOf('late') });
    recorder.take({ kind: 'run', file, step: { step: 'input', keys: 'late' } });
    assert.deepEqual(castOf(file).events, []);
  });

  it('a file that another window has made – is refused and stays as it is', () => {
    const file = begin();
    const before = fs.readFileSync(path.join(folder, recordingName(file)));
    const other: FromRecorder[] = [];
    const second = new Recorder({ clock: systemClock(), reply: (message) => other.push(message) });
    const create = { folder, number: file, title: 'other', columns: 1, rows: 1 };
    second.take({ kind: 'ready', id: 9, file: 1, create });
    assert.equal(other.find((message) => 'id' in message)?.kind, 'refused');
    assert.deepEqual(fs.readFileSync(path.join(folder, recordingName(file))), before);
  });

  it('the checkpoint of an end comes before its answer, and fits the file', async () => {
    const file = begin();
    recorder.take({ kind: 'run', file, step: outputOf('some\r\n') });
    await end(file);
    const kinds = said.map(({ kind }) => kind);
    assert.deepEqual(kinds, ['done', 'done', 'checkpoint', 'done']);
    const checkpoint = said[2];
    assert.ok(checkpoint?.kind === 'checkpoint');
    assert.equal(checkpoint.bytes, fs.statSync(path.join(folder, recordingName(file))).size);
  });
});

function outputOf(piece: string | Uint8Array): RunStep {
  const bytes = typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
  return { step: 'output', bytes };
}
