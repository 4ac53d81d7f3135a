// The end of a log, without reading all of it.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { readLastEvents } from '../../../src/node/readLastEvents.ts';
import { createPlace, note, openLog, type TestPlace } from '../../helpers/sessions.ts';

describe('readLastEvents', () => {
  let place: TestPlace;
  beforeEach(() => {
    place = createPlace();
  });
  afterEach(() => place.dispose());

  const write = (count: number, text: string, segmentBytes?: number): string => {
    const log = openLog(place, 's1', { segmentBytes });
    for (let i = 1; i < count; i++) assert.ok(log.append(note(`${i} ${text}`)).ok);
    log.close();
    return log.folder;
  };
  const seqs = (folder: string, most: number) => readLastEvents(folder, most).map(({ seq }) => seq);

  it('the newest, oldest first; all where there are fewer', () => {
    const folder = write(5, 'x');
    assert.deepEqual(seqs(folder, 3), [2, 3, 4]);
    assert.deepEqual(seqs(folder, 50), [0, 1, 2, 3, 4]);
    assert.deepEqual(seqs(folder, 0), []);
  });

  it('over several files', () => {
    const folder = write(40, 'x', 2000);
    assert.ok(fs.readdirSync(folder).length > 3);
    const found = seqs(folder, 30);
    assert.equal(found.length, 30);
    assert.ok(found.every((seq, index) => index === 0 || seq === (found[index - 1] ?? 0) + 1));
  });

  it('a file longer than the part that is read – whole lines of its end', () => {
    const folder = write(500, 'x'.repeat(5000));
    const found = seqs(folder, 300);
    assert.ok(found.length > 150 && found.length < 300, String(found.length));
    assert.equal(found.at(-1), 499);
  });

  it('a torn end, no line at all, strange bytes – no exception', () => {
    const folder = write(3, 'x');
    const file = path.join(folder, 'audit.ndjson');
    fs.appendFileSync(file, '{"v":1');
    assert.deepEqual(seqs(folder, 10), [0, 1, 2]);
    fs.writeFileSync(file, 'no line');
    assert.deepEqual(seqs(folder, 10), []);
    fs.writeFileSync(file, '');
    assert.deepEqual(seqs(folder, 10), []);
    fs.writeFileSync(file, '\0\n\n{}\n');
    assert.deepEqual(seqs(folder, 10), []);
  });
});
