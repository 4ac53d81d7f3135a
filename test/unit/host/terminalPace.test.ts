// A terminal gets no more at once than a window can draw; the program waits meanwhile.
import assert from 'node:assert/strict';
import { TerminalPace } from '../../../src/host/terminalPace.ts';

const MB = 1024 * 1024;

describe('terminalPace', () => {
  let shown: string[];
  let pauses: boolean[];
  let now: number;
  let turn: (() => void) | undefined;
  let pace: TerminalPace;
  /** Lets time pass up to the next turn. */
  const pass = (milliseconds: number) => {
    now += milliseconds;
    const due = turn;
    turn = undefined;
    due?.();
  };

  beforeEach(() => {
    [shown, pauses, now, turn] = [[], [], 0, undefined];
    pace = new TerminalPace({
      write: (text) => shown.push(text),
      pause: (isPaused) => pauses.push(isPaused),
      now: () => now,
      schedule: (_milliseconds, callback) => {
        turn = callback;
        return {
          dispose: () => {
            turn = undefined;
          },
        };
      },
    });
  });

  it('what comes in ordinary amounts is shown at once, and nobody waits', () => {
    for (let i = 0; i < 100; i++) {
      pace.add(`line ${i}`);
      now += 10;
    }
    assert.equal(shown.length, 100);
    assert.deepEqual(pauses, []);
  });

  it('a flood – the program waits, the rest comes in order as time passes, then it goes on', () => {
    const pieces = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(MB));
    for (const piece of pieces) pace.add(piece);
    assert.equal(shown.length, 2);
    assert.deepEqual(pauses, [true]);
    for (let i = 0; i < 20 && turn; i++) pass(50);
    assert.ok(shown.join('') === pieces.join(''));
    assert.deepEqual(pauses, [true, false]);
    assert.ok(now >= 250, `${now} ms`);
  });

  it('the end comes at once, after everything before it', () => {
    for (const letter of ['a', 'b', 'c', 'd']) pace.add(letter.repeat(MB));
    pace.add('the end');
    pace.flush();
    assert.equal(shown.at(-1), 'the end');
    assert.equal(shown.length, 5);
    assert.deepEqual(pauses, [true, false]);
    assert.equal(turn, undefined);
  });
});
