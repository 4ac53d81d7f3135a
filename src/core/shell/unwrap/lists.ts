// Programs that start another one for each thing of a list: find, fd, xargs.
import type { Input, NotUnderstood, Word } from '../types.ts';
import { argvPart, NOTHING, opaque, step, transparent } from './build.ts';
import {
  constantWord,
  hasOption,
  type OptionsRead,
  type OptionTable,
  optionValue,
  optionValues,
  readOptions,
  unknownWord,
} from './optionReader.ts';
import { MAX_ITEMS } from './parallel.ts';
import type { Unwrapped, UnwrappedPart } from './types.ts';

const EXEC = /^-(exec|execdir|ok|okdir)$/;

/** `find … -exec WORDS ;`: the found path stands in as a pattern below the start folder. */
export function unwrapFind(program: string, argv: readonly Word[]): Unwrapped {
  const first = argv[0] as Word;
  const parts: UnwrappedPart[] = [];
  const notUnderstood: NotUnderstood[] = [];
  const root = argv[1] && !/^[-(!]/.test(argv[1].value ?? '') ? argv[1] : undefined;
  const name = soughtName(argv);
  for (let at = 1; at < argv.length; at++) {
    const option = argv[at]?.value ?? '';
    if (!EXEC.test(option)) continue;
    const end = endOfExec(argv, at + 1);
    const words = argv.slice(at + 1, end);
    if (words.length === 0) continue;
    const isInFolder = option.endsWith('dir');
    parts.push(
      argvPart(
        words.map((word) => foundPath(word, root, isInFolder, name)),
        step(`${program} ${option}`, 'wrapper', first),
        { hasUnknownOperands: true, ...(isInFolder && { cwd: 'unknown' as const }) },
      ),
    );
    at = end;
  }
  const hasHidden = argv.slice(1).some((word) => word.value === undefined && !startsPlainly(word));
  if (hasHidden && parts.length === 0) {
    const word = argv.find((entry) => entry.value === undefined) ?? first;
    const why = `What \`${word.text}\` holds could make ${program} delete or run something.`;
    notUnderstood.push({ code: 'dynamic-option', why, span: word.span });
  }
  return opaque(parts, notUnderstood);
}

/** A word that starts with constant text other than a dash, or that is quoted behind one, is no action. */
function startsPlainly(word: Word): boolean {
  const head = word.parts[0];
  if (head?.kind === 'literal') return !head.value.startsWith('-');
  // A quoted value is one word; as the value of -name or as a path it is harmless, and agents write it so.
  return head?.kind === 'variable'
    ? head.quoted
    : head?.kind === 'glob' || head?.kind === 'substitution';
}

function endOfExec(argv: readonly Word[], from: number): number {
  for (let at = from; at < argv.length; at++) {
    const text = argv[at]?.value;
    if (text === ';') return at;
    if (text === '+' && argv[at - 1]?.value === '{}') return at;
  }
  return argv.length;
}

/** The pattern of the only `-name`, where nothing else of the expression could find another name; `*` otherwise. */
function soughtName(argv: readonly Word[]): string {
  const words = argv.map((word) => word.value);
  const at = words.indexOf('-name');
  const name = at < 0 ? undefined : words[at + 1];
  if (name === undefined || words.includes('-name', at + 1) || name.includes('/')) return '*';
  return words.some((word) => /^(-o|-or|!|-not|,|-iname|-follow|-L)$/.test(word ?? ''))
    ? '*'
    : name;
}

function foundPath(word: Word, root: Word | undefined, isInFolder: boolean, name: string): Word {
  if (word.value === undefined || !word.value.includes('{}')) return word;
  if (word.value !== '{}' || isInFolder || root?.value === undefined) {
    return unknownWord(word.text, 'it stands for what find finds', word);
  }
  const folder = root.value.replace(/\/+$/, '');
  const value = name === '*' ? `${folder}/*` : `${folder}/*/${name}`;
  return {
    ...constantWord(value, word),
    text: word.text,
    isGlob: true,
    parts: [{ kind: 'glob', value }],
  };
}

/** The option behind which a command stands, alone, glued (`-xrm`) or in a bundle (`-Hx`). */
const FD_EXEC = /^(?:--exec(?:-batch)?(?:=|$)|-[HIiglpLaF0qu1sr]*[xX])/;

/** `fd … -x WORDS` and `-X WORDS`. */
export function unwrapFd(program: string, argv: readonly Word[]): Unwrapped {
  const first = argv[0] as Word;
  const at = argv.findIndex((word, index) => index > 0 && FD_EXEC.test(word.value ?? ''));
  const option = argv[at];
  if (!option) return NOTHING;
  const end = argv.findIndex((word, index) => index > at && word.value === ';');
  const glued = option.value?.replace(FD_EXEC, '') ?? '';
  const words = [
    ...(glued === '' ? [] : [constantWord(glued, option)]),
    ...argv.slice(at + 1, end < 0 ? argv.length : end),
  ];
  const found = words.map((word) =>
    /\{[./]*\}/.test(word.value ?? '')
      ? unknownWord(word.text, 'it stands for what fd finds', word)
      : word,
  );
  const hasPlace = words.some((word) => /\{[./]*\}/.test(word.value ?? ''));
  const extra = hasPlace ? [] : [unknownWord('{}', 'it stands for what fd finds', first)];
  return opaque([
    argvPart([...found, ...extra], step(`${program} -x`, 'wrapper', first), {
      hasUnknownOperands: true,
    }),
  ]);
}

const XARGS: OptionTable = {
  flags: '0oprtx',
  values: 'adEILnPsJRS',
  glued: 'iel',
  longFlags: [
    '--null',
    '--interactive',
    '--no-run-if-empty',
    '--verbose',
    '--exit',
    '--show-limits',
    '--open-tty',
    '--replace',
    '--eof',
    '--max-lines',
  ],
  longValues: [
    '--arg-file',
    '--delimiter',
    '--max-args',
    '--max-procs',
    '--max-chars',
    '--process-slot-var',
  ],
};

/** `xargs WORDS`: operands come from standard input; where that is constant they are known. */
export function unwrapXargs(argv: readonly Word[], input: Input): Unwrapped {
  const first = argv[0] as Word;
  const read = readOptions(argv.slice(1), XARGS, 'xargs');
  const words = read.rest;
  const at = step('xargs', 'wrapper', first);
  if (words.length === 0) return opaque([], read.notUnderstood);
  const mark = hasOption(read, '-I', '-i', '--replace', '-J')
    ? (optionValue(read, '-I', '-i', '--replace', '-J')?.value ?? '{}')
    : undefined;
  // GNU xargs counts its slots in a variable of that name.
  const slots = optionValues(read, '--process-slot-var').map((word) => ({
    name: word.value,
    how: 'set' as const,
    value: undefined,
    span: word.span,
  }));
  const environment = slots.length > 0 ? { environment: { changes: slots } } : {};
  const known = knownCalls(words, mark, read, input);
  if (known) {
    const parts = known.map((call) => argvPart(call, at, { input: 'none', ...environment }));
    return transparent(parts, read.notUnderstood);
  }
  const why = 'it comes from the standard input of xargs';
  const filled =
    mark === undefined
      ? [...words, unknownWord('…', why, first)]
      : words.map((word) => fill(word, mark, why));
  return transparent(
    [argvPart(filled, at, { hasUnknownOperands: true, input: 'none', ...environment })],
    read.notUnderstood,
  );
}

/** The calls that constant input makes; undefined where it is not constant, or cut in a way that is not modelled. */
function knownCalls(
  words: readonly Word[],
  mark: string | undefined,
  read: OptionsRead,
  input: Input,
): readonly (readonly Word[])[] | undefined {
  const isModelled = read.options.every(({ name }) => /^-[nIirtPpox]$|^--replace$/.test(name));
  if (input.kind !== 'text' || /["'\\\0]/.test(input.text) || !isModelled) return undefined;
  if (mark !== undefined) return replacedCalls(words, mark, input.text);
  const pieces = input.text.split(/\s+/).filter((piece) => piece !== '');
  const size = hasOption(read, '-n') ? Number(optionValue(read, '-n')?.value) : pieces.length || 1;
  if (!(size >= 1) || pieces.length > MAX_ITEMS) return undefined;
  const last = words.at(-1) as Word;
  const calls: (readonly Word[])[] = [];
  for (let at = 0; at === 0 || at < pieces.length; at += size) {
    const operands = pieces.slice(at, at + size).map((piece) => constantWord(piece, last));
    calls.push([...words, ...operands]);
  }
  return calls;
}

/** With `-I` each line is one item. */
function replacedCalls(
  words: readonly Word[],
  mark: string,
  text: string,
): readonly (readonly Word[])[] | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const items = lines.filter((line) => line !== '');
  if (mark === '' || items.length === 0 || items.length > MAX_ITEMS) return undefined;
  if (words.some((word) => word.value === undefined && word.text.includes(mark))) return undefined;
  return items.map((item) =>
    words.map((word) =>
      word.value?.includes(mark) ? constantWord(word.value.replaceAll(mark, item), word) : word,
    ),
  );
}

/** The word with its place marks as text that is not known; the constant start stays readable. */
function fill(word: Word, mark: string, why: string): Word {
  if (mark === '' || word.value === undefined || !word.value.includes(mark)) return word;
  const at = word.value.indexOf(mark);
  const head = word.value.slice(0, at);
  const tail = word.value.slice(at + mark.length);
  return {
    ...unknownWord(word.text, why, word),
    parts: [
      ...(head === '' ? [] : [{ kind: 'literal' as const, value: head, quoted: true }]),
      { kind: 'opaque', text: mark, why },
      ...(tail === '' ? [] : [{ kind: 'literal' as const, value: tail, quoted: true }]),
    ],
  };
}
