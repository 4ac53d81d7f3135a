// What a person sees and does in the terminal of an agent's command.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { plainText } from '../../../src/core/session/plainText.ts';
import { AgentTerminal } from '../../../src/host/agentTerminal.ts';
import { schedule } from '../../../src/host/schedule.ts';
import type { PaceOptions } from '../../../src/host/terminalPace.ts';
import { createTestGate, requestOf, type TestGate } from '../../helpers/gate.ts';

let test: TestGate;

interface Screen {
  terminal: AgentTerminal;
  raw(): string;
  text(): string;
  closed: Promise<number>;
}

const LIVE = { now: () => performance.now(), schedule };

function open(command: string, timing: Pick<PaceOptions, 'now' | 'schedule'> = LIVE): Screen {
  const terminal = new AgentTerminal(test.gate, requestOf(command, test.root), timing, (error) => {
    throw error;
  });
  let raw = '';
  terminal.onDidWrite((data) => {
    raw += data;
  });
  const closed = new Promise<number>((resolve) => {
    terminal.onDidClose(resolve);
  });
  terminal.open({ columns: 91, rows: 17 });
  return { terminal, closed, raw: () => raw, text: () => plainText(raw) };
}

async function shows(screen: Screen, pattern: RegExp): Promise<void> {
  const deadline = Date.now() + 8000;
  while (!pattern.test(screen.text())) {
    assert.ok(Date.now() < deadline, `${pattern} is not in ${screen.text()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function firstHeld() {
  const [item] = test.gate.held;
  assert.ok(item);
  return item;
}

describe('agentTerminal', () => {
  beforeEach(() => {
    test = createTestGate();
    fs.writeFileSync(path.join(test.root, 'work.txt'), 'text of the file\n');
  });
  afterEach(() => test.dispose());

  it('a flood waits until the window has drawn what came, and comes whole', async () => {
    const bytes = 12_000_000;
    fs.writeFileSync(path.join(test.root, 'flood.txt'), 'Q'.repeat(bytes));
    let [now, turns] = [0, 0];
    // Time goes on only where the terminal asks for it.
    const screen = open('cat flood.txt', {
      now: () => now,
      schedule: (milliseconds, callback) => {
        turns += 1;
        return schedule(1, () => {
          now += milliseconds;
          callback();
        });
      },
    });
    assert.equal(await screen.closed, 0);
    assert.equal(screen.raw().match(/Q/g)?.length, bytes);
    assert.ok(now >= 1000, `${bytes} bytes were let through within ${now} ms`);
    assert.ok(turns > 10);
  });

  it('shows the command, then its output, and ends with its exit code', async () => {
    const screen = open('cat work.txt missing.txt');
    assert.equal(await screen.closed, 1);
    assert.match(screen.text(), /tester submits:\n\$ cat work\.txt missing\.txt/);
    assert.match(screen.text(), /text of the file/);
    assert.match(screen.text(), /Exit code 1\./);
  });

  it('a held command is shown with level, score, colour, what it does and why it waits', async () => {
    const screen = open('rm work.txt');
    await shows(screen, /Ctrl-C takes it back/);
    assert.match(screen.text(), /HIGH \d+ {2}Held: it has not run/);
    assert.match(screen.raw(), /\x1b\[97;41m HIGH/);
    assert.match(screen.text(), /It deletes work\.txt/);
    assert.match(screen.text(), /Can be taken back: no/);
    test.answer(firstHeld(), 'deny', 'I need it');
    assert.equal(await screen.closed, 126);
    assert.match(
      screen.text(),
      /Not run\. Denied by a person in the notification: [\s\S]*I\s+need it[\s\S]*ask the user/,
    );
  });

  it('after approval it says who let it run, and the program sees a terminal of this size', async () => {
    const screen = open('rm work.txt; stty size; sleep 0.3; stty size');
    await shows(screen, /takes it back/);
    test.answer(firstHeld(), 'approve');
    await shows(screen, /17 91/);
    screen.terminal.setDimensions({ columns: 55, rows: 9 });
    await shows(screen, /9 55/);
    assert.equal(await screen.closed, 0);
    assert.match(screen.text(), /A person approved it in the notification after/);
  });

  it('a size that came while it was held is the size of the run', async () => {
    const screen = open('rm work.txt; stty size');
    await shows(screen, /takes it back/);
    screen.terminal.setDimensions({ columns: 44, rows: 11 });
    test.answer(firstHeld(), 'approve');
    await shows(screen, /11 44/);
    await screen.closed;
  });

  it('Ctrl-C before the start takes it back; other keys do nothing and are not kept', async () => {
    const screen = open('rm work.txt');
    await shows(screen, /takes it back/);
    screen.terminal.handleInput('y\r');
    assert.equal(test.gate.held.length, 1);
    screen.terminal.handleInput('\x03');
    assert.equal(await screen.closed, 126);
    assert.match(screen.text(), /A person took it back with Ctrl-C in the terminal before/);
    assert.ok(fs.existsSync(path.join(test.root, 'work.txt')));
  });

  it('Ctrl-C while it runs reaches the program', async () => {
    test.policy.rules = [{ match: 'sleep *', action: 'allow' }];
    const screen = open('sleep 30');
    await shows(screen, /says allow/);
    setTimeout(() => screen.terminal.handleInput('\x03'), 100);
    assert.equal(await screen.closed, 130);
  });

  it('keys reach a program that reads', async () => {
    const screen = open('rm work.txt; read -r line; echo "got:$line"');
    await shows(screen, /takes it back/);
    test.answer(firstHeld(), 'approve');
    await shows(screen, /A person approved it/);
    screen.terminal.handleInput('hello\r');
    await shows(screen, /got:hello/);
    assert.equal(await screen.closed, 0);
  });

  it('closing the terminal takes a held command back', async () => {
    const screen = open('rm work.txt');
    await shows(screen, /takes it back/);
    screen.terminal.close();
    assert.equal(await screen.closed, 126);
    assert.equal(test.gate.held.length, 0);
  });

  it('a command cannot move the cursor or hide text through its own letters', async () => {
    const screen = open('rm work.txt # \x1b[2J\u202e\rfine');
    await shows(screen, /takes it back/);
    assert.match(screen.text(), /\{U\+001B\}\[2J\{U\+202E\}\{U\+000D\}fine/);
    assert.ok(!screen.raw().includes('\x1b[2J'));
    screen.terminal.close();
    await screen.closed;
  });
});
