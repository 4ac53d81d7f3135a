// Recorded output in a live terminal: it paints, and does nothing else.
import assert from 'node:assert/strict';
import { SafeTerminal } from '../../../../src/core/session/safeTerminal.ts';
import { seeded } from '../../../helpers/fakeSecrets.ts';

function shown(...parts: string[]): string {
  const terminal = new SafeTerminal();
  return parts.map((part) => terminal.write(part)).join('');
}

const HARMLESS = [
  'text größe 東京 🚀\r\n\t\b',
  '\x1b[1;31mred\x1b[0m',
  '\x1b[38;2;1;2;3mtrue colour\x1b[38:5:9m',
  '\x1b[2J\x1b[H\x1b[10;20H\x1b[K\x1b[3A',
  '\x1b[?25l\x1b[?1049h\x1b[?1049l\x1b[?25h\x1b[?7l',
  '\x1b[1;5r\x1b[2S\x1b7\x1b8\x1bM',
  '\x1b(0lqk\x1b(B',
];

const HOSTILE: [name: string, text: string, left: string][] = [
  ['the clipboard (OSC 52)', 'a\x1b]52;c;cm0gLXJmIH4=\x07b', 'ab'],
  ['the clipboard, ended by ST', 'a\x1b]52;c;cm0=\x1b\\b', 'ab'],
  ['a forged mark of shell integration (OSC 633)', 'a\x1b]633;E;rm -rf ~\x07\x1b]633;C\x07b', 'ab'],
  ['a forged prompt mark (OSC 133)', 'a\x1b]133;A\x07b', 'ab'],
  ['a link (OSC 8)', '\x1b]8;;command:x\x1b\\click\x1b]8;;\x1b\\', 'click'],
  ['the title (OSC 0)', '\x1b]0;bash\x07b', 'b'],
  ['a notice (OSC 9, 777)', '\x1b]9;x\x07\x1b]777;notify;a;b\x07b', 'b'],
  ['a picture (OSC 1337)', '\x1b]1337;File=inline=1:AAAA\x07b', 'b'],
  ['a device string (DCS)', '\x1bP$q"p\x1b\\b', 'b'],
  ['sixel', '\x1bPq#0;2;0;0;0#0~~\x1b\\b', 'b'],
  ['APC, PM and SOS', '\x1b_x\x1b\\\x1b^x\x1b\\\x1bXx\x1b\\b', 'b'],
  ['upper controls (C1)', '\x9d52;c;cm0=\x07a\x90x\x9cb\x9b6nc', 'abc'],
  ['questions the terminal answers', '\x1b[6n\x1b[c\x1b[>c\x1b[=c\x1b[5n\x1b[18t\x1b[?6nb', 'b'],
  ['the mouse, focus and pasting', '\x1b[?1000h\x1b[?1006h\x1b[?1004h\x1b[?2004hb', 'b'],
  ['a mix of safe and unsafe modes', '\x1b[?25;1000hb', 'b'],
  ['clearing the history', '\x1b[3J\x1b[2;3Jb', 'b'],
  ['a reset and keypad modes', '\x1bc\x1b=\x1b>\x1b[!pb', 'b'],
  ['window operations', '\x1b[8;1;1t\x1b[22;2tb', 'b'],
  ['a bell and other controls', 'a\x07\x00\x0e\x0fb', 'ab'],
  ['other character sets', '\x1b%G\x1b)Zb', 'b'],
  ['an abandoned string', '\x1b]0;x\x18b', 'b'],
  ['a string that never ends', 'a\x1b]52;c;AAAA', 'a'],
  ['an escape inside a string', '\x1b]0;a\x1b[31mb', '\x1b[31mb'],
  ['a control inside a sequence', '\x1b[3\x1b]0;x\x071mb', '1mb'],
  ['text that reads backwards', 'a\u202eb\u2066c', 'a{U+202E}b{U+2066}c'],
];

describe('safeTerminal', () => {
  for (const text of HARMLESS) {
    it(`${JSON.stringify(text)} – goes through`, () => assert.equal(shown(text), text));
  }

  for (const [name, text, left] of HOSTILE) {
    it(`${name} – does not go through`, () => {
      assert.equal(shown(text), left);
      assert.equal(shown(...text), left, 'in pieces');
    });
  }

  it('whatever comes in, whatever the pieces – nothing but paint comes out', () => {
    const random = seeded(11);
    const bits = [
      '\x1b',
      '[',
      ']',
      '52;c;x',
      '633;E;y',
      '\x07',
      '\\',
      'P',
      '\x9b',
      '\x9d',
      '\x90',
      '\x9c',
      'm',
      'n',
      'h',
      '?',
      '1000',
      ';',
      '3',
      'J',
      ' ',
      'q',
      'text',
      '\x18',
      '\x1b\\',
      '_',
      'c',
      '\u202e',
      '8;;z',
    ];
    for (let round = 0; round < 3000; round++) {
      const parts = Array.from(
        { length: 12 },
        () => bits[Math.floor(random() * bits.length)] ?? '',
      );
      const out = shown(...parts);
      assert.equal(out, shown(parts.join('')));
      assert.doesNotMatch(
        out,
        /\x1b[\]PX^_c]|[\x80-\x9f]|\x1b\[[^a-zA-Z@`]*[nct]|\x1b\[\?1000|\u202e|\x07/,
        JSON.stringify(parts),
      );
    }
  });

  it('reset – puts screen, cursor and colours back', () => {
    const terminal = new SafeTerminal();
    terminal.write('\x1b[?1049h\x1b]0;unfinished');
    assert.match(terminal.reset(), /\?1049l.*\?25h.*\[0m/);
    assert.equal(terminal.write('text'), 'text');
  });
});
