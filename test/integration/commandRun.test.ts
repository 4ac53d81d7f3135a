// `interlock.runCommand`: what is harmless runs, what is not waits, and nothing happens before its verdict.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  eventsOf,
  remoteMain,
  runCommand,
  startedExtension,
  untilHeld,
  workspaceFolder,
} from './editor.ts';

describe('interlock.runCommand', () => {
  before(startedExtension);

  it('a reading command runs at once and gives its output', async () => {
    const result = await runCommand('cat README.md');
    assert.equal(result.decision, 'allowed');
    assert.equal(result.exitCode, 0);
    assert.match(result.output, /Adds numbers/);
  });

  it('the exit code of the command comes back', async () => {
    const result = await runCommand('grep nothing-of-this-name README.md');
    assert.equal(result.decision, 'allowed');
    assert.equal(result.exitCode, 1);
  });

  it('I1, G4 – a forced push is held, and the remote does not move', async () => {
    const before = remoteMain();
    const command = 'git push --force origin main # held';
    void runCommand(command, { agent: 'tester', intent: 'try' });
    await untilHeld(command);
    assert.equal(remoteMain(), before);
    const assessment = eventsOf(command).find(({ type }) => type === 'assessment');
    assert.ok(assessment?.type === 'assessment');
    assert.equal(assessment.assessment.level, 'CRITICAL');
    assert.equal(assessment.ruling.verdict, 'ask');
  });

  it('I1, B1 – a deletion is held, and the file stays', async () => {
    const command = 'rm -rf notes # held';
    void runCommand(command);
    await untilHeld(command);
    assert.ok(fs.existsSync(path.join(workspaceFolder(), 'notes', 'ideas.md')));
  });

  it('what is looked up is asked by a small process of its own', async function () {
    if (process.platform !== 'linux') this.skip();
    const command = 'rm -rf notes # facts';
    void runCommand(command);
    await untilHeld(command);
    const assessment = eventsOf(command).find(({ type }) => type === 'assessment');
    assert.ok(assessment?.type === 'assessment');
    assert.ok(assessment.assessment.facts.some(({ id }) => id === 'git.files.clean'));
    const file = `/proc/${process.pid}/task/${process.pid}/children`;
    const children = fs.readFileSync(file, 'utf8').split(' ').filter(Boolean);
    const started = children.map((id) => fs.readFileSync(`/proc/${id}/cmdline`, 'utf8'));
    assert.ok(
      started.some((words) => words.includes('toolProcess.js')),
      started.join('\n'),
    );
  });

  it('a request that cannot be used is refused with a sentence', async () => {
    await assert.rejects(runCommand(''), /command line/);
    await assert.rejects(runCommand('ls', { environment: { A: '1' } }), /NAME=value/);
    const result = await runCommand('ls', { cwd: 'no-such-folder' });
    assert.equal(result.decision, 'failed');
  });

  it('I6 – intent and run are on disk before the command has run', async () => {
    const command = 'cat .interlock/sessions/*/*/audit.ndjson # own record';
    const result = await runCommand(command);
    if (result.decision !== 'allowed') assert.fail(result.reason);
    const types = result.output
      .split('\n')
      .filter((line) => line.includes('own record') || line.includes('"type":"run"'));
    assert.ok(types.length >= 2, result.output.slice(-2000));
  });

  it('what came of it can be verified: what does that is loaded when it is wanted', async () => {
    await runCommand('cat README.md');
    await vscode.commands.executeCommand('interlock.verifyLogs');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /^\d+ sessions?: [1-9]\d* sound, 0 broken or unreadable, 0 missing/);
  });
});
