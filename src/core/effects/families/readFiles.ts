// Programs that look for files and say something about them.
import { says } from '../pretending.ts';
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';

/** Say something about files without opening their contents for anything else. */
const LISTERS = words(`
  ls dir vdir stat du basename dirname readlink realpath exa eza lsd namei tokei
`);

const FIND_WRITES = ['-delete', '-fprint', '-fprint0', '-fprintf', '-fls'];

function isArchiveListing(program: string, first: string | undefined, hasList: boolean): boolean {
  if (program === 'zipinfo') return true;
  if (program === '7z' || program === 'unrar')
    return first === 'l' || first === 'lt' || first === 'v';
  if (program === 'jar') return /^-?t[vf]*$/.test(first ?? '');
  return hasList || (/tar$/.test(program) && /^[a-zA-Z]*t[a-zA-Z]*$/.test(first ?? ''));
}

/** Long options of tar under which a listing writes nothing: `--index-file` and `--volno-file` name files that it writes. */
const LISTING_OPTIONS =
  /^--(list|file|verbose|gzip|bzip2|xz|zstd|lzma|lzip|auto-compress|wildcards|no-wildcards|exclude|directory|strip-components|full-time|utc|numeric-owner|show-transformed-names|transform|occurrence|ignore-case|anchored|no-anchored|warning|totals|block-number|quoting-style|null|files-from|help|version|force-local|ignore-zeros|no-recursion|absolute-names)$/;

function listsOnly(call: Call): boolean {
  return call.options.every(({ name }) => !/^(--.|-g)/.test(name) || LISTING_OPTIONS.test(name));
}

/** Rules on programs that look for files. */
export const fileReadRules: readonly Rule[] = [
  reader(
    'reads/list',
    LISTERS,
    {},
    {
      match: ['ls -la src', 'du -sh .', 'stat a'],
      noMatch: ['touch a'],
    },
  ),
  reader(
    'reads/count-lines',
    ['cloc', 'scc'],
    {
      none: words(
        '-o --output --out --report-file --sql --extract-with --config --cmd --vcs --diff-list-file --categorized --found --ignored --counted --strip-comments --strip-code --original-dir --export',
      ),
    },
    {
      match: ['cloc src', 'scc'],
      noMatch: ['cloc --out=a src', "cloc --extract-with='x' a", 'scc -o a'],
    },
  ),
  reader(
    'reads/find',
    ['find', 'gfind'],
    { none: FIND_WRITES },
    {
      match: ['find . -name "*.ts"', 'find src -type f -newer a'],
      noMatch: ['find . -delete', 'find . -fprint out'],
    },
    'none',
  ),
  reader(
    'reads/fd',
    ['fd', 'fdfind', 'locate', 'mlocate'],
    {},
    {
      match: ['fd foo src'],
      noMatch: ['find . -delete'],
    },
    'none',
  ),
  reader(
    'reads/tree',
    ['tree'],
    { none: ['-o', '-R'] },
    {
      match: ['tree -L 2'],
      noMatch: ['tree -o out'],
    },
  ),
  reader(
    'reads/file',
    ['file'],
    { none: ['-C', '--compile', '-m', '--magic-file', '-z', '-f', '--files-from'] },
    {
      match: ['file a.bin'],
      noMatch: ['file -C -m x'],
    },
  ),
  reader(
    'reads/binary',
    ['nm', 'objdump', 'readelf', 'size', 'otool', 'addr2line', 'c++filt'],
    { none: ['--plugin'], test: (call) => !call.mayHaveHiddenOptions },
    {
      match: ['nm a.o', 'readelf -h a'],
      noMatch: ['strip a.o', 'nm --plugin ./x a.o'],
    },
  ),
  reader(
    'reads/archive-list',
    ['unzip', 'zipinfo', 'tar', 'bsdtar', 'gtar', '7z', 'unrar', 'jar'],
    {
      test: (call) =>
        !(call.program === 'jar' && call.operands.some(({ value }) => value?.startsWith('@'))) &&
        isArchiveListing(
          call.program,
          call.invocation.argv[1]?.value,
          says(call, '-l', '-t', '--list', '-Z'),
        ) &&
        listsOnly(call),
      none: words(`
  -I --use-compress-program --to-command --checkpoint-action -F --info-script -x
  --extract -c --create --delete --rmt-command --rsh-command -J
`),
    },
    {
      match: [
        'tar tzf a.tgz',
        'unzip -l a.zip',
        'tar --list -f a.tar --wildcards "*.md"',
        'jar tf a.jar',
      ],
      noMatch: [
        'tar xf a.tgz',
        'unzip a.zip',
        'tar -tf a.tar --index-file b',
        'tar --index-file -t a',
        'jar xf a.jar',
        'jar tf a.jar -J-agentpath:x',
        'jar tf @words',
      ],
    },
    'none',
  ),
];
