// What other extensions, tasks and models may hand over.
import assert from 'node:assert/strict';
import { readRequest } from '../../../src/host/requests.ts';
import { toolText } from '../../../src/host/toolText.ts';

const defaults = { folder: '/w/app', agent: 'task', via: 'task' } as const;

describe('requests', () => {
  it('only a command is needed', () => {
    const request = readRequest({ type: 'interlock', command: 'ls' }, defaults);
    assert.equal(request.cwd, '/w/app');
    assert.equal(request.agent, 'task');
    assert.equal(request.intent, undefined);
  });

  it('folders start from the workspace, absolute ones are kept', () => {
    assert.equal(readRequest({ command: 'ls', cwd: 'sub' }, defaults).cwd, '/w/app/sub');
    assert.equal(readRequest({ command: 'ls', cwd: '/x' }, defaults).cwd, '/x');
  });

  for (const [name, input] of Object.entries({
    nothing: undefined,
    'a text': 'ls',
    'no command': { cwd: '/' },
    'a blank command': { command: '  ' },
    'a command that is no text': { command: ['ls'] },
    'a folder that is no text': { command: 'ls', cwd: 1 },
    'variables beside the command line': { command: 'git status', environment: { PATH: '/evil' } },
  })) {
    it(`${name} is refused with a sentence`, () => {
      assert.throws(() => readRequest(input, defaults), /"command"|"cwd"|variables/);
    });
  }
});

describe('toolText', () => {
  it('what did not run says so, without an exit code', () => {
    const text = toolText(
      { decision: 'expired', exitCode: 126, output: '', reason: 'Nobody answered.' },
      undefined,
    );
    assert.match(text, /^decision: expired\nreason: Nobody answered\.\nThe command did not run\.$/);
  });

  it('a long output loses its middle, never the decision or the end', () => {
    const output = `start${'x'.repeat(100_000)}end`;
    const text = toolText({ decision: 'allowed', exitCode: 3, output, reason: 'r' }, undefined);
    assert.ok(text.length < 17_000);
    assert.match(text, /^decision: allowed\n.*\nexit code: 3\noutput:\nstart/);
    assert.match(text, /characters left out.*\n?x+end$/s);
  });

  it('a small budget of the model is kept to', () => {
    const output = 'x'.repeat(100_000);
    const text = toolText({ decision: 'allowed', exitCode: 0, output, reason: 'r' }, 500);
    assert.ok(text.length < 2000);
  });
});
