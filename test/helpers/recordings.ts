// Recordings of a test gate, read back from its folder.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Cast, type CastCode, readCast } from '../../src/core/session/asciicast.ts';

/** Folder of the newest session below a workspace. */
export function sessionFolder(root: string): string {
  const sessions = path.join(root, '.interlock', 'sessions');
  const [day = ''] = fs.readdirSync(sessions).filter((name) => /^\d/.test(name));
  const [session = ''] = fs.readdirSync(path.join(sessions, day));
  return path.join(sessions, day, session);
}

export function recordingNames(root: string): string[] {
  return fs.readdirSync(sessionFolder(root)).filter((name) => name.endsWith('.cast'));
}

export function recording(root: string, name = 'terminal.cast'): Cast {
  const read = readCast(fs.readFileSync(path.join(sessionFolder(root), name), 'utf8'));
  assert.ok(read.ok);
  assert.deepEqual(read.cast.badLines, []);
  assert.equal(read.cast.tornBytes, 0);
  return read.cast;
}

export function dataOf(cast: Cast, code: CastCode): string {
  return cast.events
    .filter((event) => event.code === code)
    .map(({ data }) => data)
    .join('');
}
