// Tasks of the type `interlock`: they run in a terminal behind the gate and end with the right exit code.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { recordedEvents } from '../helpers/recordedEvents.ts';
import {
  eventsOf,
  startedExtension,
  startTask,
  until,
  untilHeld,
  withUserSetting,
  workspaceFolder,
} from './editor.ts';

const DESTROY = 'terraform destroy -auto-approve';
const DELETE = 'rm -rf notes';

describe('task type interlock', () => {
  before(startedExtension);

  it('a harmless task runs in a terminal of its own and ends with 0', async () => {
    const { ended } = await startTask('Read the project');
    assert.equal(await ended, 0);
    assert.ok(vscode.window.terminals.some(({ name }) => name.includes('Read the project')));
    const submission = eventsOf('cat README.md src/sum.js')[0];
    assert.ok(submission?.type === 'submission');
    assert.equal(submission.submission.agent, 'Sample agent');
    assert.equal(submission.submission.via, 'task');
  });

  it('a task that cannot be used says so in its terminal, ends with 126, and submits nothing', async () => {
    const file = path.join(workspaceFolder(), '.vscode', 'tasks.json');
    const written = fs.readFileSync(file, 'utf8');
    const { tasks, ...rest } = JSON.parse(written);
    const odd = [
      { label: 'A list', type: 'interlock', command: ['ls', '-la'], problemMatcher: [] },
      { label: 'A huge name', type: 'interlock', command: 'ls', agent: 'x'.repeat(100_000) },
    ];
    fs.writeFileSync(file, JSON.stringify({ ...rest, tasks: [...tasks, ...odd] }));
    try {
      const before = recordedEvents(workspaceFolder()).length;
      for (const { label } of odd) {
        const { ended } = await startTask(label);
        assert.equal(await ended, 126, label);
      }
      assert.equal(recordedEvents(workspaceFolder()).length, before);
    } finally {
      fs.writeFileSync(file, written);
    }
  });

  it('the tests of the workspace run, because the shipped rule says so', async () => {
    const { ended } = await startTask('Run the tests');
    assert.equal(await ended, 0);
  });

  it('what a rule denies ends with 126 and has not run', async () => {
    const rules = [{ match: 'terraform destroy **', action: 'deny', reason: 'Not from here.' }];
    await withUserSetting('interlock.rules', rules, async () => {
      const { ended } = await startTask('Destroy infrastructure');
      assert.equal(await ended, 126);
    });
    assert.ok(!eventsOf(DESTROY).some(({ type }) => type === 'run'));
  });

  it('I1, B1 – a deletion waits; the file is there, also after the task was ended', async () => {
    const file = path.join(workspaceFolder(), 'notes', 'ideas.md');
    const { execution } = await startTask('Delete notes');
    await untilHeld(DELETE);
    assert.ok(fs.existsSync(file));
    execution.terminate();
    await until('the hold has ended', () => eventsOf(DELETE).at(-1)?.type === 'decision');
    const decision = eventsOf(DELETE).at(-1);
    assert.ok(decision?.type === 'decision');
    assert.equal(decision.decision.kind, 'withdrawn');
    assert.ok(fs.existsSync(file));
  });
});
