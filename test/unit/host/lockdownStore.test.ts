// I9 – which windows a lockdown holds for, and that opening another one is no way out.
import assert from 'node:assert/strict';
import { lockdownStore } from '../../../src/host/lockdownStore.ts';

const STOPPED = { since: '2026-06-01T12:00:00.000Z', why: 'You stopped the agent.' };

describe('lockdownStore', () => {
  let kept: unknown;
  const all = {
    read: () => kept,
    write: (value: unknown) => {
      // As the editor keeps it: as JSON.
      kept = JSON.parse(JSON.stringify(value));
    },
  };
  const window = (...roots: string[]) => lockdownStore(all, () => roots);
  const isLocked = (...roots: string[]) => window(...roots).read() !== undefined;

  beforeEach(() => {
    kept = undefined;
  });

  it('nothing is locked at first', () => {
    assert.ok(!isLocked('/h/app'));
  });

  it('holds for the folder, for what lies in it and for what it lies in; not for its neighbours', () => {
    window('/h/app').write(STOPPED);
    assert.deepEqual(window('/h/app').read(), { ...STOPPED, roots: ['/h/app'] });
    for (const root of ['/h/app/web', '/h', '/']) assert.ok(isLocked(root), root);
    for (const root of ['/h/app2', '/h/other', '/w', '/h/..app']) assert.ok(!isLocked(root), root);
  });

  it('holds for a window with several folders where one of them is locked', () => {
    window('/h/app', '/h/lib').write(STOPPED);
    assert.ok(isLocked('/h/other', '/h/lib/core'));
  });

  it('lifting it lifts it for all of these, and leaves others', () => {
    window('/h/app').write(STOPPED);
    window('/w/other').write(STOPPED);
    window('/h').write(undefined);
    assert.ok(!isLocked('/h/app'));
    assert.ok(isLocked('/w/other'));
  });

  for (const broken of ['yes', 1, { since: 1 }, [{ why: 'x' }], [null], [{ roots: [5] }]]) {
    it(`${JSON.stringify(broken)} in the storage counts as a lockdown, and can be lifted`, () => {
      kept = broken;
      assert.ok(window('/h/app').read() ?? false);
      window('/h/app').write(undefined);
      assert.deepEqual(kept, []);
    });
  }
});
