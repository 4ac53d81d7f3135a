// A real bash under a real pty and on pipes: bytes, exit codes, signals, sizes, and the end of everything it started.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { childEnvironment } from '../../../src/node/childEnvironment.ts';
import { startOnPipes } from '../../../src/node/pipeProcess.ts';
import { loadPty, startOnPty } from '../../../src/node/ptyProcess.ts';
import type { ProcessExit, ShellProcess, ShellSpec } from '../../../src/node/shellProcess.ts';
import { cannotRun, shellArgv, startShell } from '../../../src/node/shellProcess.ts';

interface Finished {
  output: string;
  exit: ProcessExit;
}

let folder = '';
let runs = 0;

function specOf(command: string, environment: Record<string, string> = {}): ShellSpec {
  const run = `test-${process.pid}-${runs++}`;
  return {
    command,
    cwd: folder,
    environment: childEnvironment(process.env, environment, run),
    columns: 100,
    rows: 33,
    run,
  };
}

function finish(shell: ShellProcess): Promise<Finished> {
  let output = '';
  shell.onData((data) => {
    output += data;
  });
  return new Promise((resolve) => shell.onExit((exit) => resolve({ output, exit })));
}

async function outputUntil(shell: ShellProcess, pattern: RegExp): Promise<void> {
  let output = '';
  await new Promise<void>((resolve) => {
    shell.onData((data) => {
      output += data;
      if (pattern.test(output)) {
        resolve();
      }
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function pidFrom(name: string): Promise<number> {
  for (let i = 0; i < 200; i++) {
    try {
      const text = readFileSync(path.join(folder, name), 'utf8').trim();
      if (text !== '') {
        return Number(text);
      }
    } catch {
      // Not written yet.
    }
    await wait(10);
  }
  throw new Error(`${name} was never written`);
}

const starters: [name: string, start: (spec: ShellSpec) => ShellProcess][] = [
  [
    'pty',
    (spec) => {
      const pty = loadPty();
      assert.ok(pty, 'the pty package does not load here');
      const [bash = '', ...options] = shellArgv();
      return startOnPty(pty, bash, [...options, spec.command], spec);
    },
  ],
  [
    'pipes',
    (spec) => {
      const [bash = '', ...options] = shellArgv();
      return startOnPipes(bash, [...options, spec.command], spec);
    },
  ],
];

describe('shellProcess', () => {
  before(() => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'interlock-shell-')));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [name, start] of starters) {
    describe(name, () => {
      const run = (command: string, environment?: Record<string, string>) =>
        finish(start(specOf(command, environment)));

      it('output and exit code come back', async () => {
        const { output, exit } = await run('echo "größe 東京"; echo two >&2; exit 7');
        assert.equal(output, 'größe 東京\r\ntwo\r\n');
        assert.deepEqual(exit, { exitCode: 7, signal: undefined });
      });

      it('runs in the given folder', async () => {
        const { output } = await run('pwd');
        assert.equal(output.trim(), folder);
      });

      it('a command that starts with a dash – is a command, not an option of bash', async () => {
        const { exit } = await run('-x');
        assert.equal(exit.exitCode, 127);
      });

      it('quotes, blanks, line breaks and a here-document – arrive as they are', async () => {
        const { output } = await run("printf '%s|' \"a  b\" '$HOME' \\\n c; cat <<'X'\n$(id)\nX");
        assert.equal(output, 'a  b|$HOME|c|$(id)\r\n');
      });

      it('a signal – is named', async () => {
        const { exit } = await run('kill -TERM $$');
        assert.deepEqual(exit, { exitCode: undefined, signal: 'SIGTERM' });
      });

      it('BASH_ENV, exported functions and start-up files – do not run', async () => {
        const file = path.join(folder, 'hook.sh');
        writeFileSync(file, 'echo HOOKED\n');
        const before = { ...process.env };
        process.env.BASH_ENV = file;
        process.env.ENV = file;
        process.env['BASH_FUNC_pwd%%'] = '() { echo HOOKED; }';
        try {
          const { output } = await run('pwd', { BASH_ENV: file });
          assert.doesNotMatch(output, /HOOKED/);
        } finally {
          process.env = before;
        }
      });

      it('Ctrl-C – ends it', async () => {
        const shell = start(specOf('echo ready; sleep 60'));
        const ended = new Promise<ProcessExit>((resolve) => shell.onExit(resolve));
        await outputUntil(shell, /ready/);
        shell.interrupt();
        const exit = await ended;
        assert.ok(exit.signal === 'SIGINT' || exit.exitCode === 130, JSON.stringify(exit));
      });

      it('input – reaches the program', async () => {
        const shell = start(specOf('read -r line; echo "got <$line>"'));
        const done = finish(shell);
        await wait(50);
        shell.write('hello\r');
        assert.match((await done).output, /got <hello>/);
      });

      it('much output – is whole and in order', async () => {
        for (let i = 0; i < 5; i++) {
          const { output } = await run('seq 1 200000');
          assert.equal(output.length, 1_288_895 + 200_000);
          assert.ok(output.endsWith('199999\r\n200000\r\n'));
        }
      });

      it('kill – also ends a child in the background, one in another session and one that ignores SIGTERM', async () => {
        const shell = start(
          specOf(
            `sleep 300 & echo $! > ${name}1; setsid -f bash -c 'echo $$ > ${name}2; sleep 300'; ` +
              `bash -c 'trap "" TERM HUP; echo $$ > ${name}3; while :; do sleep 1; done'`,
          ),
        );
        const ended = new Promise<ProcessExit>((resolve) => shell.onExit(resolve));
        const pids = [
          await pidFrom(`${name}1`),
          await pidFrom(`${name}2`),
          await pidFrom(`${name}3`),
        ];
        assert.deepEqual(pids.map(isAlive), [true, true, true]);
        await shell.kill();
        await ended;
        assert.deepEqual(pids.map(isAlive), [false, false, false]);
        assert.equal(isAlive(shell.pid), false);
      });
    });
  }

  it('pty – a program sees a terminal of the given size, and its change', async () => {
    const shell = startShell(specOf('test -t 0 && test -t 1 && stty size; read -r _; stty size'));
    assert.equal(shell.hasTty, true);
    let output = '';
    const done = new Promise((resolve) => shell.onExit(resolve));
    await new Promise<void>((resolve) => {
      shell.onData((data) => {
        output += data;
        if (output.includes('33 100')) resolve();
      });
    });
    shell.resize(120, 40);
    shell.write('\r');
    await done;
    assert.match(output, /33 100[\s\S]*40 120/);
  });

  it('what cannot arrive as it was decided – is refused, and nothing runs', () => {
    assert.match(cannotRun('echo a\0; touch b') ?? '', /zero byte/);
    assert.match(cannotRun('echo \uD800') ?? '', /half of a character pair/);
    assert.match(cannotRun(`echo ${'a'.repeat(131072)}`) ?? '', /longer than/);
    assert.equal(cannotRun(`echo ${'a'.repeat(131000)} 🚀`), undefined);
    assert.throws(() => startShell(specOf('echo a\0b')), /zero byte/);
  });
});

describe('childEnvironment', () => {
  const environment = childEnvironment(
    {
      PATH: '/bin',
      HOME: '/home/me',
      LD_PRELOAD: 'x',
      DYLD_INSERT_LIBRARIES: 'x',
      BASH_ENV: 'x',
      'BASH_FUNC_ls%%': '() { :; }',
      PROMPT_COMMAND: 'x',
      VSCODE_IPC_HOOK_CLI: 'x',
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: '--require x',
      INTERLOCK_TOKEN: 'x',
      UNSET: undefined,
    },
    { EXTRA: '1', ld_audit: 'x', ENV: 'x', 'bad name': 'x' },
    'run-1',
  );

  it('keeps the plain ones, adds the agent’s and the marker', () => {
    assert.deepEqual(environment, {
      PATH: '/bin',
      HOME: '/home/me',
      EXTRA: '1',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.bareRepository',
      GIT_CONFIG_VALUE_0: 'explicit',
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      PAGER: 'cat',
      GIT_PAGER: 'cat',
      MANPAGER: 'cat',
      INTERLOCK_RUN: 'run-1',
    });
  });
});

describe('a start in odd surroundings', () => {
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'interlock-start-')));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('where the terminal cannot be opened a second time, what was started still ends as it does', async () => {
    const pty = loadPty();
    assert.ok(pty);
    const spec = specOf('exit 3');
    const [bash = '', ...options] = shellArgv();
    const short = {
      ...pty,
      spawn: (...words: Parameters<typeof pty.spawn>) =>
        Object.defineProperty(pty.spawn(...words), 'ptsName', { value: '/does/not/exist' }),
    };
    const { exit } = await finish(startOnPty(short, bash, [...options, spec.command], spec));
    assert.equal(exit.exitCode, 3);
  });

  it('I2 – `cd ..` goes to the folder above, whatever name the editor has for it', async () => {
    const spec = specOf('cd .. && pwd', { PWD: '/proc/self/cwd' });
    const [bash = '', ...options] = shellArgv();
    const onPipes = startOnPipes(bash, [...options, spec.command], spec);
    for (const shell of [startShell(spec), onPipes]) {
      const { output } = await finish(shell);
      assert.equal(output.trim(), path.dirname(folder));
    }
  });
});
