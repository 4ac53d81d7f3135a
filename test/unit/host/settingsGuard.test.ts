// Settings that loosen count only after a person has said so.
import assert from 'node:assert/strict';
import { settings } from '../../../src/contributions.ts';
import type { RawSettings } from '../../../src/host/gateSettings.ts';
import { SettingsGuard, type SettingsNote } from '../../../src/host/settingsGuard.ts';

const unset = Object.fromEntries(
  Object.keys(settings).map((name) => [name, undefined]),
) as unknown as RawSettings;

/** A person who clicks `click` in every modal. */
function createGuard(
  start: Partial<RawSettings> = {},
  kept?: Partial<RawSettings>,
  isReady = true,
) {
  const desk = {
    raw: { ...unset, ...start } as RawSettings,
    click: undefined as string | undefined,
    isFocused: true,
    isReady,
    modals: [] as { detail: string; buttons: readonly string[] }[],
    kept: kept as Partial<RawSettings> | undefined,
    notes: [] as SettingsNote[],
  };
  const guard = new SettingsGuard({
    read: () => desk.raw,
    confirmed: {
      isReady: () => desk.isReady,
      read: () => desk.kept,
      write: (raw) => {
        desk.kept = raw;
      },
    },
    prompts: {
      modal: async (_question, detail, buttons) => {
        desk.modals.push({ detail, buttons });
        return buttons.find((button) => button === desk.click);
      },
    },
    isFocused: () => desk.isFocused,
    report: assert.fail,
  });
  guard.onDidChange((note) => desk.notes.push(note));
  const change = async (changes: Partial<RawSettings>) => {
    desk.raw = { ...desk.raw, ...changes };
    guard.refresh();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { guard, desk, change };
}

const deny = { match: 'rm **', action: 'deny' };

describe('settingsGuard', () => {
  it('what loosens waits for a person, and what tightens counts at once', async () => {
    const { guard, desk, change } = createGuard();
    await change({ autoApprove: 'contained', rules: [deny] });
    assert.equal(guard.current.policy.dial, 'readOnly');
    assert.ok(guard.current.policy.rules.some(({ match }) => match === 'rm **'));
    assert.match(desk.modals[0]?.detail ?? '', /autoApprove goes from "readOnly" to "contained"/);
    assert.equal(guard.waiting.length, 1);
  });

  it('a stray Enter keeps the gate strict', async () => {
    const { desk, change } = createGuard();
    await change({ autoApprove: 'contained' });
    assert.equal(desk.modals[0]?.buttons[0], 'Stay Strict');
  });

  it('confirmed, it counts, is noted as loosening, and is not asked about again', async () => {
    const { guard, desk, change } = createGuard();
    desk.click = 'Loosen the Gate';
    await change({ autoApprove: 'contained' });
    assert.equal(guard.current.policy.dial, 'contained');
    assert.deepEqual(
      desk.notes.map(({ loosens }) => loosens),
      [false, true],
    );
    await change({});
    assert.equal(desk.modals.length, 1);
  });

  it('refused or closed, it is not asked about again by itself, but on demand', async () => {
    const { guard, desk, change } = createGuard();
    await change({ autoApprove: 'contained' });
    await change({});
    assert.equal(desk.modals.length, 1);
    desk.click = 'Loosen the Gate';
    await guard.review();
    assert.equal(guard.current.policy.dial, 'contained');
  });

  it('written while no window was open: it waits at the next start', async () => {
    const { guard, desk } = createGuard({ observe: true }, {});
    assert.equal(guard.current.policy.observe, false);
    desk.click = 'Loosen the Gate';
    await guard.review();
    assert.equal(guard.current.policy.observe, true);
  });

  it('confirmed once, it holds at the next start', () => {
    const { guard } = createGuard({ autoApprove: 'contained' }, { autoApprove: 'contained' });
    assert.equal(guard.current.policy.dial, 'contained');
    assert.deepEqual(guard.waiting, []);
  });

  it('a deny rule that a file loses still holds until a person agrees', async () => {
    const { guard, change } = createGuard({ workspaceRules: [deny] });
    await change({ workspaceRules: undefined });
    assert.ok(guard.current.policy.rules.some(({ match }) => match === 'rm **'));
  });

  it('a tightening that is taken back loosens', async () => {
    const { guard, change } = createGuard();
    await change({ autoApprove: 'listed' });
    await change({ autoApprove: undefined });
    assert.equal(guard.current.policy.dial, 'listed');
    assert.equal(guard.waiting.length, 1);
  });

  it('one window asks: that which the person looks at', async () => {
    const { guard, desk, change } = createGuard();
    desk.isFocused = false;
    await change({ autoApprove: 'contained' });
    assert.equal(desk.modals.length, 0);
    // Another window has confirmed it in the meantime.
    desk.kept = desk.raw;
    desk.isFocused = true;
    await change({});
    assert.equal(guard.current.policy.dial, 'contained');
    assert.equal(desk.modals.length, 0);
  });

  it('what a person confirmed is what was shown: a change behind the open question is asked anew', async () => {
    const { guard, desk, change } = createGuard();
    desk.click = 'Loosen the Gate';
    const asked = change({ autoApprove: 'contained' });
    desk.raw = { ...desk.raw, observe: true };
    guard.refresh();
    await asked;
    await new Promise((resolve) => setImmediate(resolve));
    assert.match(desk.modals.at(-1)?.detail ?? '', /observe/);
    assert.equal(desk.modals.length, 2);
  });

  it('until it can be told what was confirmed, the strict ones hold, nobody is asked and nothing is kept', async () => {
    const { guard, desk } = createGuard({ autoApprove: 'contained' }, { autoApprove: 'contained' });
    assert.equal(guard.current.policy.dial, 'contained');
    const late = createGuard({ autoApprove: 'contained' }, { autoApprove: 'contained' }, false);
    assert.equal(late.guard.current.policy.dial, 'readOnly');
    assert.deepEqual(late.guard.waiting, []);
    await late.change({ rules: [deny] });
    assert.deepEqual(late.desk.kept, { autoApprove: 'contained' });
    late.desk.isReady = true;
    await late.change({});
    assert.equal(late.guard.current.policy.dial, 'contained');
    assert.deepEqual([...desk.modals, ...late.desk.modals], []);
    assert.equal(late.desk.notes.at(-1)?.isNews, false);
  });

  it('the hash is of what the gate uses', async () => {
    const { guard, change } = createGuard();
    const before = guard.sha256;
    await change({ timeoutSeconds: 120 });
    assert.notEqual(guard.sha256, before);
  });
});
