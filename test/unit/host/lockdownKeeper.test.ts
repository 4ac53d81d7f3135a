// I9 – a lockdown is taken out of both its places by a person only; what else touches them leaves everything locked, and is told.
import assert from 'node:assert/strict';
import { LockdownKeeper } from '../../../src/host/lockdownKeeper.ts';
import { lockdownStore } from '../../../src/host/lockdownStore.ts';

const STOPPED = { since: '2026-06-01T12:00:00.000Z', why: 'You stopped the agent.' };
const NAME = 'interlock.lockdowns';
const HOUR = 3_600_000;

/** A machine: what its editor keeps, for all windows. */
class Machine {
  readonly secrets = new Map<string, string>();
  copy: unknown;
  now = Date.parse('2026-06-01T12:00:00.000Z');
  isKept = true;
  /** Nothing can be written into the secret storage. */
  isFull = false;
  readonly problems: string[] = [];
  private readonly windows: LockdownKeeper[] = [];

  open(root: string) {
    const told: string[] = [];
    const keeper = new LockdownKeeper({
      secrets: {
        get: async (name) => this.secrets.get(name),
        store: async (name, value) => {
          if (this.isFull) throw new Error('full');
          this.set(name, value);
        },
      },
      copy: {
        read: () => this.copy,
        write: (value) => {
          this.copy = JSON.parse(JSON.stringify(value));
        },
      },
      key: async () => ({ isKept: this.isKept }),
      now: () => new Date(this.now),
      onTampered: (text) => told.push(text),
      report: (problem) => this.problems.push(problem),
    });
    this.windows.push(keeper);
    const store = lockdownStore(keeper, () => [root]);
    return { keeper, told, store, isLocked: () => store.read() !== undefined };
  }

  /** As each window hears of it. */
  set(name: string, value: string | undefined): void {
    if (value === undefined) this.secrets.delete(name);
    else this.secrets.set(name, value);
    for (const window of this.windows) void window.changed(name);
  }
}

describe('LockdownKeeper', () => {
  let machine: Machine;

  beforeEach(async () => {
    machine = new Machine();
    await machine.open('/h/app').keeper.begin();
  });

  afterEach(() => {
    if (!machine.isFull) assert.deepEqual(machine.problems, []);
  });

  async function opened(root = '/h/app') {
    const window = machine.open(root);
    await window.keeper.ready();
    return window;
  }

  async function stopped() {
    const window = await opened();
    machine.now += HOUR;
    window.store.write(STOPPED);
    await settled();
    machine.now += HOUR;
    return window;
  }

  it('nothing is locked at first; a stop lasts over a restart, and lifting it lasts too', async () => {
    assert.ok(!(await opened()).isLocked());
    await stopped();
    const next = await opened();
    assert.deepEqual(next.store.read(), { ...STOPPED, roots: ['/h/app'] });
    next.store.write(undefined);
    await settled();
    const last = await opened();
    assert.ok(!last.isLocked());
    assert.deepEqual([...next.told, ...last.told], []);
  });

  it('another window hears of a stop and of its end', async () => {
    const [one, two] = [await opened(), await opened('/h/app/web')];
    one.store.write(STOPPED);
    await settled();
    assert.ok(two.isLocked());
    two.store.write(undefined);
    await settled();
    assert.ok(!one.isLocked() && !two.isLocked());
  });

  it('taken out of the storage of the editor – it stays, also in another profile', async () => {
    await stopped();
    machine.copy = undefined;
    assert.ok((await opened()).isLocked());
    assert.ok(!(await opened('/w/other')).isLocked());
  });

  it('taken out of the secret storage – it stays, everything else is locked too, and that is told', async () => {
    await stopped();
    machine.secrets.delete(NAME);
    const other = await opened('/w/other');
    assert.ok((await opened()).isLocked());
    assert.ok(other.isLocked());
    assert.match(other.told.join(), /something else may have taken it away.*until you lift/);
  });

  it('taken out of both – everything is locked until a person lifts it', async () => {
    await stopped();
    machine.copy = undefined;
    machine.secrets.delete(NAME);
    const window = await opened();
    assert.ok(window.isLocked());
    assert.equal(window.told.length, 1);
    window.store.write(undefined);
    await settled();
    assert.ok(!window.isLocked());
    assert.ok(!(await opened()).isLocked());
  });

  for (const broken of ['', 'null', '[]', '{"v":1,"at":"now","entries":[]}', '{"v":2}', '{']) {
    it(`${broken || 'an empty text'} in the secret storage – locked, and told once`, async () => {
      const window = await opened();
      machine.set(NAME, broken);
      await settled();
      machine.set(NAME, broken);
      await settled();
      assert.ok(window.isLocked());
      assert.equal(window.told.length, 1);
    });
  }

  it('an older state put back while a window is open – it stays locked, and that is told', async () => {
    const before = machine.secrets.get(NAME);
    const window = await stopped();
    machine.copy = undefined;
    machine.set(NAME, before);
    await settled();
    assert.ok(window.isLocked());
    assert.equal(window.told.length, 1);
    assert.ok((await opened()).isLocked(), 'a window that is opened then is locked as well');
  });

  it('stopped before it is known what is kept – both are kept', async () => {
    await stopped();
    const window = machine.open('/w/other');
    window.store.write(STOPPED);
    await window.keeper.ready();
    await settled();
    machine.copy = undefined;
    assert.ok((await opened()).isLocked());
    assert.ok((await opened('/w/other')).isLocked());
    assert.deepEqual(window.told, []);
  });

  it('no secret storage – the storage of the editor says it', async () => {
    machine.isKept = false;
    machine.secrets.clear();
    const window = await opened();
    window.store.write(STOPPED);
    await settled();
    assert.ok((await opened()).isLocked());
    assert.equal(machine.secrets.size, 0);
    assert.deepEqual(window.told, []);
  });

  it('it cannot be written – it holds, and that is said once', async () => {
    const window = await opened();
    machine.now += HOUR;
    machine.isFull = true;
    window.store.write(STOPPED);
    await settled();
    assert.ok(window.isLocked());
    assert.ok((await opened()).isLocked());
    assert.equal(machine.problems.length, 1);
    assert.match(machine.problems[0] ?? '', /could not be kept: full/);
  });

  it('what was kept before there was a second place is taken over', async () => {
    machine.secrets.clear();
    machine.copy = [{ ...STOPPED, roots: ['/h/app'] }];
    await machine.open('/h/app').keeper.begin();
    machine.copy = undefined;
    assert.ok((await opened()).isLocked());
  });
});

/** All that was begun has ended: nothing here waits for a clock. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
