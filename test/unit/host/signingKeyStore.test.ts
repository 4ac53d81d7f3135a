// The key of the machine: kept once, the same for every window, and replaced by one of the window where it cannot be kept.
import assert from 'node:assert/strict';
import { loadSigningKey, type Secrets } from '../../../src/host/signingKeyStore.ts';
import { isSignedBy } from '../../../src/node/signingKey.ts';

class Kept implements Secrets {
  readonly values = new Map<string, string>();

  async get(name: string): Promise<string | undefined> {
    return this.values.get(name);
  }

  async store(name: string, value: string): Promise<void> {
    this.values.set(name, value);
  }
}

const fail = (problem: string) => assert.fail(problem);

describe('loadSigningKey', () => {
  it('makes a key once and finds it again; what it signs, its public half checks', async () => {
    const secrets = new Kept();
    const first = await loadSigningKey(secrets, fail);
    const second = await loadSigningKey(secrets, fail);
    assert.equal(secrets.values.size, 1);
    assert.equal(second.publicKey, first.publicKey);
    assert.ok(isSignedBy(first.publicKey, 'text', second.sign('text')));
    assert.ok(!isSignedBy(first.publicKey, 'texT', second.sign('text')));
  });

  it('what has to be there before the first key is made before it, and once', async () => {
    const secrets = new Kept();
    const keysThen: number[] = [];
    const first = async () => void keysThen.push(secrets.values.size);
    await loadSigningKey(secrets, fail, 1000, first);
    await loadSigningKey(secrets, fail, 1000, first);
    assert.deepEqual(keysThen, [0]);
  });

  it('no key is kept where that cannot be made', async () => {
    const secrets = new Kept();
    const failing = () => Promise.reject(new Error('full'));
    const key = await loadSigningKey(secrets, () => undefined, 1000, failing);
    assert.equal(key.isKept, false);
    assert.equal(secrets.values.size, 0);
  });

  it('the public half does not give the secret one away', async () => {
    const secrets = new Kept();
    const key = await loadSigningKey(secrets, fail);
    const [secret = ''] = secrets.values.values();
    assert.ok(!key.publicKey.includes(Buffer.from(secret, 'base64').toString('hex').slice(-64)));
  });

  it('two windows at once – both use the one that was kept', async () => {
    const secrets = new Kept();
    const [one, two] = await Promise.all([
      loadSigningKey(secrets, fail),
      loadSigningKey(secrets, fail),
    ]);
    assert.equal(one.publicKey, two.publicKey);
  });

  const broken: [name: string, secrets: Secrets][] = [
    ['locked', { get: () => Promise.reject(new Error('locked')), store: async () => undefined }],
    ['silent', { get: () => new Promise(() => undefined), store: async () => undefined }],
    ['something else in it', { get: async () => 'no key', store: async () => undefined }],
  ];
  for (const [name, secrets] of broken) {
    it(`the secret storage is ${name} – a key for this window, and it is said`, async () => {
      const problems: string[] = [];
      const key = await loadSigningKey(secrets, (problem) => void problems.push(problem), 20);
      assert.ok(isSignedBy(key.publicKey, 'text', key.sign('text')));
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', /cannot be read from the editor's secret storage/);
    });
  }
});
