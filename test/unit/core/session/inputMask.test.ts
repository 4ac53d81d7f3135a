// Which keys may be recorded: everything but what is typed where a secret is asked for.
import assert from 'node:assert/strict';
import { type EchoState, HIDDEN, InputMask } from '../../../../src/core/session/inputMask.ts';

type Step = { out: string } | { keys: string; echo: EchoState } | { wait: true };

function recorded(...steps: Step[]): string {
  const mask = new InputMask();
  return steps
    .map((step) => {
      if ('out' in step) return mask.output(step.out);
      return 'wait' in step ? mask.settle() : mask.input(step.keys, step.echo);
    })
    .join('');
}

const typed = (text: string, echo: EchoState): Step[] => [...text].map((keys) => ({ keys, echo }));

describe('inputMask', () => {
  it('a line with an echo – recorded as typed', () => {
    assert.equal(recorded({ out: 'name? ' }, ...typed('joe\r', 'line')), 'joe\r');
  });

  it('a line without an echo – one mark and the line end, whatever its length', () => {
    assert.equal(recorded(...typed('hunter2\r', 'hidden')), `${HIDDEN}\r`);
    assert.equal(recorded(...typed('a much longer one\r', 'hidden')), `${HIDDEN}\r`);
    assert.equal(recorded({ keys: 'hunter2\r', echo: 'hidden' }), `${HIDDEN}\r`);
  });

  for (const prompt of [
    'Password: ',
    '[sudo] password for me: ',
    "Enter passphrase for key '/home/me/.ssh/id': ",
    "me@host's password: ",
    'Password for user app: ',
    'Enter PIN for token: ',
    'Verification code: ',
    'GitHub token? ',
    '\x1b[1mAPI key\x1b[0m › ',
    'Passwort für me: ',
    '密码：',
    "Password for 'https://me@example.com': ",
    'Enter host password for user "me":',
  ]) {
    it(`${JSON.stringify(prompt)} – what is typed there is hidden, also where the terminal echoes or nobody can tell`, () => {
      for (const echo of ['line', 'raw', 'unknown', 'hidden'] as const) {
        const shown = recorded({ out: `text\r\n${prompt}` }, ...typed('hunter2\r', echo));
        assert.equal(shown, `${HIDDEN}\r`, echo);
      }
    });
  }

  it('the prompt comes in pieces – hidden', () => {
    assert.equal(
      recorded({ out: 'Pass' }, { out: 'word' }, { out: ': ' }, ...typed('x1\r', 'line')),
      `${HIDDEN}\r`,
    );
  });

  it('stars for each key do not end the hiding', () => {
    const steps = [...'hunter2'].flatMap((keys): Step[] => [{ keys, echo: 'raw' }, { out: '*' }]);
    assert.equal(
      recorded({ out: 'Password: ' }, ...steps, { keys: '\r', echo: 'raw' }),
      `${HIDDEN}\r`,
    );
  });

  it('after the hidden line – keys are recorded again', () => {
    assert.equal(
      recorded(
        { out: 'Password: ' },
        ...typed('hunter2\r', 'hidden'),
        { out: '\r\nname? ' },
        ...typed('joe\r', 'line'),
      ),
      `${HIDDEN}\rjoe\r`,
    );
  });

  it('a wrong password and a second prompt – both hidden', () => {
    assert.equal(
      recorded(
        { out: 'Password: ' },
        { keys: 'one\r', echo: 'hidden' },
        { out: '\r\nSorry, try again.\r\nPassword: ' },
        { keys: 'two\r', echo: 'hidden' },
      ),
      `${HIDDEN}\r${HIDDEN}\r`,
    );
  });

  it('given up with Ctrl-C – the hiding ends', () => {
    assert.equal(
      recorded(
        { out: 'Password: ' },
        ...typed('hun\x03', 'hidden'),
        { out: '\r\n$ ' },
        ...typed('ls\r', 'line'),
      ),
      `${HIDDEN}\x03ls\r`,
    );
  });

  it('a program that echoes by itself – recorded once the echo is seen', () => {
    const steps = [...'ls'].flatMap((keys): Step[] => [{ keys, echo: 'raw' }, { out: keys }]);
    assert.equal(recorded({ out: '>>> ' }, ...steps, { keys: '\r', echo: 'raw' }), 'ls\r');
  });

  it('a program that shows nothing for a key – hidden', () => {
    assert.equal(recorded({ keys: 'secret', echo: 'raw' }, { wait: true }), HIDDEN);
    assert.equal(recorded({ keys: 'secret\r', echo: 'raw' }, { wait: true }), `${HIDDEN}\r`);
    assert.equal(recorded({ keys: 's', echo: 'raw' }, { out: '•' }), HIDDEN);
  });

  it('stars for each key without a prompt that tells – one mark, so their number is not told', () => {
    const steps = [...'hunter2'].flatMap((keys): Step[] => [{ keys, echo: 'raw' }, { out: '*' }]);
    assert.equal(recorded({ out: '> ' }, ...steps, { keys: '\r', echo: 'raw' }), `${HIDDEN}\r`);
  });

  it('keys without text, such as arrows – recorded at once', () => {
    assert.equal(
      recorded({ keys: '\x1b[A', echo: 'raw' }, { keys: '\t', echo: 'unknown' }),
      '\x1b[A\t',
    );
  });

  it('words about passwords that are no prompt – keys are recorded', () => {
    for (const out of ['The password was changed.\r\n$ ', 'tokens: 12\r\n', 'password\r\n> ']) {
      assert.equal(recorded({ out }, ...typed('ls\r', 'line')), 'ls\r', out);
    }
  });
});
