// A recording in a terminal of the editor: in order, in rhythm, steered by keys, and inert.
import assert from 'node:assert/strict';
import type { Cast, CastEvent } from '../../../src/core/session/asciicast.ts';
import { ReplayTerminal } from '../../../src/host/replayTerminal.ts';

interface Player {
  terminal: ReplayTerminal;
  shown(): string;
  sizes: string[];
  /** Lets time pass step by step until nothing is planned; gives back the waits. */
  run(steps?: number): number[];
  closed: boolean;
}

function play(events: CastEvent[], from?: number): Player {
  const cast: Cast = {
    header: { columns: 100, rows: 30, timestamp: 0, title: 's' },
    events,
    tornBytes: 0,
    badLines: [],
  };
  const planned: { ms: number; act: () => void }[] = [];
  let shown = '';
  const player: Player = {
    terminal: new ReplayTerminal({
      cast,
      from,
      schedule: (ms, act) => {
        const entry = { ms, act };
        planned.push(entry);
        return {
          dispose: () => {
            const index = planned.indexOf(entry);
            if (index >= 0) planned.splice(index, 1);
          },
        };
      },
      report: (error) => {
        throw error;
      },
    }),
    shown: () => shown,
    sizes: [],
    run: (steps = 1000) => {
      const waits: number[] = [];
      for (let i = 0; i < steps; i++) {
        const next = planned.shift();
        if (!next) break;
        waits.push(next.ms);
        next.act();
      }
      return waits;
    },
    closed: false,
  };
  player.terminal.onDidWrite((text) => {
    shown += text;
  });
  player.terminal.onDidOverrideDimensions((size) => {
    player.sizes.push(`${size?.columns}x${size?.rows}`);
  });
  player.terminal.onDidClose(() => {
    player.closed = true;
  });
  player.terminal.open();
  return player;
}

const EVENTS: CastEvent[] = [
  { at: 0, code: 'm', data: '#1 LOW 0 allowed ls' },
  { at: 0, code: 'o', data: 'one\r\n' },
  { at: 1, code: 'i', data: 'key' },
  { at: 1, code: 'o', data: 'two\r\n' },
  { at: 61, code: 'r', data: '120x40' },
  { at: 61, code: 'm', data: '#2 HIGH 60 approved rm x' },
  { at: 61.5, code: 'o', data: 'three\r\n' },
];

describe('replayTerminal', () => {
  it('plays in order; long pauses are cut; sizes follow; keys are not shown', () => {
    const player = play(EVENTS);
    const waits = player.run();
    assert.match(player.shown(), /one\r\ntwo\r\nthree\r\n[\s\S]*ends here/);
    assert.doesNotMatch(player.shown(), /key/);
    assert.deepEqual(player.sizes, ['100x30', '120x40']);
    assert.deepEqual(
      waits.filter((ms) => ms > 0),
      [1000, 2000, 500],
    );
  });

  it('from a command on – with the size that it had', () => {
    const player = play(EVENTS, 1);
    player.run();
    assert.doesNotMatch(player.shown(), /one|two/);
    assert.match(player.shown(), /three/);
    assert.deepEqual(player.sizes, ['120x40']);
  });

  it('faster, paused, to the next command and back, ended', () => {
    const player = play(EVENTS);
    player.run(2);
    player.terminal.handleInput('+');
    assert.deepEqual(player.run(1), [500]);
    player.terminal.handleInput(' ');
    assert.deepEqual(player.run(), []);
    player.terminal.handleInput('n');
    player.terminal.handleInput(' ');
    player.run();
    assert.match(player.shown(), /#2 HIGH[\s\S]*three/);
    player.terminal.handleInput('p');
    player.run();
    assert.match(player.shown(), /three[\s\S]*one[\s\S]*three/);
    player.terminal.handleInput('q');
    assert.equal(player.closed, true);
  });

  it('other keys – do nothing and are not echoed', () => {
    const player = play(EVENTS);
    player.run();
    const before = player.shown();
    player.terminal.handleInput('rm -rf /\r');
    player.run();
    assert.equal(player.shown(), before);
  });

  it('hostile output – only its text gets through, in pieces too', () => {
    const hostile =
      'a\x1b]52;c;cm0=\x07\x1b]633;E;rm\x07\x1b]8;;command:x\x07b\x1b[6n\x1bP1$q\x1b\\\u202ec';
    const player = play([
      { at: 0, code: 'm', data: '#1 \x1b]0;x\x07 \u202e' },
      ...[...hostile].map((data): CastEvent => ({ at: 0, code: 'o', data })),
    ]);
    player.run();
    assert.match(player.shown(), /ab\{U\+202E\}c/);
    assert.doesNotMatch(player.shown(), /\x1b[\]P]|\x1b\[6n|\u202e/);
  });
});
