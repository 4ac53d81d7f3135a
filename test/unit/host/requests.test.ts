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
    'a folder of a megabyte': { command: 'ls', cwd: 'x'.repeat(1_000_000) },
    'variables beside the command line': { command: 'git status', environment: { PATH: '/evil' } },
  })) {
    it(`${name} is refused with a sentence`, () => {
      assert.throws(() => readRequest(input, defaults), /"command"|"cwd"|variables/);
    });
  }
});

describe('requests of a hostile extension', () => {
  it('a name or an intent that would fill the screen is refused', () => {
    const long = 'x'.repeat(2001);
    assert.throws(() => readRequest({ command: 'ls', agent: long }, defaults), /"agent" may have/);
    assert.throws(() => readRequest({ command: 'ls', intent: long }, defaults), /"intent" may/);
  });

  it('I2 – a command that changes while it is read is taken as it was read first', () => {
    let reads = 0;
    const input = {
      get command() {
        reads += 1;
        return reads === 1 ? 'ls' : 'rm -rf /';
      },
    };
    assert.equal(readRequest(input, defaults).command, 'ls');
  });

  it('an object that says it is a text is none', () => {
    const command = { toString: () => 'ls', trim: () => 'ls', length: 2 };
    assert.throws(() => readRequest({ command }, defaults), /"command"/);
  });

  it('I2 – variables are refused under every name that sets some, also where they are inherited', () => {
    for (const name of ['environment', 'env', 'options', 'shell', 'shellArgs', 'timeout']) {
      const input = Object.create(
        { [name]: { BASH_ENV: '/evil' } },
        {
          command: { value: 'ls', enumerable: true },
        },
      );
      const { environment } = readRequestOrNone(input);
      assert.deepEqual(environment ?? {}, {}, name);
    }
  });

  it('names of prototypes are names like any other', () => {
    const input = JSON.parse(
      '{"command":"ls","__proto__":{"cwd":"/evil","agent":"boss"},"constructor":1}',
    );
    const request = readRequest(input, defaults);
    assert.equal(request.agent, 'task');
    assert.equal(request.cwd, '/w/app');
  });

  function readRequestOrNone(input: unknown) {
    try {
      return readRequest(input, defaults);
    } catch {
      return { environment: {} };
    }
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
