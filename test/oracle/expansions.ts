// Random lines of assignments and expansions, whose words bash knows and the analyser has to know alike.
// Invariant: no value of the analyser in such a line is another one than bash's; what it cannot tell it calls dynamic.
import fc from 'fast-check';

const NAMES = ['a', 'b', 'c'];
const name = fc.constantFrom(...NAMES);

/** Text with what patterns, splitting and quoting care about. */
const plain = fc
  .array(fc.constantFrom('x', 'y', '/', '.', '-', 'ab', 'X', '1'), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(''));
const odd = fc
  .array(
    fc.constantFrom('x', ' ', '*', '?', '/', '\\', '~', '[x]', '{x,y}', '$', '"', '-', ':', '='),
    {
      maxLength: 4,
    },
  )
  .map((parts) => parts.join(''));
const singleQuoted = fc.oneof(plain, odd).map((text) => `'${text}'`);

const pattern = fc.constantFrom(
  ...[
    '*',
    '?',
    '/*',
    '*/',
    '*.',
    '.*',
    'x',
    '?x',
    '"*"',
    "'*'",
    '\\*',
    '*x*',
    '$b',
    '"$b"',
    '[xy]',
    '~',
    '\\/',
    'a b',
  ],
);
const operand = fc.constantFrom(
  ...[
    'x',
    'x y',
    '"x y"',
    "'x y'",
    '$b',
    '"$b"',
    '*',
    '~',
    '\\$b',
    '{x,y}',
    '',
    'a\\ b',
    '${c}',
    '$(echo q r)',
  ],
);
const operator = fc.oneof(
  fc.constant(''),
  fc.tuple(fc.constantFrom('%', '%%', '#', '##'), pattern).map((pair) => pair.join('')),
  fc.tuple(fc.constantFrom(':-', '-', ':+', '+', ':=', '='), operand).map((pair) => pair.join('')),
  fc.constantFrom(
    ':1',
    ':0:2',
    ': -1',
    ':2:1',
    '^^',
    ',,',
    '^',
    ',',
    '//x/y',
    '/x',
    '/#x/y',
    '@Q',
    '@U',
  ),
);
const braced = fc.tuple(name, operator).map(([variable, change]) => `\${${variable}${change}}`);
const expansion = fc.oneof(
  name.map((variable) => `$${variable}`),
  braced,
  braced,
  name.map((variable) => `\${#${variable}}`),
  fc.constantFrom(
    '$(echo x y)',
    '"$(echo x  y)"',
    '$((1+2))',
    '`echo x`',
    '$1',
    '$#',
    '"$@"',
    '$*',
    '"$*"',
  ),
);

/** A word of pieces in all ways of quoting. */
const word = fc
  .array(
    fc.oneof(
      plain,
      singleQuoted,
      expansion,
      expansion,
      expansion.map((text) => `"${text.replaceAll('"', '')}"`),
      fc.tuple(plain, expansion).map(([left, right]) => `"${left}${right.replaceAll('"', '')} z"`),
      fc.constantFrom(
        '{p,q}',
        '{1..3}',
        '\\ ',
        '\\$a',
        "$'\\t'",
        '~',
        '""',
        "''",
        'k=~',
        '{$a,q}',
        '\\"',
      ),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join(''));

const assignment = fc.oneof(
  fc.tuple(name, singleQuoted).map(([variable, value]) => `${variable}=${value}`),
  fc.tuple(name, word).map(([variable, value]) => `${variable}=${value}`),
  fc.tuple(name, word).map(([variable, value]) => `${variable}+=${value}`),
  fc.tuple(name, word).map(([variable, value]) => `export ${variable}=${value}`),
  fc.tuple(name, word, word).map(([variable, one, two]) => `${variable}=(${one} ${two})`),
  fc.tuple(word, word).map(([one, two]) => `set -- ${one} ${two}`),
  fc.tuple(name, word).map(([variable, value]) => `for ${variable} in ${value}; do :; done`),
  fc.constantFrom('shift', 'unset a', 'cd /', 'set -f', 'cd d || :'),
);
const call = fc
  .tuple(fc.constantFrom('rm', 'rm -rf', 'ls'), fc.array(word, { minLength: 1, maxLength: 3 }))
  .map(([program, words]) => [program, ...words].join(' '));

/** Lines that assign, expand, and run a program with what came out. */
export const expansionLines: fc.Arbitrary<string> = fc
  .tuple(fc.array(assignment, { minLength: 1, maxLength: 4 }), call)
  .map(([before, last]) => [...before, last].join('; '));
