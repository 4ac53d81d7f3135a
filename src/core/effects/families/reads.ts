// Programs that only read, with the options under which that is proved. This decides what flows without a question.
// Invariant: a program is here only if its listed options cannot write, run another program or send anything.

import { reader } from '../readRule.ts';
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Family, Target } from '../types.ts';
import { words } from '../words.ts';
import { fileReadRules } from './readFiles.ts';
import { machineReadRules } from './readMachine.ts';

const CHECKSUMS = words(`
  md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum md5
  shasum
`);

/** Print files or parts of them; none of their options writes or runs anything. */
const PRINTERS = [
  ...words(`
  cat head tail nl wc tac rev cut paste join comm cmp fold fmt pr expand unexpand
  od hexdump hd column zcat bzcat xzcat gzcat lz4cat look tsort numfmt
`),
  ...CHECKSUMS,
];

const SORT_WRITES = ['-o', '--output', '--compress-program', '-T', '--temporary-directory'];

export const readsFamily: Family = {
  name: 'reads',
  about: 'Programs that only read, and the options under which that is proved.',
  syntax: [
    {
      programs: ['head', 'tail'],
      valueOptions: ['-n', '--lines', '-c', '--bytes', '-s', '--pid', '--sleep-interval'],
    },
    {
      programs: ['cut'],
      valueOptions: ['-d', '--delimiter', '-f', '--fields', '-c', '-b', '--output-delimiter'],
    },
    {
      programs: ['sort'],
      valueOptions: words('-k -t -o --output -S -T --compress-program --key'),
      flags: ['--reverse', '--numeric-sort', '--unique'],
    },
    {
      programs: ['grep', 'egrep', 'fgrep', 'zgrep', 'ggrep'],
      valueOptions: words(`
  -e --regexp -f --file -A -B -C -m --include --exclude --exclude-dir --max-count
  --color --context -d -D
`),
    },
    {
      programs: ['rg'],
      abbreviates: false,
      valueOptions: words(`
  -e -f -g --glob -t -T --type -A -B -C -m -r -M -j --pre --pre-glob --max-depth
  --max-count --sort --hostname-bin
`),
    },
    {
      programs: ['jq', 'gojq', 'jaq'],
      abbreviates: false,
      valueOptions: ['-f', '--from-file', '-L', '--indent', '--tab'],
    },
    { programs: ['yq'], abbreviates: false, valueOptions: ['-p', '-o', '-I'] },
    { programs: ['tree'], valueOptions: ['-L', '-P', '-I', '-o', '--filelimit'] },
    { programs: ['xxd'], valueOptions: ['-l', '-s', '-c', '-g', '-o'], abbreviates: false },
    { programs: ['diff', 'colordiff'], valueOptions: ['-U', '-C', '-x', '-I', '--label'] },
    {
      programs: ['shuf'],
      valueOptions: words('-n --head-count -o --output -i --input-range --random-source'),
    },
    { programs: ['iconv'], valueOptions: words('-f --from-code -t --to-code -o --output') },
    { programs: ['uniq'], valueOptions: ['-f', '-s', '-w'] },
    { programs: ['wc'], valueOptions: ['--files0-from'] },
    {
      programs: ['date', 'gdate'],
      valueOptions: ['-d', '--date', '-s', '--set', '-r', '-f', '-v'],
    },
    {
      programs: ['awk', 'gawk', 'mawk', 'nawk'],
      valueOptions: ['-F', '-v', '-f', '-i', '-l', '-e'],
    },
    { programs: ['bat', 'batcat'], abbreviates: false, valueOptions: ['-l', '-r', '--pager'] },
    { programs: ['ldd', 'nm', 'objdump', 'readelf', 'size', 'otool'] },
  ],
  rules: [
    reader(
      'reads/print-checked',
      words('base64 base32 strings shuf jsonlint javap'),
      {
        none: words('-o --output -i --in-place --plugin --target -T -s --sort-keys'),
        test: (call) => !call.mayHaveHiddenOptions,
      },
      {
        match: ['base64 -d a.txt', 'strings a.bin', 'shuf -n 5 names', 'jsonlint a.json'],
        noMatch: ['base64 -i a -o b', 'strings --plugin ./x a', 'shuf -o a b', 'jsonlint -i a'],
      },
    ),
    reader(
      'reads/recode',
      ['iconv'],
      { none: ['-o', '--output'] },
      { match: ['iconv -f latin1 -t utf8 a'], noMatch: ['iconv -o b a'] },
    ),
    reader(
      'reads/print',
      PRINTERS,
      {},
      {
        match: ['cat a.txt', 'head -n 5 a.txt', 'wc -l a b', 'sha256sum a'],
        noMatch: ['tee a.txt'],
      },
    ),
    reader(
      'reads/print-unpacked',
      ['zstdcat'],
      { none: ['-o', '--rm', '--output-dir-flat', '--output-dir-mirror', '--trace'] },
      { match: ['zstdcat a.zst'], noMatch: ['zstdcat -o b a.zst', 'zstdcat --rm a.zst'] },
    ),
    reader(
      'reads/grep',
      ['grep', 'egrep', 'fgrep', 'zgrep', 'ggrep'],
      {},
      {
        match: ['grep -rn foo src', 'grep -e a -e b file'],
        noMatch: ['sed -i s/a/b/ x'],
      },
    ),
    reader(
      'reads/ripgrep',
      ['rg', 'ag', 'ack', 'ugrep'],
      {
        none: words(
          '--pre --hostname-bin --pager --filter --search-zip --decompress --view --config --ackrc --output --save-config',
        ),
      },
      { match: ['rg -n foo src'], noMatch: ['rg --pre ./x foo'] },
    ),
    reader(
      'reads/sort',
      ['sort', 'gsort'],
      { none: SORT_WRITES },
      {
        match: ['sort -u a.txt', 'sort -k2 -n'],
        noMatch: ['sort -o a.txt a.txt', 'sort --comp=./x a'],
      },
    ),
    reader(
      'reads/uniq',
      ['uniq'],
      { operands: { max: 1 } },
      {
        match: ['uniq -c', 'uniq a'],
        noMatch: ['uniq a b'],
      },
    ),
    reader(
      'reads/json',
      words('jq gojq jaq dasel xmllint mlr xsv qsv csvlook csvcut csvstat'),
      {
        test: (call) => !doesMore(call),
        none: words(`
  -i -I --in-place --inplace --output -o --write -w --from-file --library-path
`),
      },
      {
        match: [
          'jq .name package.json',
          'jq -r ".a[]"',
          'mlr --icsv head a.csv',
          'xsv count a.csv',
          'xmllint --noout a.xml',
        ],
        noMatch: [
          'mlr -I cat a.csv',
          'mlr -n put \'end{system("x")}\'',
          'qsv foreach a "x" b.csv',
          'jq -n env',
          'jq -f own.jq a',
          'dasel put -f a.json x',
        ],
      },
      readByQuery,
    ),
    reader(
      'reads/yaml',
      ['yq'],
      { none: ['-i', '--inplace', '-s', '--split-exp'], test: (call) => !doesMore(call) },
      {
        match: ['yq .a b.yml'],
        noMatch: ['yq -i .a=1 b.yml'],
      },
      'rest',
    ),
    reader(
      'reads/diff',
      ['diff', 'colordiff', 'sdiff', 'wdiff', 'difft'],
      { none: ['-o', '--output', '--diff-program'] },
      {
        match: ['diff -u a b'],
        noMatch: ['sdiff -o out a b'],
      },
    ),
    reader(
      'reads/hex',
      ['xxd', 'hexyl'],
      { none: ['-r', '-revert'], operands: { max: 1 } },
      {
        match: ['xxd a.bin', 'xxd -l 16 a'],
        noMatch: ['xxd -r a b'],
      },
    ),
    reader(
      'reads/stream-edit',
      ['sed', 'gsed'],
      {
        none: ['-i', '--in-place', '-f', '--file', '--separate'],
      },
      {
        match: ["sed -n '1,5p' a.txt", 'sed s/a/b/ f'],
        noMatch: ['sed -i s/a/b/ f', 'sed --in-pl s/a/b/ f'],
      },
      filesAfterScript,
    ),
    reader(
      'reads/awk',
      ['awk', 'gawk', 'mawk', 'nawk'],
      {
        none: words('-f --file -i --include -l --load -E --exec -p -d -o -D'),
      },
      {
        match: ["awk '{print $1}' a.txt", "awk -F: '{print $2}'"],
        noMatch: ['awk -f prog.awk a'],
      },
      'rest',
    ),
    reader(
      'reads/pager',
      ['less', 'more', 'bat', 'batcat', 'most'],
      {
        none: ['-o', '-O', '--log-file', '--LOG-FILE', '-k', '--lesskey-file', '--pager'],
        // `+!COMMAND` is typed into the pager when it starts; places and searches are harmless.
        test: (call) =>
          !call.operands.some(({ value }) => /^\+{1,2}(?![\d/?GgFp%])/.test(value ?? '')),
      },
      { match: ['less a.txt', 'bat a.ts'], noMatch: ['less -o out a.txt', "less '+!x' a.txt"] },
    ),
    ...fileReadRules,
    ...machineReadRules,
  ],
};

/** The files that sed reads: every operand, but the first where it is the script. */
function filesAfterScript(call: Call, context: EffectContext): readonly Target[] {
  const hasScriptOption = call.has('-e', '--expression');
  return call.operands
    .slice(hasScriptOption ? 0 : 1)
    .map((word) => pathTarget(word, call, context));
}

/** Query tools whose language or verbs also start programs, write files or print the environment. */
function doesMore(call: Call): boolean {
  const given = call.operands.map(({ value }) => value ?? '');
  switch (call.program) {
    case 'mlr':
      return given.some((word) => /\b(system|exec|tee|split|case)\b|[>|]/.test(word));
    case 'xsv':
    case 'qsv':
      return !/^(headers|count|stats|select|slice|search|sort|frequency|table|flatten|join|sample|cat|help)$/.test(
        given[0] ?? '',
      );
    case 'dasel':
      return /^(put|delete)$/.test(given[0] ?? '');
    case 'xmllint':
      return call.has('--shell');
    case 'jq':
    case 'gojq':
    case 'jaq':
      return call.has('-f', '-L') || readsEnvironment(given[0] ?? '');
    default:
      return readsEnvironment(given[0] ?? '');
  }
}

/** The query prints variables, brings in files or starts a program. */
const readsEnvironment = (query: string) =>
  /(^|[^\w.$"'])(env|strenv|envsubst)\b|\$ENV\b|\b(load|load_str|system)\(/.test(query);

/** The files behind the query, and those that options bring into it. */
function readByQuery(call: Call, context: EffectContext): readonly Target[] {
  const argv = call.invocation.argv;
  const brought = argv.filter((_word, at) =>
    /^--(rawfile|slurpfile)$/.test(argv[at - 2]?.value ?? ''),
  );
  return [...call.operands.slice(1), ...brought].map((word) => pathTarget(word, call, context));
}
