// What is recorded of real commands under a real pty: output, keys without passwords, sizes, marks, ends; and what
// happens where it cannot be recorded.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { castText } from '../../../src/core/session/asciicast.ts';
import type { SubmissionResult } from '../../../src/host/gateTypes.ts';
import { verifySession } from '../../../src/node/verifySession.ts';
import { createTestGate, type GateChanges, type TestGate } from '../../helpers/gate.ts';
import { dataOf, recording, recordingNames, sessionFolder } from '../../helpers/recordings.ts';

let test: TestGate;

function begin(changes: GateChanges = {}): void {
  test = createTestGate(changes);
  test.policy.rules = [{ match: '^[\\s\\S]*$', kind: 'regex', action: 'allow', upTo: 'HIGH' }];
}

/** Runs a command and types `keys` each time that its pattern shows up in the output. */
async function interact(
  command: string,
  ...answers: [pattern: RegExp, keys: string][]
): Promise<{ result: SubmissionResult; screen: string }> {
  const waiting = [...answers];
  let screen = '';
  let seen = 0;
  const running = test.submit(command, {
    onOutput: (data) => {
      screen += data;
      const [next] = waiting;
      if (next?.[0].test(screen.slice(seen))) {
        seen = screen.length;
        waiting.shift();
        // A person needs a moment, too; the prompt has turned the echo off by then.
        setTimeout(() => {
          for (const key of next[1]) running.write(key);
        }, 150);
      }
    },
  });
  const result = await running.result;
  return { result, screen };
}

function filesText(): string {
  const folder = sessionFolder(test.root);
  return fs
    .readdirSync(folder)
    .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
}

describe('recording', () => {
  afterEach(() => test.dispose());

  it('one command – its output, a mark with level and verdict, its end, and a checkpoint that fits', async () => {
    begin();
    const result = await test.submit("printf 'größe \\033[31m東京\\033[0m\\n'; exit 3").result;
    assert.equal(result.exitCode, 3, result.reason);
    const cast = recording(test.root);
    assert.match(dataOf(cast, 'm'), /^#1 (LOW|MEDIUM) \d+ allowed printf .*exit 3$/);
    assert.match(dataOf(cast, 'o'), /größe \x1b\[31m東京\x1b\[0m\r\n/);
    assert.match(castText(cast), /\$ printf[\s\S]*\[exit code 3, \d+\.\d s\]/);
    const checkpoint = test.events().findLast(({ type }) => type === 'recording.checkpoint');
    assert.ok(checkpoint?.type === 'recording.checkpoint');
    const bytes = fs.readFileSync(path.join(sessionFolder(test.root), checkpoint.file));
    assert.equal(checkpoint.bytes, bytes.length);
    assert.equal(checkpoint.sha256, createHash('sha256').update(bytes).digest('hex'));
    const stat = fs.statSync(path.join(sessionFolder(test.root), 'terminal.cast'));
    assert.equal(stat.mode & 0o777, 0o600);
  });

  it('commands one after the other – one file, each with its mark and its place in the log', async () => {
    begin();
    for (const word of ['one', 'two', 'three']) await test.submit(`echo ${word}`).result;
    assert.deepEqual(recordingNames(test.root), ['terminal.cast']);
    const cast = recording(test.root);
    const marks = cast.events.filter(({ code, data }) => code === 'm' && data.startsWith('#'));
    const starts = test.events().filter((event) => event.type === 'recording.start');
    assert.equal(marks.length, 3);
    for (const [index, start] of starts.entries()) {
      assert.ok(start.type === 'recording.start');
      assert.ok(Math.abs(start.at - (marks[index]?.at ?? 99)) < 0.05);
    }
  });

  it('commands at the same time – a file each, so that neither writes over the other', async () => {
    begin();
    const both = ['aaa', 'bbb'].map(
      (word) => test.submit(`for i in 1 2 3 4 5; do echo ${word}; sleep 0.05; done`).result,
    );
    await Promise.all(both);
    assert.deepEqual(recordingNames(test.root), ['terminal-2.cast', 'terminal.cast']);
    const texts = recordingNames(test.root).map((name) => dataOf(recording(test.root, name), 'o'));
    const outputs = texts.map((text) => text.slice(text.indexOf('done')));
    assert.ok(
      outputs.every((text) => /aaa/.test(text) !== /bbb/.test(text)),
      outputs.join(),
    );
    await test.submit('echo later').result;
    assert.equal(recordingNames(test.root).length, 2);
  });

  it('what was denied – is a mark in the jump list', async () => {
    begin();
    await test.submit('echo first').result;
    test.policy.rules = [];
    const { running, item } = await test.hold('rm -rf x');
    test.answer(item, 'deny');
    await running.result;
    assert.match(dataOf(recording(test.root), 'm'), /denied rm -rf x/);
  });

  it('a new size – is an event', async () => {
    begin();
    const running = test.submit('sleep 1; stty size', { onStart: () => running.resize(133, 44) });
    await running.result;
    const cast = recording(test.root);
    assert.equal(dataOf(cast, 'r'), '133x44');
    assert.match(dataOf(cast, 'o'), /44 133/);
  });

  it('characters that come in halves – are whole', async () => {
    begin();
    await test.submit("printf '\\346\\235'; sleep 0.1; printf '\\261\\n'").result;
    assert.match(dataOf(recording(test.root), 'o'), /東\r\n/);
  });

  describe('keys', () => {
    it('at an open prompt – recorded', async () => {
      begin();
      const { result } = await interact('read -r -p "name? " x; echo "hello $x"', [
        /name\? /,
        'joe\r',
      ]);
      assert.match(result.output, /hello joe/);
      assert.equal(dataOf(recording(test.root), 'i'), 'joe\r');
    });

    const prompts: [name: string, command: string, pattern: RegExp][] = [
      [
        'read -s with a prompt',
        'read -r -s -p "Password: " x; echo; echo "${#x} letters"',
        /Password: /,
      ],
      [
        'read -s without a word that tells',
        'read -r -s -p "go on " x; echo; echo "${#x} letters"',
        /go on /,
      ],
      ['read -s without a prompt', 'echo ready; read -r -s x; echo "${#x} letters"', /ready/],
      [
        'stty -echo, as getpass and sudo -S do',
        'printf "[sudo] password for me: "; stty -echo; read -r x; stty echo; echo; echo "${#x} letters"',
        /for me: /,
      ],
      [
        'a prompt for a secret that echoes',
        'read -r -p "API token: " x; echo; echo "${#x} letters" | cat',
        /token: /,
      ],
      [
        'python getpass',
        'python3 -c "import getpass; print(len(getpass.getpass()), \'letters\')"',
        /Password: /,
      ],
      [
        'raw mode, stars for the letters',
        'stty raw -echo; printf "> "; for i in 1 2 3 4 5 6 7; do dd bs=1 count=1 status=none of=/dev/null; printf "*"; done; dd bs=1 count=1 status=none of=/dev/null; stty sane; printf "\\n7 letters\\n"',
        /> /,
      ],
    ];
    for (const [name, command, pattern] of prompts) {
      it(`${name} – the password is nowhere in the files`, async () => {
        begin();
        const { result } = await interact(command, [pattern, 'hunter2\r']);
        assert.match(result.output, /7 letters/, result.output);
        const keys = dataOf(recording(test.root), 'i');
        assert.match(keys, /^\[hidden\]\r?$/);
        if (name !== 'a prompt for a secret that echoes')
          assert.ok(!filesText().includes('hunter2'));
      });
    }

    it('after a password – keys are recorded again', async () => {
      begin();
      await interact(
        'read -r -s -p "Password: " x; echo; read -r -p "name? " y; echo "$y"',
        [/Password: /, 'hunter2\r'],
        [/name\? /, 'joe\r'],
      );
      assert.equal(dataOf(recording(test.root), 'i'), '[hidden]\rjoe\r');
    });

    it('a password and more in one paste – the password is hidden', async () => {
      begin();
      let isSent = false;
      const running = test.submit('read -r -s -p "Password: " x; echo; echo "${#x} letters"', {
        onOutput: (data) => {
          if (isSent || !data.includes('Password')) return;
          isSent = true;
          setTimeout(() => running.write('hunter2\r'), 150);
        },
      });
      assert.match((await running.result).output, /7 letters/);
      assert.ok(!filesText().includes('hunter2'));
    });
  });

  describe('secrets', () => {
    const token = () => `ghp_${'aB3dE6gH9'.repeat(4)}`;

    it('in the output – the terminal shows them, the record does not', async () => {
      begin();
      fs.writeFileSync(path.join(test.root, 'env.txt'), `A=1\nGITHUB=${token()}\nB=2\n`);
      const { screen } = await interact('cat env.txt');
      assert.ok(screen.includes(token()));
      assert.ok(!filesText().includes(token().slice(-10)));
      assert.match(
        dataOf(recording(test.root), 'o'),
        /GITHUB=«redacted:github-token:len40:\w{8}»\r\nB=2/,
      );
    });

    it('in the command – the program gets it, the record, the panel and the question do not', async () => {
      begin();
      test.policy.rules = [];
      const command = "rm -f x; echo len; PGPASSWORD=hunter2 bash -c 'echo ${#PGPASSWORD}'";
      const { running, item } = await test.hold(command);
      assert.equal(item.hasSecrets, true);
      assert.ok(!JSON.stringify(item).includes('hunter2'));
      assert.equal(test.gate.original(item.id), command);
      assert.equal(item.sha256, createHash('sha256').update(item.command).digest('hex'));
      assert.equal(test.answer(item, 'approve'), undefined);
      assert.match((await running.result).output, /7/);
      assert.equal(test.gate.original(item.id), undefined);
      assert.ok(!filesText().includes('hunter2'));
      assert.ok(!JSON.stringify(test.panel.snapshot()).includes('hunter2'));
      const plain = createHash('sha256').update(command).digest('hex');
      assert.ok(!filesText().includes(plain), 'a plain hash lets anybody try passwords');
      const [submitted, run] = ['submission', 'run'].map((type) =>
        test.events().find((event) => event.type === type),
      );
      assert.ok(submitted?.type === 'submission' && run?.type === 'run');
      assert.match(submitted.commandSha256, /^hmac:/);
      assert.equal(submitted.commandSha256, run.commandSha256);
    });

    it('an answer to a text that was shown with its secrets – counts as well', async () => {
      begin();
      test.policy.rules = [];
      const { running, item } = await test.hold('rm -f x # password=hunter2');
      const sha256 = createHash('sha256').update('rm -f x # password=hunter2').digest('hex');
      const { id, token: once } = item;
      assert.equal(
        test.gate.decide(id, {
          token: once,
          sha256,
          answer: 'deny',
          where: 'panel',
          message: undefined,
        }),
        undefined,
      );
      assert.equal((await running.result).decision, 'denied');
    });
  });

  describe('limits and failures', () => {
    it('more output than is recorded – start and end are there, and how much is missing', async () => {
      begin();
      test.mostRecorded = 100_000;
      const { screen } = await interact('seq 1 200000');
      assert.equal(screen.length, 1_288_895 + 200_000);
      const text = dataOf(recording(test.root), 'o');
      assert.match(text, /\r\n1\r\n2\r\n3\r\n/);
      assert.match(text, /199999\r\n200000\r\n/);
      const [, missing = '0'] = /\[(\d+) characters are missing here/.exec(text) ?? [];
      assert.ok(Number(missing) > 1_000_000 && text.length < 200_000);
      const event = test.events().find(({ type }) => type === 'recording.truncated');
      assert.ok(event?.type === 'recording.truncated');
      assert.equal(event.leftOut, Number(missing));
    });

    it('I6 – the recording cannot be begun – nothing runs, and it says what to do; with room again it runs', async () => {
      let isFull = true;
      begin({
        recordingWrite: (handle, bytes, from) => {
          if (isFull) throw new Error('ENOSPC: no space left on device');
          return fs.writeSync(handle, bytes, from);
        },
      });
      const refused = await test.submit('touch ran').result;
      assert.equal(refused.decision, 'failed');
      assert.match(refused.reason, /cannot be recorded: .*no space left.*Make room/);
      assert.ok(!fs.existsSync(path.join(test.root, 'ran')));
      assert.ok(test.problems.some((problem) => /cannot be recorded/.test(problem)));
      isFull = false;
      assert.equal((await test.submit('touch ran').result).decision, 'allowed');
      assert.ok(fs.existsSync(path.join(test.root, 'ran')));
    });

    it('with onFailure warn – it runs, and the log and the person are told', async () => {
      begin({
        recordingWrite: () => {
          throw new Error('ENOSPC: no space left on device');
        },
      });
      test.onRecordingFailure = 'warn';
      const recorded: boolean[] = [];
      const running = test.submit('echo fine', {
        onStart: (start) => recorded.push(start.isRecorded),
      });
      assert.match((await running.result).output, /fine/);
      assert.deepEqual(recorded, [false]);
      assert.ok(test.problems.some((problem) => /runs without a recording/.test(problem)));
      assert.ok(test.events().some(({ type }) => type === 'recording.failed'));
    });

    it('it breaks off while the command runs – the person is told once, the command ends as it would', async () => {
      let isFull = false;
      begin({
        recordingWrite: (handle, bytes, from) => {
          if (isFull) throw new Error('ENOSPC: no space left on device');
          return fs.writeSync(handle, bytes, from);
        },
      });
      const notices: string[] = [];
      const running = test.submit('echo one; sleep 0.2; echo two; sleep 0.2; echo three', {
        onOutput: (data) => {
          if (data.includes('one')) setTimeout(() => (isFull = true), 60);
        },
        onNotice: (text) => notices.push(text),
      });
      const result = await running.result;
      assert.equal(result.exitCode, 0);
      assert.match(result.output, /three/);
      assert.equal(notices.length, 1);
      assert.match(notices[0] ?? '', /not recorded any more.*no space left/);
      assert.ok(test.events().some(({ type }) => type === 'recording.failed'));
      isFull = false;
      await test.submit('echo again').result;
      assert.match(dataOf(recording(test.root, 'terminal-2.cast'), 'o'), /again/);
    });

    it('it breaks off in the middle of a line – the session can be verified, and says what nothing else proves', async () => {
      let left = Number.POSITIVE_INFINITY;
      begin({
        recordingWrite: (handle, bytes, from) => {
          if (left <= 0) throw new Error('ENOSPC: no space left on device');
          const written = fs.writeSync(handle, bytes, from, Math.min(bytes.length - from, left));
          left -= written;
          return written;
        },
      });
      const running = test.submit('echo one; sleep 0.2; seq 1 1000', {
        onOutput: (data) => {
          if (data.includes('one')) setTimeout(() => (left = 500), 60);
        },
      });
      assert.equal((await running.result).exitCode, 0);
      left = Number.POSITIVE_INFINITY;
      await test.gate.close('over');
      const verdict = verifySession(sessionFolder(test.root), {
        heads: undefined,
        keys: undefined,
      });
      assert.equal(verdict.state, 'sound', verdict.fault?.why);
      const said = test.events().find(({ type }) => type === 'gate.degraded');
      assert.ok(said?.type === 'gate.degraded');
      assert.match(said.why, /\d+ bytes of terminal\.cast .* only the end of the session vouches/);
    });

    it('somebody replaces the file – found at the next checkpoint, told, and no command runs in it again', async () => {
      begin();
      await test.submit('echo one').result;
      const file = path.join(sessionFolder(test.root), 'terminal.cast');
      fs.copyFileSync(file, `${file}.new`);
      fs.renameSync(`${file}.new`, file);
      await test.submit('echo two').result;
      assert.ok(test.events().some(({ type }) => type === 'recording.failed'));
      await test.submit('echo three').result;
      assert.match(dataOf(recording(test.root, 'terminal-2.cast'), 'o'), /three/);
    });
  });
});
