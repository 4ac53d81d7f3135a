// A program whose command writes much: for the test that kills it in the middle of a recording.
import { createTestGate } from './gate.ts';

const test = createTestGate();
test.policy.rules = [{ match: '^[\\s\\S]*$', kind: 'regex', action: 'allow', upTo: 'HIGH' }];
test.mostRecorded = Number.MAX_SAFE_INTEGER;
test.submit("seq -f 'line %g größe 東京 🚀' 1 900000; sleep 60", {
  onStart: () => process.stdout.write(`${test.root}\n`),
});
setInterval(() => undefined, 1000);
