// Ways to write one word, and an argv, that bash reads as the same.
// Invariant: every spelling gives exactly the word; what needs a preparation says so in `before`.
import fc from 'fast-check';

/** Text for a word, and what has to stand before the command for it (`v=rm;`). */
interface Spelled {
  text: string;
  before?: string;
}

/** `'a'\''b'`. */
export function singleQuoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** `"a\"b"`. */
export function doubleQuoted(word: string): string {
  return `"${word.replace(/[$`"\\]/g, '\\$&')}"`;
}

/** A backslash before each character; a newline cannot be written so. */
function escaped(word: string): string {
  return word.includes('\n') ? singleQuoted(word) : word.replace(/[\s\S]/g, '\\$&');
}

function plain(word: string): string {
  return /^[\w./:@%,+=-]+$/.test(word) ? word : singleQuoted(word);
}

const ANSI: readonly ((code: number) => string)[] = [
  (code) => `\\x${code.toString(16).padStart(2, '0')}`,
  (code) => `\\${code.toString(8).padStart(3, '0')}`,
  (code) => `\\u${code.toString(16).padStart(4, '0')}`,
];

function ansiQuoted(word: string, form: number): string {
  const write = ANSI[form % ANSI.length] ?? ANSI[0];
  const text = [...word].map((char) => write?.(char.charCodeAt(0)) ?? char);
  return `$'${text.join('')}'`;
}

/** The word cut in two at `at`, each half written by itself. */
function cut(word: string, at: number, join: string): string {
  const place = word.length === 0 ? 0 : at % word.length;
  return `${place === 0 ? '' : plain(word.slice(0, place))}${join}${plain(word.slice(place))}`;
}

/** All ways to write a word. `name` is a variable name that nothing else uses. */
export function spelling(word: string, name: string): fc.Arbitrary<Spelled> {
  const at = fc.nat(12);
  return fc
    .oneof(
      { weight: 6, arbitrary: fc.constant({ text: plain(word) }) },
      fc.constant({ text: singleQuoted(word) }),
      fc.constant({ text: doubleQuoted(word) }),
      fc.constant({ text: escaped(word) }),
      fc.nat(2).map((form) => ({ text: ansiQuoted(word, form) })),
      at.map((place) => ({ text: cut(word, place, "''") })),
      at.map((place) => ({ text: cut(word, place, '""') })),
      at.map((place) => ({ text: cut(word, place, '\\\n') })),
      at.map((place) => ({
        text: cut(word, place, `\${${name}_unset}`),
        before: `${name}_unset=`,
      })),
      fc.constant({ text: `"$${name}"`, before: `${name}=${singleQuoted(word)}` }),
      fc.constant({ text: `"\${${name}}"`, before: `declare ${name}=${doubleQuoted(word)}` }),
      fc.constant({ text: `"$(echo ${singleQuoted(word)})"` }),
      fc.constant({ text: `"$(printf %s ${singleQuoted(word)})"` }),
    )
    .filter(({ text }) => !/\$\(echo '-/.test(text));
}

const BLANKS = [' ', ' ', ' ', '  ', '\t', ' \\\n ', '\\\n '];
const REDIRECTS = [
  '>/dev/null',
  '2>/dev/null',
  '2>&1',
  '&>/dev/null',
  '</dev/null',
  '> /dev/null',
  '>>/dev/null',
  '2>&-',
  '>|/dev/null',
  '<<<x',
  '3>&1',
];

/** A command with its words spelled, blanks and redirects put in. */
export function command(argv: readonly string[]): fc.Arbitrary<string> {
  const words = fc.tuple(...argv.map((word, index) => spelling(word, `v${index}`)));
  const blanks = fc.array(fc.constantFrom(...BLANKS), {
    minLength: argv.length,
    maxLength: argv.length,
  });
  const redirect = fc.option(
    fc.record({ text: fc.constantFrom(...REDIRECTS), at: fc.nat(argv.length) }),
    { freq: 2 },
  );
  return fc.record({ words, blanks, redirect }).map(({ words, blanks, redirect }) => {
    const texts = words.map(({ text }) => text);
    if (redirect) {
      texts.splice(redirect.at, 0, redirect.text);
    }
    const line = texts.map((text, index) => text + (blanks[index] ?? ' ')).join('');
    const before = words.flatMap((word) => (word.before === undefined ? [] : [word.before]));
    return [...before, line.trimEnd().replace(/\\$/, '')].join('; ');
  });
}
