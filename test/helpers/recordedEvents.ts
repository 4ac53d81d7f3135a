// What the logs of a workspace say, for tests that look at it from outside.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AuditEvent } from '../../src/core/session/events.ts';
import { readSessionLog } from '../../src/node/sessionLog.ts';

/** All events of all sessions of a workspace, oldest first; every file has to be sound. */
export function recordedEvents(folder: string): AuditEvent[] {
  const sessions = path.join(folder, '.interlock', 'sessions');
  if (!fs.existsSync(sessions)) return [];
  const files = fs.readdirSync(sessions, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => path.basename(file) === 'audit.ndjson')
    .sort()
    .flatMap((file) => {
      const { events, bad } = readSessionLog(path.join(sessions, file));
      assert.equal(bad, undefined);
      return events;
    });
}
