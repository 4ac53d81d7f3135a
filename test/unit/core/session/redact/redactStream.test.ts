// Secrets across the borders of pieces, through colours, after pauses, and long outputs.
import assert from 'node:assert/strict';
import { plainText } from '../../../../../src/core/session/plainText.ts';
import { Redactor } from '../../../../../src/core/session/redact/redactor.ts';
import { RedactStream } from '../../../../../src/core/session/redact/redactStream.ts';
import { fakePrivateKey, fakeTokens, seeded } from '../../../../helpers/fakeSecrets.ts';

const redactor = new Redactor({ key: () => 'k', known: ['known value 1234'] });

function through(pieces: readonly string[]): string {
  const stream = new RedactStream(redactor);
  return pieces.map((piece) => stream.push(piece)).join('') + stream.end();
}

describe('redactStream', () => {
  it('a token cut anywhere – is found', () => {
    for (const { text, secret } of fakeTokens(4)) {
      const line = `value ${text} end\r\n`;
      for (let cut = 1; cut < line.length; cut += 3) {
        const shown = through([line.slice(0, cut), line.slice(cut)]);
        assert.ok(!shown.includes(secret.slice(-12)), `${cut}: ${shown}`);
      }
    }
  });

  it('every character in a piece of its own – is found', () => {
    for (const { text, secret } of fakeTokens(5)) {
      const shown = through([...`x ${text} y\r\nknown value 1234\r\n`]);
      assert.ok(!shown.includes(secret.slice(-12)) && !shown.includes('known value'), shown);
    }
  });

  it('colours inside – the secret goes, the colours stay', () => {
    for (const { text, secret } of fakeTokens(6)) {
      for (const at of [1, 3, Math.floor(text.length / 2), text.length - 1]) {
        const coloured = `${text.slice(0, at)}\x1b[01;31m\x1b[K${text.slice(at)}\x1b[m\x1b[K`;
        const shown = through([`a ${coloured} b\r\n`]);
        assert.ok(!plainText(shown).includes(secret.slice(-12)), JSON.stringify(shown));
        assert.match(shown, /\x1b\[01;31m[\s\S]*\x1b\[m/);
      }
    }
  });

  it('text without secrets – comes out as it went in, whatever the pieces', () => {
    const random = seeded(3);
    const text = Array.from(
      { length: 400 },
      (_, i) => `\x1b[3${i % 8}mline ${i}\x1b[0m größe 東京 🚀\r\n`,
    ).join('');
    for (let round = 0; round < 20; round++) {
      const pieces: string[] = [];
      for (let at = 0; at < text.length; ) {
        const size = 1 + Math.floor(random() * 300);
        pieces.push(text.slice(at, at + size));
        at += size;
      }
      assert.equal(through(pieces), text);
    }
  });

  it('a prompt without a line end – comes out after a pause', () => {
    const stream = new RedactStream(redactor);
    assert.equal(stream.push('Password: '), '');
    assert.equal(stream.settle(), 'Password: ');
    assert.equal(stream.isHolding, false);
  });

  it('a secret that has begun – is waited for through a pause', () => {
    const [token] = fakeTokens(8).filter(({ rule }) => rule === 'github-token');
    assert.ok(token);
    const stream = new RedactStream(redactor);
    const start = stream.push(token.secret.slice(0, 20)) + stream.settle();
    assert.equal(start, '');
    const shown = stream.push(`${token.secret.slice(20)}\n`);
    assert.match(shown, /^«redacted:github-token:len40:\w{8}»\n$/);
  });

  it('typed slowly, one key after the other – what makes it a secret does not come out', () => {
    const [token] = fakeTokens(9).filter(({ rule }) => rule === 'github-token');
    assert.ok(token);
    const stream = new RedactStream(redactor);
    let shown = '';
    for (const key of token.secret) shown += stream.push(key) + stream.settle();
    shown += stream.push('\r\n');
    assert.ok(!shown.includes(token.secret.slice(8, 20)), shown);
  });

  it('a private key in pieces – is one mark; after it the text goes on', () => {
    const key = fakePrivateKey('RSA ', 25, '\r\n');
    const text = `before\r\n${key}\r\nafter\r\n`;
    for (const size of [1, 7, 64, 1000]) {
      const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
      const shown = through(pieces);
      assert.match(shown, /^before\r\n«redacted:private-key:len\d+:\w{8}»\r\nafter\r\n$/);
    }
  });

  it('a private key without an end – no line of it comes out', () => {
    const key = fakePrivateKey('', 2000, '\n').replace(/-----END[\s\S]*/, '');
    const lines = key.split('\n').slice(1);
    const shown = through(`${key}`.match(/[\s\S]{1,4096}/g) ?? []);
    assert.ok(lines.every((line) => line === '' || !shown.includes(line)));
  });

  it('an endless line – is released but for its end', () => {
    const stream = new RedactStream(redactor);
    let length = 0;
    for (let i = 0; i < 100; i++) length += stream.push('x '.repeat(1000)).length;
    assert.ok(length > 180_000, String(length));
  });
});
