// The words of `tar` and `unzip` where they unpack: which archive, into which folder.
// Invariant: an option that is not known here leaves the whole call unknown; it may put the files elsewhere.

/** An unpacking call that is understood in full. */
export interface Unpacking {
  archive: string;
  folder: string;
  /** Leading parts of each name that are left out. */
  strip: number;
  /** Members that are named; empty: all. */
  members: readonly string[];
  /** True where all files go into one folder. */
  isFlat: boolean;
  /** True where a file that stands there stays, or nothing is written. */
  keeps: boolean;
  /** True where absolute names and `..` are taken as they are. */
  keepsRoots?: boolean;
}

type Option = { name: string; value: string | undefined };

/** `tar xzf A -C D --strip-components=1 MEMBER`, in both styles. */
export function readTar(words: readonly string[]): Unpacking | undefined {
  const { options, members } = tarOptions(words);
  const names = new Set(options.map(({ name }) => name));
  if (options.some(({ name }) => !TAR_KNOWN.test(name))) return undefined;
  if (!['x', 'extract', 'get'].some((name) => names.has(name))) return undefined;
  const valuesOf = (...wanted: string[]) =>
    options.filter(({ name }) => wanted.includes(name)).map(({ value = '' }) => value);
  const archives = valuesOf('f', 'file');
  const folders = valuesOf('C', 'directory');
  const strip = Number(valuesOf('strip-components').at(-1) ?? '0');
  const isClear = archives.length === 1 && folders.length < 2 && Number.isInteger(strip);
  const [archive = ''] = archives;
  if (!isClear || archive === '-' || archive === '' || members.some(isPattern)) return undefined;
  const keeps = ['k', 'keep-old-files', 'skip-old-files', 'O', 'to-stdout'];
  return {
    archive,
    folder: folders[0] ?? '.',
    strip,
    members,
    isFlat: false,
    keeps: keeps.some((name) => names.has(name)),
    keepsRoots: names.has('P') || names.has('absolute-names'),
  };
}

const TAR_VALUED = /^([fC]|file|directory|strip-components)$/;
const TAR_KNOWN =
  /^([xvzjJapmkOfCP]|absolute-names|extract|get|verbose|gzip|bzip2|xz|zstd|auto-compress|file|directory|strip-components|preserve-permissions|same-permissions|no-same-permissions|no-same-owner|same-owner|touch|overwrite|keep-old-files|skip-old-files|to-stdout|totals|warning|no-overwrite-dir)$/;

function tarOptions(words: readonly string[]): { options: Option[]; members: string[] } {
  const options: Option[] = [];
  const members: string[] = [];
  const rest = [...words];
  const old = /^[a-zA-Z]+$/.test(rest[0] ?? '') ? (rest.shift() ?? '') : '';
  // In the old style values follow the letters in their order.
  for (const name of old)
    options.push({ name, value: TAR_VALUED.test(name) ? rest.shift() : undefined });
  while (rest.length > 0) {
    const word = rest.shift() ?? '';
    const [, name, glued] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (word === '--') members.push(...rest.splice(0));
    else if (name !== undefined)
      options.push({ name, value: TAR_VALUED.test(name) ? (glued ?? rest.shift()) : glued });
    else if (/^-./.test(word)) takeLetters(word.slice(1), rest, options);
    else members.push(word);
  }
  return { options, members };
}

/** `-xzf A`, `-xzfA`: a letter with a value takes what is left of the word, else the next word. */
function takeLetters(text: string, rest: string[], options: Option[]): void {
  for (let index = 0; index < text.length; index++) {
    const name = text[index] ?? '';
    if (!TAR_VALUED.test(name)) {
      options.push({ name, value: undefined });
      continue;
    }
    const glued = text.slice(index + 1);
    options.push({ name, value: glued === '' ? rest.shift() : glued });
    return;
  }
}

/** `unzip -o A.zip MEMBER -d D`. */
export function readUnzip(words: readonly string[]): Unpacking | undefined {
  const operands: string[] = [];
  let letters = '';
  let folder: string | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '-d') folder = words[++index];
    else if (/^-[a-zA-Z]+$/.test(word)) letters += word.slice(1);
    else if (word.startsWith('-')) return undefined;
    else operands.push(word);
  }
  const [archive, ...members] = operands;
  if (!/^[oqnjuCK]*$/.test(letters) || archive === undefined) return undefined;
  if ([archive, ...members].some(isPattern)) return undefined;
  return {
    archive: /\.\w+$/.test(archive) ? archive : `${archive}.zip`,
    folder: folder ?? '.',
    strip: 0,
    members,
    isFlat: letters.includes('j'),
    keeps: letters.includes('n'),
  };
}

/** `7z x -y -oDIR A.7z MEMBER`. */
export function readSeven(words: readonly string[]): Unpacking | undefined {
  const [mode, ...rest] = words;
  if (mode !== 'x' && mode !== 'e') return undefined;
  const options = rest.filter((word) => word.startsWith('-'));
  const operands = rest.filter((word) => !word.startsWith('-'));
  const [archive, ...members] = operands;
  const folders = options.filter((word) => /^-o./.test(word));
  const isClear = options.every((word) => /^-(o.+|y|aoa|aos|bd|bso0|bsp0|bb[0-3]?)$/.test(word));
  if (archive === undefined || !isClear || folders.length > 1 || operands.some(isPattern))
    return undefined;
  return {
    archive,
    folder: folders[0]?.slice(2) ?? '.',
    strip: 0,
    members,
    isFlat: mode === 'e',
    keeps: options.includes('-aos'),
  };
}

function isPattern(text: string): boolean {
  return /[*?[\]\\]/.test(text);
}
