// Recordings as the player takes them.
import assert from 'node:assert/strict';
import { CastWriter } from '../../../src/core/session/castWriter.ts';
import { chapterAt, placeOf, readFilm } from '../../../src/webview/model/film.ts';

const writer = () => new CastWriter();

function text(): string {
  const cast = writer();
  return [
    cast.header({ columns: 80, rows: 24, timestamp: 1, title: 't' }),
    cast.event(0, 'm', '#1 LOW git status'),
    cast.event(1000, 'o', 'clean\r\n'),
    cast.event(61_000, 'm', 'exit 0'),
    cast.event(61_000, 'm', '#2 HIGH rm x'),
    cast.event(62_000, 'o', '\x1b]52;c;aGk=\x07\u202Edone'),
    cast.event(62_500, 'x', '0'),
  ].join('');
}

const commands = [
  { submission: 'a', command: 'git status', level: 'LOW' as const },
  { submission: 'b', command: 'rm x', level: 'HIGH' as const },
];

function film(idle: number | undefined) {
  const read = readFilm(text(), commands, idle);
  assert.ok(read.ok);
  return read.film;
}

describe('film', () => {
  it('long pauses are cut, and the places of commands with them', () => {
    assert.deepEqual(
      film(2).chapters.map(({ at, command }) => [at, command?.submission]),
      [
        [0, 'a'],
        [3, 'b'],
      ],
    );
    assert.equal(film(undefined).chapters[1]?.at, 61);
  });

  it('a time shows its command', () => {
    assert.equal(chapterAt(film(2), 2.5)?.command?.submission, 'a');
    assert.equal(chapterAt(film(2), 3)?.command?.submission, 'b');
  });

  it('output is filtered: nothing for the clipboard, no hidden direction', () => {
    const shown = film(2)
      .events.filter(([, code]) => code === 'o')
      .map(([, , data]) => data)
      .join('');
    assert.ok(!shown.includes('\x1b]'));
    assert.ok(!shown.includes('\u202E'));
  });

  it('many small outputs – a few events of the same text, none over the mark of a command', () => {
    const cast = writer();
    const lines = [cast.header({ columns: 80, rows: 24, timestamp: 1, title: 't' })];
    for (let i = 0; i < 1000; i++) {
      if (i === 502) lines.push(cast.event(i * 10, 'm', '#1 LOW ls'));
      lines.push(cast.event(i * 10, 'o', `${i}\r\n`));
    }
    const read = readFilm(lines.join(''), commands, 2);
    assert.ok(read.ok);
    const { events, chapters } = read.film;
    const outputs = events.filter(([, code]) => code === 'o');
    assert.ok(outputs.length <= 201, `${outputs.length} events`);
    const all = Array.from({ length: 1000 }, (_, i) => `${i}\r\n`).join('');
    assert.equal(outputs.map(([, , data]) => data).join(''), all);
    const at = chapters[0]?.at ?? 0;
    assert.ok(Math.abs(at - 5.02) < 1e-6);
    const before = outputs.filter(([time]) => time < at).map(([, , data]) => data);
    assert.ok(before.join('').endsWith('501\r\n'));
    // What is looked for stands on the screen where the search leads to.
    const place = placeOf(read.film, 7.77);
    const shown = outputs.filter(([time]) => time <= place).map(([, , data]) => data);
    assert.ok(shown.join('').includes('777\r\n'));
  });

  it('what is no recording is a reason', () => {
    const read = readFilm('nonsense\n', [], 2);
    assert.ok(!read.ok && read.why !== '');
  });

  it('a time with all pauses – its place in the film, where they are cut', () => {
    assert.equal(placeOf(film(undefined), 62), 62);
    const cut = film(2);
    assert.deepEqual(
      [0, 1, 30, 61, 62, 100].map((at) => placeOf(cut, at)),
      [0, 1, 1, 3, 4, 4],
    );
  });
});
