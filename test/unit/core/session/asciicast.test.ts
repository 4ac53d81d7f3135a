// The file format of recordings: written by the published rules, read back whatever happened to the file.
import assert from 'node:assert/strict';
import { castText, pieces, readCast, toVersion2 } from '../../../../src/core/session/asciicast.ts';
import { CastWriter } from '../../../../src/core/session/castWriter.ts';

function sample(): string {
  const writer = new CastWriter();
  return [
    writer.header({ columns: 100, rows: 30, timestamp: 1700000000, title: 'agent' }),
    writer.event(100, 'm', '#1 LOW allow ls'),
    writer.event(250.4, 'o', 'größe\r\n'),
    writer.event(250.6, 'i', 'q'),
    writer.event(900, 'r', '120x40'),
    writer.event(850, 'o', 'late'),
    writer.event(1000, 'x', '0'),
  ].join('');
}

function read(text: string) {
  const result = readCast(text);
  assert.ok(result.ok);
  return result.cast;
}

describe('asciicast', () => {
  it('output as bytes – the same text as from strings, never cut inside a character', () => {
    const text = 'a"\\\r\n\x1b[1mgröße\x1b[0m 東京 🚀\t'.repeat(50);
    for (const most of [4, 5, 7, 64, 100_000]) {
      const writer = new CastWriter();
      const head = writer.header({ columns: 80, rows: 24, timestamp: 1, title: 't' });
      const lines = writer.output(1500, Buffer.from(text), most).toString('utf8');
      const { events, badLines } = read(head + lines);
      assert.deepEqual(badLines, []);
      assert.equal(events.map(({ data }) => data).join(''), text);
      assert.ok(events.every(({ at, code }) => at === 1.5 && code === 'o'));
      assert.ok(
        events.every(({ data }) => Buffer.byteLength(data) <= most && !data.includes('\ufffd')),
      );
    }
  });

  it('a recording – version 3, times as intervals, one event on each line', () => {
    const lines = sample().split('\n');
    assert.deepEqual(JSON.parse(lines[0] ?? ''), {
      version: 3,
      term: { cols: 100, rows: 30, type: 'xterm-256color' },
      timestamp: 1700000000,
      title: 'agent',
      idle_time_limit: 2,
    });
    assert.equal(lines[1], '[0.1,"m","#1 LOW allow ls"]');
    assert.equal(lines[2], '[0.15,"o","größe\\r\\n"]');
  });

  it('read back – times from the start; rounding and a clock that went back do no harm', () => {
    const { header, events } = read(sample());
    assert.deepEqual(header, { columns: 100, rows: 30, timestamp: 1700000000, title: 'agent' });
    assert.deepEqual(
      events.map(({ at, code }) => [Math.round(at * 1000), code]),
      [
        [100, 'm'],
        [250, 'o'],
        [251, 'i'],
        [900, 'r'],
        [900, 'o'],
        [1000, 'x'],
      ],
    );
  });

  it('a hundred thousand events – the times do not drift', () => {
    const writer = new CastWriter();
    const text = [
      writer.header({ columns: 80, rows: 24, timestamp: 0, title: undefined }),
      ...Array.from({ length: 100_000 }, (_, i) => writer.event(i * 1.3, 'o', 'x')),
    ].join('');
    assert.ok(Math.abs((read(text).events.at(-1)?.at ?? 0) - 129.9987) < 0.01);
  });

  it('a torn last line – left out and counted', () => {
    const text = sample();
    const cast = read(text.slice(0, -4));
    assert.equal(cast.events.length, 5);
    assert.equal(cast.tornBytes, Buffer.byteLength('[0.1,"x","0"]\n') - 4);
  });

  it('strange lines – left out and named; comments and unknown events are none', () => {
    const [header = '', ...rest] = sample().split('\n');
    const text = [
      header,
      '# note',
      'garbage',
      '[1,"o"]',
      '[-1,"o","x"]',
      '[0,"q","?"]',
      ...rest,
    ].join('\n');
    const cast = read(text);
    assert.deepEqual(cast.badLines, [3, 4, 5]);
    assert.equal(cast.events.length, 6);
  });

  it('not a recording – a sentence says so', () => {
    for (const text of ['', 'x\n', '[]\n', '{"version":9}\n']) {
      const result = readCast(text);
      assert.ok(!result.ok);
      assert.match(result.why, /header|Version 9/);
    }
  });

  it('as version 2 – times from the start, the exit as a marker, and it reads back', () => {
    const text = toVersion2(read(sample()));
    const [header = '', first = ''] = text.split('\n');
    assert.equal(JSON.parse(header).version, 2);
    assert.equal(JSON.parse(header).width, 100);
    assert.equal(first, '[0.1,"m","#1 LOW allow ls"]');
    const again = read(text);
    assert.equal(again.events.at(-1)?.data, 'exit 0');
    assert.equal(castText(again), castText(read(sample())));
  });

  it('as text – what was written, without keys and marks', () => {
    assert.equal(castText(read(sample())), 'größe\nlate');
  });

  it('pieces – never cut a character in two', () => {
    const text = '🚀'.repeat(50);
    for (let most = 2; most < 9; most++) {
      const cut = pieces(text, most);
      assert.equal(cut.join(''), text);
      assert.ok(
        cut.every((piece) => Buffer.from(piece).toString() === piece && piece.length <= most),
      );
    }
    assert.deepEqual(pieces('', 5), []);
  });
});
