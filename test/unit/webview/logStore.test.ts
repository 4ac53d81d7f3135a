// The lists of the panel: built event by event, completed by older pages.
import assert from 'node:assert/strict';
import type { LogEvent } from '../../../src/shared/logEvent.ts';
import { type CommandRow, LogStore } from '../../../src/webview/model/logStore.ts';

let seq = 0;
const base = () => ({ v: 1 as const, seq: seq++, ts: '2026-06-01T12:00:00Z', mono: 0, sid: 's' });
const submit = (id: string): LogEvent => ({
  ...base(),
  type: 'submission',
  commandSha256: '',
  submission: {
    id,
    session: 's',
    command: `echo ${id}`,
    cwd: '/w',
    agent: 'a',
    intent: undefined,
    via: 'test',
    environment: {},
    submittedAt: '',
  },
});
const hold = (submission: string): LogEvent => ({ ...base(), type: 'hold', submission });
const ended = (submission: string): LogEvent => ({
  ...base(),
  type: 'outcome',
  submission,
  outcome: { exitCode: 0, signal: undefined, durationMs: 1, outputBytes: 0 },
});
const note = (): LogEvent => ({ ...base(), type: 'gate.degraded', why: 'x' });

function names(log: LogStore): string[] {
  return log.commandRows.map((row) => (row.kind === 'command' ? row.id : row.event.type));
}

describe('logStore', () => {
  beforeEach(() => {
    seq = 0;
  });

  it('events of one command – one row, completed as they come', () => {
    const log = new LogStore([submit('a'), hold('a'), submit('b'), ended('a')]);
    assert.deepEqual(names(log), ['a', 'b']);
    assert.equal(log.eventRows.length, 4);
    const row = log.commandOf('a');
    assert.ok(row?.wasHeld && row.outcome?.exitCode === 0);
  });

  it('a row keeps its object when more is known of it', () => {
    const log = new LogStore([submit('a')]);
    const before = log.commandRows[0];
    log.append(hold('a'));
    assert.equal(log.commandRows[0], before);
  });

  it('events about no command – rows of their own; checkpoints are left to the list of all events', () => {
    const log = new LogStore([note()]);
    log.append({
      ...base(),
      type: 'recording.checkpoint',
      file: 'x',
      bytes: 1,
      sha256: '',
    } as LogEvent);
    assert.deepEqual(names(log), ['gate.degraded']);
    assert.equal(log.eventRows.length, 2);
  });

  it('older pages in front – the same lists as if all had come at once', () => {
    const events = [
      submit('a'),
      submit('b'),
      hold('b'),
      note(),
      submit('c'),
      ended('b'),
      ended('a'),
      hold('c'),
    ];
    for (let cut = 1; cut < events.length; cut += 1) {
      const log = new LogStore(events.slice(cut), cut);
      const middle = Math.ceil(cut / 2);
      log.prepend(events.slice(middle, cut), middle);
      log.prepend(events.slice(0, middle), 0);
      const whole = new LogStore(events);
      assert.deepEqual(names(log), names(whole), `cut at ${cut}`);
      assert.deepEqual(log.eventRows, whole.eventRows);
      assert.deepEqual(log.commandOf('b') as CommandRow, whole.commandOf('b'));
      assert.equal(log.earlier, 0);
      assert.equal(log.oldest, 0);
    }
  });
});
