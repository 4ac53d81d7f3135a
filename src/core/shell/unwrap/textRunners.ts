// Programs that hand text to a shell, again and again or in another terminal: watch, flock, script, hyperfine, tmux, screen.
import type { Word } from '../types.ts';
import { argvPart, NOTHING, opaque, step, textPart, transparent } from './build.ts';
import { constantWord, hasOption, type OptionTable, readOptions } from './optionReader.ts';
import type { Unwrapped } from './types.ts';

/** `nix-shell --run TEXT`, `watch TEXT`, `flock FILE …`, `script -c TEXT`, `tmux …`, `entr`, `sg GROUP TEXT`, `hyperfine`. */
export function unwrapTextRunner(program: string, argv: readonly Word[]): Unwrapped | undefined {
  const first = argv[0] as Word;
  const table = TEXT_RUNNERS[program];
  if (!table || !Object.hasOwn(TEXT_RUNNERS, program)) return undefined;
  const at = step(program, 'string', first);
  const read = readOptions(argv.slice(1), table, program);
  const texts = read.options
    .filter(({ name, value }) => value && TEXT_OPTIONS.test(name))
    .map(({ value }) => value as Word);
  const made = texts.map((word) => textPart([word], 'sh', at));
  if (program === 'watch' && read.rest.length > 0) {
    if (hasOption(read, '-x', '--exec'))
      return transparent(
        [argvPart(read.rest, at, { hasUnknownOperands: false })],
        read.notUnderstood,
      );
    // Each time it is a new shell, and nothing is put behind the text.
    made.push(textPart(read.rest, 'sh', at));
  }
  if (program === 'hyperfine')
    made.push(...read.rest.map((word) => textPart([word], 'sh', at, { isRepeated: true })));
  const parts = made.map(({ part }) => part);
  const notUnderstood = [...read.notUnderstood, ...made.flatMap((entry) => entry.notUnderstood)];
  if (program === 'flock' && texts.length === 0)
    return unwrapFlock(read.rest, first, notUnderstood);
  if (program === 'entr' && hasOption(read, '-s') && read.rest[0]) {
    const text = textPart([read.rest[0]], 'sh', at, { positional: read.rest.slice(1) });
    return transparent([text.part], [...notUnderstood, ...text.notUnderstood]);
  }
  // On some systems `script FILE WORDS` starts the words.
  const started = program === 'script' ? read.rest.slice(1) : [];
  if (started.length > 0) return opaque([...parts, argvPart(started, at)], notUnderstood);
  if (program === 'sg' && read.rest.length > 1) {
    const words = read.rest.slice(read.rest[1]?.value === '-c' ? 2 : 1);
    const text = textPart(words, 'sh', at);
    return transparent([...parts, text.part], [...notUnderstood, ...text.notUnderstood]);
  }
  if (program === 'entr' && read.rest.length > 0)
    return transparent([argvPart(read.rest, at, { hasUnknownOperands: true })], notUnderstood);
  const isExport = read.options.some(({ name }) => name.startsWith('--export'));
  const isPure = program === 'watch' || (program === 'hyperfine' && !isExport);
  return parts.length > 0 && isPure
    ? transparent(parts, notUnderstood)
    : opaque(parts, notUnderstood);
}

const TEXT_OPTIONS = /^(-c|--command|--run|--prepare|--setup|--cleanup|--conclude|-p|-s)$/;

const TEXT_RUNNERS: Readonly<Record<string, OptionTable>> = {
  watch: {
    flags: 'bcCdegptwxrf',
    values: 'nq',
    longFlags: [
      '--beep',
      '--color',
      '--errexit',
      '--chgexit',
      '--precise',
      '--no-title',
      '--exec',
      '--differences',
      '--no-wrap',
    ],
    longValues: ['--interval', '--equexit'],
  },
  script: {
    flags: 'aefqTU',
    values: 'cEIoOBm',
    longValues: ['--command', '--log-io', '--log-out', '--log-in'],
    isOpen: true,
  },
  'nix-shell': {
    isOpen: true,
    values: 'IAj',
    longValues: ['--run', '--command', '--arg', '--argstr', '--packages-x'],
  },
  flock: {
    flags: 'sxuneoF',
    values: 'wEc',
    longFlags: [
      '--shared',
      '--exclusive',
      '--unlock',
      '--nonblock',
      '--close',
      '--no-fork',
      '--verbose',
    ],
    longValues: ['--timeout', '--conflict-exit-code', '--command', '--wait'],
  },
  entr: { flags: 'acdnprsxz' },
  sg: { values: 'c' },
  hyperfine: {
    flags: 'NiSh',
    values: 'wmrMpcsPDnuLe',
    isOpen: true,
    longValues: [
      '--warmup',
      '--runs',
      '--min-runs',
      '--max-runs',
      '--prepare',
      '--setup',
      '--cleanup',
      '--conclude',
      '--shell',
      '--export-json',
      '--export-csv',
      '--export-markdown',
      '--command-name',
      '--parameter-scan',
      '--parameter-list',
      '--time-unit',
    ],
  },
};

function unwrapFlock(
  rest: readonly Word[],
  first: Word,
  notUnderstood: Unwrapped['notUnderstood'],
): Unwrapped {
  const words = rest.slice(1);
  const at = step('flock', 'wrapper', first);
  if (words.length === 0) return opaque([], notUnderstood);
  if (/^(-c|--command)$/.test(words[0]?.value ?? '') && words[1]) {
    const made = textPart([words[1]], 'sh', at);
    return transparent([made.part], [...notUnderstood, ...made.notUnderstood]);
  }
  return transparent([argvPart(words, at)], notUnderstood);
}

const TMUX_TEXT =
  /^(new-session|new|new-window|neww|split-window|splitw|respawn-pane|respawn-window|run-shell|run|if-shell|send-keys|send|pipe-pane|popup|display-popup)$/;

/** tmux and screen: what they start or type into a shell. */
export function unwrapMultiplexer(program: string, argv: readonly Word[]): Unwrapped {
  const first = argv[0] as Word;
  const at = step(program, 'string', first);
  if (program === 'screen') {
    const read = readOptions(
      argv.slice(1),
      { flags: 'aAdDmqULxiRvwOX', values: 'cehpsStT', isOpen: true },
      program,
    );
    const words =
      hasOption(read, '-X') && read.rest[0]?.value === 'stuff' ? read.rest.slice(1) : read.rest;
    if (words.length === 0) return NOTHING;
    const made = textPart(words, 'bash', at);
    return opaque([made.part], made.notUnderstood);
  }
  const global = readOptions(argv.slice(1), { flags: '2CDlNuUvV', values: 'cfLST' }, program);
  const [words, ...others] = sequences(global.rest);
  const made = tmuxCommand(words ?? [], first);
  // Each further command counts as a call of its own.
  const parts = others.map((other) => argvPart([first, ...other], step(program, 'wrapper', first)));
  return opaque([...made.parts, ...parts], made.notUnderstood);
}

/** tmux takes a `;` at the end of a word for the end of a command. */
function sequences(words: readonly Word[]): readonly (readonly Word[])[] {
  const found: Word[][] = [[]];
  for (const word of words) {
    const ends = word.value?.endsWith(';') === true && !word.value.endsWith('\\;');
    const left = ends ? word.value?.slice(0, -1) : word.value;
    if (!ends) found.at(-1)?.push(word);
    else if (left) found.at(-1)?.push(constantWord(left, word));
    if (ends) found.push([]);
  }
  return found.filter((list, index) => index === 0 || list.length > 0);
}

function tmuxCommand(given: readonly Word[], first: Word): Unwrapped {
  const at = step('tmux', 'string', first);
  const verb = given[0]?.value ?? '';
  if (!TMUX_TEXT.test(verb)) return NOTHING;
  const read = readOptions(
    given.slice(1),
    { flags: 'dDAPEXbhvfkMRHlCIoOZK', values: 'ctnsFxyeTpwNSg', isOpen: true },
    'tmux',
  );
  const keys = read.rest.filter(
    (word) => !/^(Enter|C-[a-z]|KPEnter|Space|Escape)$/.test(word.value ?? ''),
  );
  if (keys.length === 0) return NOTHING;
  const made = textPart(keys, 'bash', at);
  return opaque([made.part], made.notUnderstood);
}
