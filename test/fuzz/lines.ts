// Generated text: random bytes, shell tokens in no order, lines from a small grammar, and those with damage.
import fc from 'fast-check';
import { CARRIERS, NESTED, nested, REPEATED, repeated } from './repeats.ts';

const TOKENS = [
  ...['rm', '-rf', 'ls', 'cat', 'echo', 'git', 'a', 'x=', 'a=b', '/', '.', '*', '?', '~', 'é', '-'],
  ...[
    '$(',
    ')',
    '`',
    '"',
    "'",
    '\\',
    '\n',
    '\t',
    ' ',
    ' ',
    '\\\n',
    "$'",
    '$"',
    '$',
    '${',
    '}',
    '${x',
  ],
  ...[':-', '##', '%', '#', '!', '=', '+=', '@', '[', ']', '[[', ']]', '((', '))', '$((', '$['],
  ...['{', '}', '(', ')', 'if', 'then', 'elif', 'else', 'fi', 'for', 'in', 'do', 'done', 'while'],
  ...['case', 'esac', ';;', ';&', 'function', 'f()', 'time', 'coproc', 'select', 'until', 'eval'],
  ...['|', '|&', '&', '&&', '||', ';', '>', '<', '>>', '>|', '<>', '&>', '2>&1', '<(', '>(', '<<<'],
  ...['<<X', '<<-X', "<<'X'", '\nX\n', '{fd}>', '3>&-', 'bash -c', 'xargs', 'sudo', 'find . -exec'],
  ...['\r', '\0', '\x1b', '\u00a0', '\u2028', '\ufeff', '\ud800', '😀', '{1..9}', '{a,b}', 'trap'],
];

const MAX_LENGTH = 65_536;

const bytes = fc.string({ unit: 'binary', maxLength: 200 });
const tokens = fc
  .array(fc.constantFrom(...TOKENS), { maxLength: 40 })
  .chain((list) => fc.constantFrom('', ' ').map((between) => list.join(between)));

const { line: grammatical } = fc.letrec<{ word: string; simple: string; line: string }>((tie) => ({
  word: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      'ls',
      'rm',
      'cat',
      'echo',
      'git',
      'status',
      '-rf',
      'src',
      '"a b"',
      "'c;d'",
      '*',
    ),
    fc.constantFrom('$x', '"${x:-y}"', '{a,b}', "$'\\x41'", '~/z', '$((1 + 2))', '\\;', 'A=b'),
    tie('line').map((line) => `$(${line})`),
    tie('line').map((line) => `"\`${line.replace(/[\\`$"]/g, '\\$&')}\`"`),
    tie('line').map((line) => `'${line.replaceAll("'", "'\\''")}'`),
    tie('line').map((line) => `<(${line})`),
  ),
  simple: fc
    .array(fc.oneof({ weight: 5, arbitrary: tie('word') }, fc.constantFrom('>f', '2>&1', '<g')), {
      minLength: 1,
      maxLength: 5,
    })
    .map((list) => list.join(' ')),
  line: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('simple'),
    fc
      .tuple(tie('line'), fc.constantFrom(' && ', ' || ', ' | ', '; ', '\n', ' & '), tie('line'))
      .map((parts) => parts.join('')),
    tie('line').map((line) => `if ${line}; then ${line}; fi`),
    tie('line').map((line) => `for i in a b; do ${line}; done`),
    tie('line').map((line) => `{ ${line}; }`),
    tie('line').map((line) => `(${line})`),
    tie('line').map((line) => `case x in a|b) ${line} ;; esac`),
    tie('line').map((line) => `f() { ${line}; }; f`),
    tie('line').map((line) => `cat <<X\n${line}\nX\n`),
    tie('line').map((line) => `bash -c '${line.replaceAll("'", "'\\''")}'`),
  ),
}));

const damaged = fc
  .tuple(grammatical, fc.nat(), fc.nat(20), fc.constantFrom('', ...TOKENS))
  .map(([line, at, length, token]) => {
    const start = line.length === 0 ? 0 : at % line.length;
    return line.slice(0, start) + token + line.slice(start + length);
  });

/** One token over and over, alone or opening and closing: the shapes that make readers slow. */
const long = fc
  .tuple(
    fc.constantFrom(...TOKENS, '$(a', '"$(', '{a,', '((a', '\\\\', 'a b ', 'a && ', 'a | ', '<<X '),
    fc.constantFrom('', ')', '}', '"', '))', '`', ' fi', ' done'),
    fc.integer({ min: 10, max: MAX_LENGTH }),
    fc.constantFrom('', 'ls ', 'rm x; '),
  )
  .map(([open, close, length, head]) => {
    const count = Math.max(1, Math.floor(length / (open.length + close.length)));
    return (head + open.repeat(count) + close.repeat(count)).slice(0, MAX_LENGTH);
  });

/** Long lines that are costly to judge: everything that there is, many times, inside of everything that holds text. */
export const costlyLines: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...CARRIERS),
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...REPEATED) },
      { weight: 1, arbitrary: fc.constantFrom(...NESTED) },
    ),
    fc.constantFrom(600, 5_000, 19_900, 64_000),
  )
  .map(([carrier, piece, length]) =>
    typeof piece === 'string' ? repeated(piece, length, carrier) : nested(piece, length, carrier),
  );

/** All kinds; long ones are rare because they are slow to make, not to read. */
export const fuzzLines: fc.Arbitrary<string> = fc.oneof(
  { weight: 20, arbitrary: bytes },
  { weight: 30, arbitrary: tokens },
  { weight: 20, arbitrary: grammatical },
  { weight: 28, arbitrary: damaged },
  { weight: 2, arbitrary: long },
  { weight: 3, arbitrary: costlyLines },
);
