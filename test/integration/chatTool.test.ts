// The chat tool: what a model gets back, and that taking a request back takes the command back.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { toolName } from '../../src/contributions.ts';
import { eventsOf, remoteMain, startedExtension, until, untilHeld } from './editor.ts';

describe('chat tool', () => {
  before(startedExtension);

  it('gives decision, exit code and output', async () => {
    const text = await ask('cat README.md');
    assert.match(text, /^decision: allowed$/m);
    assert.match(text, /^exit code: 0$/m);
    assert.match(text, /Adds numbers/);
  });

  it('is recorded as coming from the chat, whatever the model calls itself', async () => {
    await ask('ls src', { agent: 'a person' });
    const submission = eventsOf('ls src')[0];
    assert.ok(submission?.type === 'submission');
    assert.equal(submission.submission.via, 'chat-tool');
    assert.equal(submission.submission.agent, 'VS Code chat');
  });

  it('cancelling takes a held command back: it never runs', async () => {
    const before = remoteMain();
    const command = 'git push --force origin main # by chat';
    const source = new vscode.CancellationTokenSource();
    const asked = ask(command, {}, source.token).then(
      () => 'answered',
      () => 'cancelled',
    );
    await untilHeld(command);
    source.cancel();
    await until('the hold has ended', () => eventsOf(command).at(-1)?.type === 'decision');
    const decision = eventsOf(command).at(-1);
    assert.ok(decision?.type === 'decision');
    assert.equal(decision.decision.kind, 'withdrawn');
    assert.equal(decision.decision.by, 'agent');
    await asked;
    assert.equal(remoteMain(), before);
  });

  it('a request without a command is refused', async () => {
    await assert.rejects(async () => ask(''));
  });
});

async function ask(
  command: string,
  fields: Record<string, unknown> = {},
  token?: vscode.CancellationToken,
): Promise<string> {
  const input = { command, intent: 'a test', ...fields };
  const options = { input, toolInvocationToken: undefined };
  const { content } = await vscode.lm.invokeTool(toolName, options, token);
  return content
    .filter((part) => part instanceof vscode.LanguageModelTextPart)
    .map(({ value }) => value)
    .join('');
}
