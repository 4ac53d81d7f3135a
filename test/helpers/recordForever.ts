// A program whose command writes much: for the test that kills it in the middle of a recording.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { createTestGate } from './gate.ts';
import { threadRecorder } from './recorders.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-recorder-'));
const test = createTestGate({ recorder: threadRecorder(folder) });
test.policy.rules = [{ match: '^[\\s\\S]*$', kind: 'regex', action: 'allow', upTo: 'HIGH' }];
test.mostRecorded = Number.MAX_SAFE_INTEGER;
test.submit("seq -f 'line %g größe 東京 🚀' 1 900000; sleep 60", {
  onStart: () => process.stdout.write(`${test.root}\n${folder}\n`),
});
setInterval(() => undefined, 1000);
