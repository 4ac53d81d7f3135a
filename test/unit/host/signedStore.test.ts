// What is kept in the editor's storage counts only with the signature of this machine's key.
import assert from 'node:assert/strict';
import { type LoadedKey, SignedStore } from '../../../src/host/signedStore.ts';
import { createSigningKey } from '../../../src/node/signingKey.ts';

const keyOf = (more: Partial<LoadedKey> = {}): LoadedKey => ({
  ...createSigningKey().key,
  isKept: true,
  isNew: false,
  ...more,
});

/** A window on a storage that others can write into. */
function openWindow(kept: { value: unknown }, key: LoadedKey | undefined, name = 'grants') {
  const window = { key, forged: 0, now: 1_000_000 };
  const store = new SignedStore({
    name: () => name,
    kept: {
      read: () => kept.value,
      write: (value) => {
        // As the editor keeps it: as JSON.
        kept.value = JSON.parse(JSON.stringify(value));
      },
    },
    key: () => window.key,
    now: () => new Date(window.now),
    onForged: () => {
      window.forged += 1;
    },
  });
  return { store, window };
}

describe('a signed value of the editor', () => {
  const key = keyOf();
  const grants = [{ match: 'npm run lint' }];
  const kept = (value: unknown, name?: string) => {
    const storage = { value: undefined as unknown };
    openWindow(storage, key, name).store.write(value);
    return storage;
  };

  it('comes back in another window of this machine', () => {
    const storage = kept(grants);
    const { store, window } = openWindow(storage, key);
    assert.deepEqual(store.read(), grants);
    assert.deepEqual(store.read(), grants);
    store.write([]);
    assert.deepEqual(openWindow(storage, key).store.read(), []);
    assert.equal(window.forged, 0);
  });

  for (const [name, change] of [
    ['another content', (signed: object) => ({ ...signed, text: '[{"match":"rm **"}]' })],
    ['another time', (signed: { at: number }) => ({ ...signed, at: signed.at + 1 })],
    ['no signature', ({ sig, ...rest }: { sig: string }) => rest],
    ['an empty signature', (signed: object) => ({ ...signed, sig: '' })],
    ['a bare list', () => [{ match: 'rm **' }]],
    ['a text', () => 'allow all'],
    ['a time that is none', (signed: object) => ({ ...signed, at: 'now' })],
    [
      "another key's signature",
      () => {
        const storage = { value: undefined as unknown };
        openWindow(storage, keyOf()).store.write([{ match: 'rm **' }]);
        return storage.value;
      },
    ],
    ['that of another name', () => kept(grants, 'confirmedSettings').value],
  ] as const) {
    it(`with ${name} it does not count, and that is told once`, () => {
      const storage = kept(grants);
      storage.value = (change as (signed: unknown) => unknown)(storage.value);
      const { store, window } = openWindow(storage, key);
      for (let time = 0; time < 3; time++) assert.equal(store.read(), undefined);
      assert.equal(window.forged, 1);
      store.write([]);
      assert.deepEqual(store.read(), []);
    });
  }

  it('an old one that is put back does not count; what two windows write at once does', () => {
    const storage = kept(grants);
    const old = storage.value;
    const { store, window } = openWindow(storage, key);
    window.now += 10_000;
    store.write([]);
    const other = storage.value;
    store.write([{ match: 'make' }]);
    storage.value = other;
    assert.deepEqual(store.read(), []);
    window.now += 3_600_000;
    store.write([]);
    storage.value = old;
    assert.equal(store.read(), undefined);
    assert.equal(window.forged, 1);
  });

  it('before the key is there nothing counts and nothing is told', () => {
    const storage = kept(grants);
    const { store, window } = openWindow(storage, undefined);
    assert.equal(store.isReady, false);
    assert.equal(store.read(), undefined);
    assert.equal(window.forged, 0);
    window.key = key;
    assert.deepEqual(store.read(), grants);
  });

  it('a key that ends with the window keeps for the window, and leaves what was kept alone', () => {
    const storage = kept(grants);
    const { store, window } = openWindow(storage, keyOf({ isKept: false }));
    assert.equal(store.read(), undefined);
    store.write([{ match: 'make' }]);
    assert.deepEqual(store.read(), [{ match: 'make' }]);
    assert.equal(window.forged, 0);
    assert.deepEqual(openWindow(storage, key).store.read(), grants);
  });

  it('a value that was taken away is none', () => {
    const storage = kept(undefined);
    assert.equal(openWindow(storage, key).store.read(), null);
    const { store, window } = openWindow({ value: undefined }, key);
    assert.equal(store.read(), undefined);
    assert.equal(window.forged, 0);
  });
});
