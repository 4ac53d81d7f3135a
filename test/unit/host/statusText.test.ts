// What the status bar says.
import assert from 'node:assert/strict';
import { type GateState, statusText } from '../../../src/host/statusText.ts';
import { testHeldItem } from '../../helpers/heldItem.ts';

const state = (changes: Partial<GateState> = {}): GateState => ({
  held: [],
  degraded: undefined,
  isLocked: false,
  isObserving: false,
  waiting: 0,
  lastHash: undefined,
  ...changes,
});

describe('statusText', () => {
  it('nothing waits – just the name', () => {
    const { text, tone } = statusText(state());
    assert.deepEqual([text, tone], ['$(shield) Interlock', 'plain']);
  });

  it('held commands are counted', () => {
    const medium = testHeldItem({ level: 'MEDIUM' });
    const { text, tone, label } = statusText(state({ held: [medium, medium] }));
    assert.deepEqual(
      [text, tone, label],
      ['$(shield) Interlock: 2 held', 'warning', 'Interlock, 2 held'],
    );
  });

  it('HIGH and CRITICAL look like errors and say so in words', () => {
    const { tone, tooltip } = statusText(state({ held: [testHeldItem({ level: 'CRITICAL' })] }));
    assert.equal(tone, 'error');
    assert.match(tooltip, /1 command of agents wait.*1 HIGH or CRITICAL/);
  });

  it('a gate that cannot read commands says so, why, and what to do', () => {
    const { text, tone, tooltip } = statusText(
      state({ held: [testHeldItem({ level: 'LOW' })], degraded: 'file missing' }),
    );
    assert.deepEqual([text, tone], ['$(warning) Interlock: 1 held, degraded', 'warning']);
    assert.match(tooltip, /every command asks.*file missing.*Reinstall/s);
  });

  it('the start of the last line’s hash stands in the tooltip while a session runs', () => {
    assert.doesNotMatch(statusText(state()).tooltip, /Recorded up to/);
    const { tooltip, text } = statusText(state({ lastHash: 'abcdef0123456789' }));
    assert.match(tooltip, /Recorded up to abcdef01\./);
    assert.equal(text, '$(shield) Interlock');
  });

  it('a stopped agent, observe mode and settings that wait each have their word', () => {
    const stopped = statusText(state({ isLocked: true }));
    assert.deepEqual([stopped.text, stopped.tone], ['$(stop-circle) Interlock: stopped', 'error']);
    const observing = statusText(state({ isObserving: true }));
    assert.deepEqual(
      [observing.text, observing.tone],
      ['$(eye) Interlock: observing only', 'warning'],
    );
    assert.match(
      statusText(state({ waiting: 2 })).tooltip,
      /2 changes of the settings would loosen/,
    );
  });
});
