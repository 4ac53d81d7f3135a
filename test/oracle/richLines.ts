// Random lines with what a shell keeps between commands: IFS, arrays, positional words, functions, local names, directories.
// Invariant: the lines write no files and start only programs that the jail stands in for.
import fc from 'fast-check';

const name = fc.constantFrom('a', 'b', 'c');
const text = fc
  .array(
    fc.constantFrom('x', 'y:z', ' ', '*', '~', '/', ':', 'k=~', '1', '\\', '-n', '[x]', '{p,q}'),
    {
      maxLength: 3,
    },
  )
  .map((parts) => parts.join(''));
const quoted = text.map((value) => `'${value}'`);

const read = fc.constantFrom(
  ...[
    '$a',
    '"$a"',
    '${a}',
    '$b',
    '"$b"',
    '${c-x}',
    '"${c:-x y}"',
    '${a[1]}',
    '"${a[@]}"',
    '${a[@]}',
    '"${a[*]}"',
    '${a[*]}',
    '${#a[@]}',
    '${#a}',
    '${a[-1]}',
    '"${a[@]:1}"',
    '${a[@]:0:1}',
    '${!a[@]}',
    '${!b}',
    '$1',
    '"$1"',
    '$2',
    '"$@"',
    '$@',
    '"$*"',
    '$*',
    '${@:2}',
    '"${@:1:1}"',
    '$#',
    '${a%:*}',
    '"${a##*/}"',
    '${a//:/ }',
    '"${a/x/$b}"',
    '${b^^}',
    '${a:+"$b"}',
    '${a+$b}',
    '"${a:-"$b"}"',
    '$((1 + ${#a}))',
    '$(echo $a)',
    '"$(printf %s "$b")"',
    '`echo "$a"`',
    '~',
    '~+',
    '~-',
    '$PWD',
    '"$OLDPWD"',
    '$HOME',
    '$IFS',
    '"$IFS"',
    '${a@Q}',
    '${a:1}',
    '${a: -1}',
    '${a:$((0)):1}',
  ],
);
const word = fc
  .array(
    fc.oneof(
      read,
      read,
      quoted,
      fc.constantFrom(
        'x',
        ':',
        '/',
        '{a..c}',
        '{1..5..2}',
        '{,x}',
        '{x,{y,z}}',
        '\\{x,y}',
        '{x',
        '*',
        '[a]',
        'k=',
        '""',
        '$',
        '\\ ',
        "$'\\n'",
        '~/x',
        ':~',
      ),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join(''));

const call = fc
  .tuple(
    fc.constantFrom('rm', 'rm -rf', 'ls', 'set --', 'f', 'g'),
    fc.array(word, { minLength: 1, maxLength: 2 }),
  )
  .map(([program, words]) => [program, ...words].join(' '));

const simple: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(name, word).map(([left, right]) => `${left}=${right}`),
  fc.tuple(name, quoted).map(([left, right]) => `${left}=${right}`),
  fc.tuple(name, word).map(([left, right]) => `${left}+=${right}`),
  fc.tuple(name, word, word).map(([left, one, two]) => `${left}=(${one} ${two})`),
  fc.tuple(name, word).map(([left, right]) => `${left}+=(${right})`),
  fc.tuple(name, word).map(([left, right]) => `${left}[1]=${right}`),
  fc.tuple(name, quoted, quoted).map(([left, one, two]) => `${left}=([1]=${one} [0]=${two})`),
  fc.tuple(name, word).map(([left, right]) => `declare ${left}=${right}`),
  fc.tuple(name, word).map(([left, right]) => `export ${left}=${right}`),
  fc.tuple(name, word).map(([left, right]) => `local ${left}=${right}`),
  fc.tuple(name, word, call).map(([left, right, then]) => `${left}=${right} ${then}`),
  fc.tuple(name, word).map(([left, right]) => `read -r ${left} <<< ${right}`),
  fc.tuple(name, word).map(([left, right]) => `printf -v ${left} %s ${right}`),
  fc.tuple(name, word).map(([left, right]) => `: \${${left}:=${right}}`),
  fc.tuple(name, word).map(([left, right]) => `eval "${left}=\\${right}"`),
  fc.constantFrom(
    ...[
      'IFS=:',
      'IFS=x',
      'IFS=',
      'unset IFS',
      "IFS=$' \\n'",
      'IFS=$a',
      'unset a',
      'unset "a[0]"',
      'shift',
      'set -f',
      'set +f',
      'cd /',
      'cd d || :',
      'cd ..',
      'cd - && :',
      'cd ~',
      'pushd / && popd',
      'OLDPWD=/usr',
      'PWD=/etc',
      'HOME=/root',
      'a=b',
      'b=a',
      'unset -f f',
      'return',
      '[ -n "$a" ] && return',
      '[ -n "$b" ] || break',
      '[ -n "$1" ] && continue',
      'declare -u b',
      'let c=1+1',
      '((c = 2))',
    ],
  ),
  call,
  call,
);

const body = fc.array(simple, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('; '));
const compound: fc.Arbitrary<string> = fc.oneof(
  simple,
  simple,
  simple,
  body.map((inner) => `f() { ${inner}; }`),
  body.map((inner) => `g() { ${inner}; }`),
  body.map((inner) => `(${inner})`),
  body.map((inner) => `{ ${inner}; }`),
  fc
    .tuple(name, word, word, body)
    .map(([left, one, two, inner]) => `for ${left} in ${one} ${two}; do ${inner}; done`),
  fc
    .tuple(word, body, body)
    .map(([subject, one, two]) => `case ${subject} in x*) ${one};; *) ${two};; esac`),
  fc.tuple(word, body).map(([subject, inner]) => `if [[ -n ${subject} ]]; then ${inner}; fi`),
  fc.tuple(simple, simple).map(([one, two]) => `${one} && ${two}`),
  fc.tuple(simple, simple).map(([one, two]) => `${one} || ${two}`),
  body.map((inner) => `eval '${inner.replaceAll("'", '"')}'`),
  body.map((inner) => `bash -c '${inner.replaceAll("'", '"')}' _ p 'q r'`),
);

/** Lines of several commands, the last of which starts a program. */
export const richLines: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(compound, { minLength: 2, maxLength: 5 }),
    fc.array(word, { minLength: 1, maxLength: 2 }),
  )
  .map(([before, words]) => [...before, ['rm', ...words].join(' ')].join('; '));
