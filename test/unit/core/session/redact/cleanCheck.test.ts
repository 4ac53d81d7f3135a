// The fast look at output never calls clean what the careful one finds something in, and changes nothing of what comes out.
import assert from 'node:assert/strict';
import { HintScanner } from '../../../../../src/core/session/redact/hintScanner.ts';
import { Redactor } from '../../../../../src/core/session/redact/redactor.ts';
import { RedactStream } from '../../../../../src/core/session/redact/redactStream.ts';
import { visibleText } from '../../../../../src/core/session/redact/visibleText.ts';
import { fakePrivateKey, fakeTokens, seeded } from '../../../../helpers/fakeSecrets.ts';

const redactor = new Redactor({ key: () => 'k', known: ['known value 1234', 'größe-€Ab9'] });
const PLAIN = [
  'line of a build 12\r\n',
  'größe 東京 🚀\r\n',
  '50%\r',
  '\x1b[32mok\x1b[0m\r\n',
  'end\n',
];

function lengths(random: () => number, text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = at + 1 + Math.floor(random() * 90);
    if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end += 1;
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}

/** Plain lines with secrets between them, some with colours inside. */
function mixed(random: () => number): string {
  const secrets = fakeTokens(Math.floor(random() * 1000));
  let text = '';
  for (let i = 0; i < 40; i++) {
    text += PLAIN[Math.floor(random() * PLAIN.length)] ?? '';
    const { text: secret = '' } = secrets[Math.floor(random() * secrets.length)] ?? {};
    const at = Math.floor(random() * secret.length);
    const coloured = `${secret.slice(0, at)}\x1b[1;31m${secret.slice(at)}\x1b[m`;
    const choice = random();
    if (choice < 0.1) text += `a ${secret} b\r\n`;
    else if (choice < 0.2) text += coloured;
    else if (choice < 0.25) text += `password=${Math.floor(random() * 1e9)}x`;
    else if (choice < 0.28) text += `\r\n${fakePrivateKey('RSA ', 4, '\r\n')}\r\n`;
    else if (choice < 0.31) text += 'known value 1234 größe-€Ab9';
    else if (choice < 0.34) text += '\x1b]0;title with token=ab12cd34\x07';
  }
  return text;
}

describe('HintScanner.isIn', () => {
  it('a hint at any place, in any case – is found; part of one is not', () => {
    const scanner = new HintScanner(['key', 'sk-', 'token', '://', 'github_pat_']);
    for (const hint of ['key', 'KEY', 'sk-', 'tOkEn', '://', 'github_pat_']) {
      for (let at = 0; at < 9; at++) {
        for (const after of ['', 'x', 'xy', 'xyz']) {
          const bytes = Buffer.from('.'.repeat(at) + hint + after);
          assert.equal(scanner.isIn(bytes, bytes.length), true, `${hint} at ${at} before ${after}`);
          const cut = at + hint.length - 1;
          assert.equal(scanner.isIn(bytes, cut), false, `${hint} cut, at ${at}`);
        }
      }
    }
  });
});

describe('cleanCheck', () => {
  it('plain output with colours and other scripts – is clean', () => {
    assert.equal(redactor.isClean('', Buffer.from(PLAIN.join(''))), true);
  });

  it('what the careful look finds, cut into lines in any way – is never clean', () => {
    const random = seeded(11);
    for (let round = 0; round < 60; round++) {
      const text = mixed(random);
      for (let i = 0; i < 20; i++) {
        const from = Math.floor(random() * text.length);
        const middle = from + Math.floor(random() * 40);
        const piece = text.slice(middle, middle + Math.floor(random() * 300));
        const context = visibleText(text.slice(from, middle)).text;
        const finds = redactor.find(context + visibleText(piece).text).length;
        const isClean = redactor.isClean(context, Buffer.from(piece));
        assert.ok(!(isClean && finds > 0), JSON.stringify([context, piece]));
      }
    }
  });

  it('an escape that is not whole, or holds text – is not clean', () => {
    for (const text of [
      'a\x1b',
      'a\x1b[3',
      '\x1b]0;t\x07',
      '\x1bP1\x1b\\',
      '\x9b1m',
      '\x1b[\n1m',
    ]) {
      assert.equal(redactor.isClean('', Buffer.from(`${text}`)), false, JSON.stringify(text));
    }
  });

  it('a secret begun before a pause – is not clean', () => {
    assert.equal(redactor.isClean('x tok', Buffer.from('en=abcdef12\n')), false);
    assert.equal(redactor.isClean('x tok', Buffer.from('\x1b[1men=abcdef12\n')), false);
  });

  it('a known value with nothing to look for in bytes – nothing is clean', () => {
    const odd = new Redactor({ key: () => 'k', known: ['пароль12'] });
    assert.equal(odd.isClean('', Buffer.from('plain\n')), false);
  });
});

describe('RedactStream.pushBytes', () => {
  it('any output in any pieces – the same comes out as from text', () => {
    const random = seeded(12);
    let fast = 0;
    for (let round = 0; round < 60; round++) {
      const pieces = lengths(random, mixed(random));
      const [careful, quick] = [new RedactStream(redactor), new RedactStream(redactor)];
      let [expected, found] = ['', ''];
      for (const piece of pieces) {
        expected += careful.push(piece);
        const { clean, text } = quick.pushBytes(Buffer.from(piece));
        fast += clean.length;
        found += clean.toString() + text;
        if (random() < 0.1) {
          const isLate = random() < 0.3;
          expected += careful.settle(isLate);
          found += quick.settle(isLate);
        }
      }
      assert.equal(found + quick.end(), expected + careful.end());
    }
    assert.ok(fast > 10_000, `only ${fast} bytes went the fast way`);
  });

  it('plain output – goes out as it came but for the line that has not ended', () => {
    const stream = new RedactStream(redactor);
    const { clean, text } = stream.pushBytes(Buffer.from('one\r\ntwo\r\nthr'));
    assert.deepEqual([clean.toString(), text], ['one\r\ntwo\r\n', '']);
    assert.equal(stream.pushBytes(Buffer.from('ee\r\n')).clean.toString(), 'three\r\n');
  });
});
