// Words in what a terminal showed: through colours, over pieces, with their times and commands; bounded.
import assert from 'node:assert/strict';
import { CastWriter } from '../../../../src/core/session/castWriter.ts';
import { OutputSearch } from '../../../../src/core/session/outputSearch.ts';

type Event = [at: number, code: 'o' | 'i' | 'm', data: string];

function find(text: string, events: readonly Event[], most = 10) {
  const writer = new CastWriter();
  const search = new OutputSearch(text, most);
  for (const [at, code, data] of events) search.take(writer.event(at, code, data).trimEnd());
  search.flush();
  return search.hits;
}

const SAMPLE: readonly Event[] = [
  [0, 'm', '#1 LOW allow npm test'],
  [100, 'o', '$ npm test\r\n'],
  [1000, 'o', 'ok 1 – adds\r\nnot ok 2 – Sub'],
  [1500, 'o', 'tracts numbers\r\n'],
  [1600, 'i', 'typed secretly'],
  [2000, 'm', 'exit 1'],
  [3000, 'm', '#2 HIGH ask rm x'],
  [4000, 'o', 'remove \x1b[1;31mfi\x1b[0mle? '],
];

describe('OutputSearch', () => {
  it('a line over two pieces – with the time at which it was whole, and its command', () => {
    assert.deepEqual(find('subtracts', SAMPLE), [
      { at: 1.5, command: 1, line: 'not ok 2 – Subtracts numbers' },
    ]);
  });

  it('colours inside, no end of line – is found', () => {
    assert.deepEqual(find('FILE?', SAMPLE), [{ at: 4, command: 2, line: 'remove file?' }]);
  });

  it('all words in one line, in any order', () => {
    assert.equal(find('numbers ok', SAMPLE).length, 1);
    assert.equal(find('adds numbers', SAMPLE).length, 0);
  });

  it('keys, marks and control strings – are not output', () => {
    assert.deepEqual(find('secretly', SAMPLE), []);
    assert.deepEqual(find('allow', SAMPLE), []);
    assert.deepEqual(find('title', [[0, 'o', '\x1b]0;title\x07text\r\n']]), []);
  });

  it('no words – nothing', () => {
    assert.deepEqual(find('  ', SAMPLE), []);
  });

  it('many finds – as many as were asked for', () => {
    const events = Array.from({ length: 500 }, (_, i): Event => [i, 'o', `line ${i}\r\n`]);
    assert.equal(find('line', events, 7).length, 7);
  });

  it('an endless line – is looked at in parts, and what is shown is short', () => {
    const events = Array.from({ length: 200 }, (_, i): Event => [i, 'o', 'x'.repeat(2000)]);
    events.push([300, 'o', `needle${'y'.repeat(1000)}`]);
    const [hit] = find('needle', events);
    assert.ok(hit?.line.includes('needle') && hit.line.length < 300);
  });

  it('what is no event – is passed over', () => {
    const search = new OutputSearch('a', 5);
    for (const line of ['', '{', '# a', '[1]', '[-1,"o","a"]', '[0,"o",7]']) search.take(line);
    search.flush();
    assert.deepEqual(search.hits, []);
  });
});
