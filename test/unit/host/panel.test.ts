// The page of the panel and the messages that it may send.
import assert from 'node:assert/strict';
import { panelHtml } from '../../../src/host/panelHtml.ts';
import { readFromPanel } from '../../../src/host/panelMessages.ts';

const answer = {
  v: 1,
  type: 'answer',
  submission: 's',
  token: 't',
  sha256: 'h',
  answer: 'approve',
};

const grant = {
  kind: 'tokens',
  match: 'npm run *',
  upTo: 'MEDIUM',
  scope: 'session',
  expiry: 'hour',
};

describe('panelMessages', () => {
  for (const message of [
    { v: 1, type: 'ready' },
    { v: 1, type: 'act', action: 'stopAgent' },
    { v: 1, type: 'copy', submission: 's' },
    { v: 1, type: 'details', submission: 's' },
    { v: 1, type: 'page', before: 0 },
    { v: 1, type: 'takeSuggestion', id: 'x' },
    { v: 1, type: 'previewGrant', request: 1, submission: 's', grant },
    { v: 1, type: 'editAndRun', submission: 's', token: 't', sha256: 'h', command: 'ls' },
    { ...answer, message: undefined, grant: undefined },
    { ...answer, message: undefined, grant },
    { ...answer, answer: 'deny', message: 'no', grant: undefined },
  ]) {
    it(`${JSON.stringify(message)} is taken`, () => {
      assert.deepEqual(readFromPanel(message), message);
    });
  }

  it('fields that do not belong are dropped', () => {
    assert.deepEqual(readFromPanel({ v: 1, type: 'ready', more: 1 }), { v: 1, type: 'ready' });
  });

  for (const message of [
    undefined,
    'ready',
    {},
    { v: 2, type: 'ready' },
    { v: 1, type: 'run', command: 'ls' },
    { v: 1, type: 'copy' },
    { ...answer, answer: 'yes' },
    { ...answer, token: undefined },
    { ...answer, sha256: 5 },
    { ...answer, message: {} },
    { ...answer, answer: 'deny', grant },
    { ...answer, grant: { ...grant, scope: 'machine' } },
    { ...answer, grant: { ...grant, upTo: 'ANY' } },
    { ...answer, grant: 'all' },
    { v: 1, type: 'editAndRun', submission: 's', token: 't', sha256: 'h' },
    { v: 1, type: 'previewGrant', request: 1, submission: 's' },
    { v: 1, type: 'page', before: -1 },
    { v: 1, type: 'act', action: 'approve' },
  ]) {
    it(`${JSON.stringify(message)} is refused`, () => {
      assert.equal(readFromPanel(message), undefined);
    });
  }
});

describe('panelHtml', () => {
  const html = panelHtml({
    cspSource: 'https://files.test',
    nonce: 'abc123',
    script: 'https://files.test/panel.js?a=1&b="2"',
    styles: ['https://files.test/panel.css'],
    player: { script: 'https://files.test/player.js', style: 'https://files.test/player.css' },
  });

  it('nothing is allowed but our script and our files', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    assert.equal(
      policy,
      "default-src 'none'; script-src 'nonce-abc123' 'wasm-unsafe-eval'; style-src https://files.test 'nonce-abc123'; font-src https://files.test; base-uri 'none'; form-action 'none'",
    );
    // The player of recordings is WebAssembly; text never becomes script.
    assert.doesNotMatch(html, /'unsafe-(inline|eval)'/);
  });

  it('every script carries the nonce and stands in a file', () => {
    const scripts = html.match(/<script[^>]*>[^<]*/g) ?? [];
    assert.equal(scripts.length, 1);
    assert.match(scripts[0] ?? '', /nonce="abc123" src="[^"]*&#38;b=&#34;2&#34;">$/);
    assert.doesNotMatch(html, / on\w+=/);
  });
});
