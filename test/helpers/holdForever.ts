// A program that holds the deletion of a file and waits: for the test that kills it.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createTestGate } from './gate.ts';

const test = createTestGate();
const file = path.join(test.root, 'work.txt');
fs.writeFileSync(file, 'work');
test.hold('rm work.txt').then(
  () => process.stdout.write(`${test.root}\n`),
  (error: unknown) => {
    process.stderr.write(`${error}\n`);
    process.exit(1);
  },
);
setInterval(() => undefined, 1000);
