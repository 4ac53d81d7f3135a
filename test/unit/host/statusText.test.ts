// What the status bar says.
import assert from 'node:assert/strict';
import { statusText } from '../../../src/host/statusText.ts';
import { testHeldItem } from '../../helpers/heldItem.ts';

describe('statusText', () => {
  it('nothing waits – just the name', () => {
    const { text, tone } = statusText([], undefined);
    assert.deepEqual([text, tone], ['$(shield) Interlock', 'plain']);
  });

  it('held commands are counted', () => {
    const medium = testHeldItem({ level: 'MEDIUM' });
    const { text, tone, label } = statusText([medium, medium], undefined);
    assert.deepEqual(
      [text, tone, label],
      ['$(shield) Interlock: 2 held', 'warning', 'Interlock, 2 held'],
    );
  });

  it('HIGH and CRITICAL look like errors and say so in words', () => {
    const { tone, tooltip } = statusText([testHeldItem({ level: 'CRITICAL' })], undefined);
    assert.equal(tone, 'error');
    assert.match(tooltip, /1 command of agents wait.*1 HIGH or CRITICAL/);
  });

  it('a gate that cannot read commands says so, why, and what to do', () => {
    const { text, tone, tooltip } = statusText([testHeldItem({ level: 'LOW' })], 'file missing');
    assert.deepEqual([text, tone], ['$(warning) Interlock: 1 held, degraded', 'warning']);
    assert.match(tooltip, /every command asks.*file missing.*Reinstall/s);
  });
});
