// What is marked in the text of a command.
import assert from 'node:assert/strict';
import { excerpt, segments } from '../../../src/webview/model/segments.ts';

type Effect = Parameters<typeof segments>[1]['effects'][number];

function effect(start: number, end: number, severity: Effect['severity'] = 'serious'): Effect {
  return { span: { start, end }, severity } as Effect;
}

function cut(command: string, effects: Effect[], unclear: [number, number][] = []) {
  const notUnderstood = unclear.map(([start, end]) => ({
    span: { start, end },
    code: 'x',
    why: '',
  }));
  return segments(command, { effects, notUnderstood });
}

function told(parts: ReturnType<typeof segments>): string[] {
  return parts.map(({ text, tone, effects }) => `${text}|${tone}|${effects}`);
}

describe('segments', () => {
  it('no effects – one plain piece', () => {
    assert.deepEqual(told(cut('ls -la', [])), ['ls -la|plain|']);
  });
  it('an offending part in the middle – stands apart', () => {
    assert.deepEqual(told(cut('ls; rm x; ls', [effect(4, 8)])), [
      'ls; |plain|',
      'rm x|serious|0',
      '; ls|plain|',
    ]);
  });
  it('overlapping parts – the worst decides, all effects are kept', () => {
    assert.deepEqual(told(cut('abcdef', [effect(0, 4, 'minor'), effect(2, 6, 'extreme')])), [
      'ab|minor|0',
      'cd|serious|0,1',
      'ef|serious|1',
    ]);
  });
  it('what only reads – is not marked', () => {
    assert.deepEqual(told(cut('cat a', [effect(0, 5, 'none')])), ['cat a|plain|']);
  });
  it('not understood – is marked as such, over a moderate effect too', () => {
    assert.deepEqual(told(cut('x "', [effect(0, 3, 'moderate')], [[2, 3]])), [
      'x |moderate|0',
      '"|unclear|0',
    ]);
  });
  it('spans beyond the text – nothing is lost or doubled', () => {
    const parts = cut('rm x', [effect(-3, 2), effect(3, 99)]);
    assert.equal(parts.map(({ text }) => text).join(''), 'rm x');
  });
  it('an empty command – no pieces that hold text', () => {
    assert.equal(
      cut('', [])
        .map(({ text }) => text)
        .join(''),
      '',
    );
  });
});

describe('excerpt', () => {
  const long = `${'a'.repeat(500)}rm -rf /${'b'.repeat(500)}`;
  it('a short command – whole', () => {
    assert.equal(excerpt(cut('ls', []), 100).length, 1);
  });
  it('a long one – the offending part is in it, whole', () => {
    const part = excerpt(cut(long, [effect(500, 508)]), 100);
    assert.equal(
      part.reduce((sum, { text }) => sum + text.length, 0),
      100,
    );
    assert.ok(part.some(({ text, tone }) => text === 'rm -rf /' && tone === 'serious'));
    assert.equal(
      part[0]?.text,
      long.slice(part[0]?.start, (part[0]?.start ?? 0) + (part[0]?.text.length ?? 0)),
    );
  });
  it('the offending part at the end – the excerpt ends with the command', () => {
    const part = excerpt(cut(`${'a'.repeat(500)}rm`, [effect(500, 502)]), 100);
    assert.equal(part.at(-1)?.text, 'rm');
  });
});
