// What a person sees of a command: nothing hidden, nothing moved, nothing to click.
import assert from 'node:assert/strict';
import {
  cutMiddle,
  showInMessage,
  showLines,
  showPieces,
  showText,
} from '../../../../src/core/session/display.ts';

describe('showText', () => {
  const cases: [name: string, text: string, shown: string][] = [
    ['plain text – stays', 'git log --oneline', 'git log --oneline'],
    ['letters of other scripts – stay', 'echo "größe 東京 привет"', 'echo "größe 東京 привет"'],
    ['right-to-left override – mark', 'rm \u202Etxt.exe', 'rm {U+202E}txt.exe'],
    ['isolates – marks', '\u2066a\u2069', '{U+2066}a{U+2069}'],
    ['zero-width space – mark', 'r\u200Bm', 'r{U+200B}m'],
    ['byte order mark – mark', '\uFEFFls', '{U+FEFF}ls'],
    ['soft hyphen – mark', 'a\u00ADb', 'a{U+00AD}b'],
    ['Hangul filler – mark', 'a\u3164b', 'a{U+3164}b'],
    ['empty Braille cell – mark', 'a\u2800b', 'a{U+2800}b'],
    ['no-break space – mark', 'a\u00A0b', 'a{U+00A0}b'],
    ['ideographic space – mark', 'a\u3000b', 'a{U+3000}b'],
    ['tag letters – marks', 'a\u{E0041}', 'a{U+E0041}'],
    ['variation selector – mark', 'a\uFE0F', 'a{U+FE0F}'],
    ['escape sequence – mark', '\u001b[2K\rls', '{U+001B}[2K{U+000D}ls'],
    ['bell, delete and C1 – marks', '\u0007\u007f\u009b', '{U+0007}{U+007F}{U+009B}'],
    ['lone surrogate – mark', 'a\uD800b', 'a{U+D800}b'],
    ['line separator – mark', 'a\u2028b', 'a{U+2028}b'],
    ['line break – its sign', 'a\nb', 'a↵b'],
    ['tab – its sign', 'a\tb', 'a⇥b'],
    ['the sign itself – mark, so it cannot be imitated', 'a↵b', 'a{U+21B5}b'],
    ['a mark itself – its brace is marked', '{U+202E}', '{U+007B}U+202E}'],
    ['emoji – stays', 'echo 🚀', 'echo 🚀'],
    ['accent – stays', 'cafe\u0301', 'cafe\u0301'],
    [
      'pile of accents – the fourth is marked',
      'e\u0301\u0301\u0301\u0301',
      'e\u0301\u0301\u0301{U+0301}',
    ],
  ];
  for (const [name, text, shown] of cases) {
    it(name, () => assert.equal(showText(text), shown));
  }
});

describe('showPieces', () => {
  it('marks, line breaks and tabs stand apart; together it is what showText gives', () => {
    const text = 'a\u202Eb\n\tc\u200B\u200B';
    const pieces = showPieces(text);
    assert.deepEqual(
      pieces.map(({ kind }) => kind),
      ['plain', 'mark', 'plain', 'line', 'tab', 'plain', 'mark', 'mark'],
    );
    assert.equal(pieces.map((piece) => piece.text).join(''), showText(text));
  });
});

describe('showLines', () => {
  it('line breaks stay, other controls do not', () => {
    assert.equal(showLines('a\n\rb\n'), 'a\n{U+000D}b\n');
  });
});

describe('showInMessage', () => {
  it('a link of the editor – is not one any more', () => {
    assert.equal(showInMessage('echo [Deny](command:x)'), 'echo [Deny]{U+0028}command:x)');
  });
});

describe('cutMiddle', () => {
  it('short text – stays', () => assert.equal(cutMiddle('a'.repeat(40), 40), 'a'.repeat(40)));
  it('long text – both ends and the length of what is missing', () => {
    const cut = cutMiddle(`${'a'.repeat(500)}${'b'.repeat(500)}`, 100);
    assert.match(cut, /^a{42} …\[930 characters left out\]… b{28}$/);
  });
  it('never longer than asked for', () => {
    for (const length of [41, 100, 10_000, 1_000_000]) {
      assert.ok(cutMiddle('x'.repeat(length), 80).length <= 80, String(length));
    }
  });
  it('a mark or a pair at the cut – stays whole', () => {
    for (let shift = 0; shift < 24; shift++) {
      const cut = cutMiddle(`${'x'.repeat(shift)}${'{U+202E}🚀'.repeat(40)}`, 100);
      const rest = cut.replace(/\{U\+202E\}|🚀| …\[\d+ characters left out\]… |x/gu, '');
      assert.equal(rest, '', cut);
    }
  });
});
