// Two heads in one file: the newest whole one counts, whatever happens to the other.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Head, Signed } from '../../../src/core/session/signed.ts';
import { readHeadFile, writeHeadFile } from '../../../src/node/headFile.ts';

let folder: string;
const file = () => path.join(folder, 's.json');
const text = () => fs.readFileSync(file(), 'utf8');

function head(seq: number, changes: Partial<Head> = {}): Signed<Head> {
  const h = String(seq % 10).repeat(64);
  const at = '2026-05-06T07:08:09.000Z';
  const common = { v: 1 as const, sid: 's', folder: '/größe', machine: 'm', pid: 1, at, sig: 'x' };
  return { ...common, seq, h, segment: 1, bytes: seq * 100, isClosed: false, ...changes };
}

function newest(): number | string {
  const read = readHeadFile(text());
  return read.ok ? read.value.seq : read.why;
}

describe('headFile', () => {
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-head-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it('the newest counts; the file does not grow; only its owner reads it', () => {
    for (let seq = 0; seq < 2000; seq += 37) {
      writeHeadFile(file(), head(seq), seq % 2 === 0);
      assert.equal(newest(), seq);
    }
    assert.equal(text().trimEnd().split('\n').length, 2);
    assert.equal(fs.statSync(file()).size, 1024);
    assert.equal(fs.statSync(file()).mode & 0o777, 0o600);
  });

  it('a write that was cut short at any byte – the head before it counts', () => {
    writeHeadFile(file(), head(1), false);
    writeHeadFile(file(), head(2), false);
    const before = fs.readFileSync(file());
    writeHeadFile(file(), head(3), false);
    const after = fs.readFileSync(file());
    for (let cut = 0; cut < 512; cut++) {
      fs.writeFileSync(file(), Buffer.concat([after.subarray(0, cut), before.subarray(cut)]));
      assert.ok([2, 3].includes(Number(newest())), `cut at ${cut}: ${newest()}`);
    }
  });

  it('closed counts more than open with the same line', () => {
    writeHeadFile(file(), head(5), false);
    writeHeadFile(file(), head(5, { isClosed: true }), true);
    const read = readHeadFile(text());
    assert.ok(read.ok && read.value.isClosed);
  });

  it('something else in its place, or a longer folder name – written anew', () => {
    for (const other of ['', 'x', '{}\n', 'ab\ncd\n']) {
      fs.writeFileSync(file(), other);
      writeHeadFile(file(), head(7), false);
      assert.equal(newest(), 7);
    }
    writeHeadFile(file(), head(8, { folder: `/${'long/'.repeat(300)}` }), false);
    assert.equal(newest(), 8);
  });

  it('both damaged – said', () => {
    fs.writeFileSync(file(), '{"v":1\n{"v":2}\n');
    assert.match(String(newest()), /not JSON/);
  });

  it('a file that lost its end – the head that is whole counts, and the next one makes it anew', () => {
    writeHeadFile(file(), head(1), false);
    writeHeadFile(file(), head(2), false);
    fs.truncateSync(file(), 700);
    assert.equal(newest(), 1);
    writeHeadFile(file(), head(3), false);
    assert.equal(newest(), 3);
    assert.deepEqual(fs.readdirSync(folder), ['s.json']);
  });

  it('a link in its place – refused', () => {
    fs.writeFileSync(path.join(folder, 'victim'), 'keep');
    fs.symlinkSync(path.join(folder, 'victim'), file());
    assert.throws(() => writeHeadFile(file(), head(1), false), /ELOOP/);
  });
});
