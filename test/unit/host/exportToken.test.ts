// The token for the team's collector: kept hidden, sent to its own address, and nowhere else.
import assert from 'node:assert/strict';
import { ExportToken, faultOfToken } from '../../../src/host/exportToken.ts';
import { ExportQueue } from '../../../src/node/exportQueue.ts';
import { createOtlpSender } from '../../../src/node/otlp/otlpSender.ts';
import { Collector } from '../../helpers/collector.ts';
import { createPlace, openLog } from '../../helpers/sessions.ts';

const URL_HERE = 'https://logs.example.com/v1/logs';

describe('ExportToken', () => {
  let values: Map<string, string>;
  let token: ExportToken;

  beforeEach(() => {
    values = new Map();
    token = new ExportToken({
      get: async (name) => values.get(name),
      store: async (name, value) => void values.set(name, value),
    });
  });

  it('none – no header', async () => {
    assert.deepEqual(await token.headersFor(URL_HERE), {});
  });

  it('typed for an address – goes to all paths of it, and to no other', async () => {
    await token.set(URL_HERE, 'abc.DEF-1~+/==');
    const header = { authorization: 'Bearer abc.DEF-1~+/==' };
    assert.deepEqual(await token.headersFor(URL_HERE), header);
    assert.deepEqual(await token.headersFor('https://logs.example.com/other'), header);
    for (const other of [
      'https://logs.example.com:8443/v1/logs',
      'http://logs.example.com/v1/logs',
      'https://logs.example.com.evil.test/v1/logs',
      'https://evil.test/https://logs.example.com/',
      'https://logs.example.com@evil.test/',
    ]) {
      assert.deepEqual(await token.headersFor(other), {}, other);
    }
  });

  it('an address that can be read on the way – refused; this machine may', async () => {
    await assert.rejects(token.set('http://logs.example.com/v1/logs', 'abc'), /only over https/);
    await assert.rejects(token.set('http://localhost.evil.test/', 'abc'), /only over https/);
    assert.equal(values.size, 0);
    await token.set('http://localhost:4318/v1/logs', 'abc');
    assert.deepEqual(await token.headersFor('http://localhost:4318/v1/logs'), {
      authorization: 'Bearer abc',
    });
  });

  it('an empty text – takes it away', async () => {
    await token.set(URL_HERE, 'abc');
    await token.set(URL_HERE, '');
    assert.deepEqual(await token.headersFor(URL_HERE), {});
    assert.ok(![...values.values()].join().includes('abc'));
  });

  it('what would make other headers – refused, and not repeated', async () => {
    for (const text of ['zq zq', 'zq\r\nx: y', 'zqä', 'zq"', 'zq=q', '=']) {
      const fault = faultOfToken(text);
      assert.ok(fault !== undefined && !fault.includes('zq'), JSON.stringify(text));
      await assert.rejects(token.set(URL_HERE, text), /cannot be a bearer token/);
    }
  });

  it('something else in the storage – no header', async () => {
    for (const text of ['', 'null', '{', '[]', '7']) {
      values.set('interlock.exportToken', text);
      assert.deepEqual(await token.headersFor(URL_HERE), {}, text);
    }
  });

  it('a storage that never answers – the request fails, and does not wait for ever', async () => {
    const stuck = new ExportToken(
      { get: () => new Promise(() => undefined), store: async () => undefined },
      20,
    );
    await assert.rejects(stuck.headersFor(URL_HERE));
  });

  it('events are sent with it, and without it once it is gone', async () => {
    const collector = await Collector.start();
    const place = createPlace();
    const sender = createOtlpSender(collector.url, '1', () => token.headersFor(collector.url));
    const queue = new ExportQueue({
      ...{ storage: place.root, send: (logs) => sender.send(logs), redact: (text) => text },
      ...{ self: 1, isAlive: () => true },
    });
    const log = openLog(place, 's1');
    try {
      queue.follow(log.folder);
      await token.set(collector.url, 'abc');
      await queue.pump();
      assert.equal(collector.authorization, 'Bearer abc');
      await token.set(collector.url, '');
      log.append({ type: 'tamper', text: 'x' });
      await queue.pump();
      assert.equal(collector.authorization, undefined);
      assert.equal(collector.logs.length, 2);
    } finally {
      log.close();
      await sender.close();
      await collector.stop();
      place.dispose();
    }
  });
});
