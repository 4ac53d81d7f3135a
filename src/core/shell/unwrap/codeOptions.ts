// Options that make a harmless program run something: git aliases, tar actions, rsync -e, sort, man, editors.
import type { NotUnderstood, Word } from '../types.ts';
import { NOTHING, opaque, step, textPart } from './build.ts';
import { unwrapGit } from './gitOptions.ts';
import { constantWord, wordTail } from './optionReader.ts';
import { type Found, valuesOf } from './optionValues.ts';
import { scriptPart } from './scriptRunners.ts';
import type { CodePart, Unwrapped, UnwrappedPart } from './types.ts';

/** Options whose value a program starts, by program. Short ones with their dash; values may be glued. */
const STARTERS: Readonly<Record<string, readonly string[]>> = {
  tar: [
    '--to-command',
    '--use-compress-program',
    '--info-script',
    '--new-volume-script',
    '--rsh-command',
    '--rmt-command',
    '-I',
    '-F',
  ],
  bsdtar: ['--use-compress-program'],
  gtar: [
    '--to-command',
    '--use-compress-program',
    '--info-script',
    '--new-volume-script',
    '--rsh-command',
    '-I',
    '-F',
  ],
  rsync: ['--rsh', '-e', '--rsync-path'],
  scp: ['-S', '-D'],
  sftp: ['-S', '-D'],
  sort: ['--compress-program'],
  gsort: ['--compress-program'],
  man: ['--pager', '-P', '--html', '-H', '--browser', '-B'],
  rg: ['--pre', '--hostname-bin'],
  ag: ['--pager'],
  bat: ['--pager'],
  fzf: ['--preview'],
  split: ['--filter'],
  gpg: ['--agent-program', '--photo-viewer'],
  curl: [],
  wget: ['--use-askpass'],
  zip: ['-TT', '--unzip-command'],
  nodemon: ['--exec', '-x'],
  chokidar: ['-c', '--command'],
  concurrently: [],
  newgrp: ['-c'],
  gcloud: ['--command'],
  fly: ['-C', '--command'],
  flyctl: ['-C', '--command'],
  doppler: ['--command'],
  cargo: ['--shell'],
  capsh: ['-c'],
  gcc: ['-wrapper'],
  pg_restore: [],
  psql: [],
  crontab: [],
  expect: ['-c'],
  mysql: ['--pager'],
  mariadb: ['--pager'],
  npm: ['--git', '--browser', '--editor', '--viewer', '--script-shell', '--shell'],
};

/** Option values that start programs, for programs that are no wrappers; undefined where there are none. */
export function unwrapCodeOptions(program: string, argv: readonly Word[]): Unwrapped | undefined {
  if (program === 'git') return unwrapGit(argv);
  if (EDITORS.test(program)) return unwrapEditor(program, argv);
  if (/^(?:less|more|most)$/.test(program)) return unwrapPager(program, argv);
  const names = Object.hasOwn(STARTERS, program) ? STARTERS[program] : undefined;
  if (!names && !Object.hasOwn(TEXT_OPERANDS, program)) return undefined;
  const first = argv[0] as Word;
  const found = valuesOf(argv.slice(1), names ?? []);
  if (program.endsWith('tar')) found.push(...checkpointActions(argv));
  found.push(
    ...textOperands(program, argv),
    ...sshSettings(program, argv),
    ...piped(program, argv),
  );
  const parts: UnwrappedPart[] = [];
  const notUnderstood: NotUnderstood[] = [];
  for (const { name, value } of found) {
    const script = program === 'concurrently' ? scriptPart(value, first) : undefined;
    if (script) {
      parts.push(script);
      continue;
    }
    const made = textPart([value], 'sh', step(`${program} ${name}`, 'option', first));
    parts.push(made.part);
    notUnderstood.push(...made.notUnderstood);
  }
  return parts.length > 0 ? opaque(parts, notUnderstood) : undefined;
}

/** `psql -o '|TEXT'` hands its output to a shell. */
function piped(program: string, argv: readonly Word[]): Found[] {
  if (program !== 'psql') return [];
  return valuesOf(argv.slice(1), ['-o', '--output']).flatMap(({ name, value }) =>
    value.value?.startsWith('|') ? [{ name, value: wordTail(value, 1) }] : [],
  );
}

/** Programs that take settings or commands, and with them programs to start, from a file that an option names. */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  ack: ['--ackrc'],
  bat: ['--config-file'],
  ctags: ['--options'],
  docker: ['--config'],
  mysql: ['--defaults-file', '--defaults-extra-file'],
  mariadb: ['--defaults-file', '--defaults-extra-file'],
  podman: ['--config'],
  tmux: ['-f'],
};

/** What such a file starts is not seen. */
export function unseenSettings(program: string, argv: readonly Word[]): readonly NotUnderstood[] {
  const names = Object.hasOwn(SETTINGS, program) ? SETTINGS[program] : undefined;
  return valuesOf(argv.slice(1), names ?? []).map(({ name, value }) => ({
    code: 'unseen-code',
    why: `${program} ${name} takes settings from a file that is not seen here; they can name programs.`,
    span: value.span,
  }));
}

/** Programs whose operands are lines for a shell, from the given place on. */
const TEXT_OPERANDS: Readonly<Record<string, RegExp>> = {
  concurrently: /^concurrently$/,
  sops: /^exec-(?:env|file)$/,
  cargo: /^-s$/,
};

function textOperands(program: string, argv: readonly Word[]): Found[] {
  const mark = Object.hasOwn(TEXT_OPERANDS, program) ? TEXT_OPERANDS[program] : undefined;
  const at = mark ? argv.findIndex((word) => mark.test(word.value ?? '')) : -1;
  if (at < 0 || (program === 'cargo' && argv[1]?.value !== 'watch')) return [];
  const operands = argv.slice(at + 1).filter((word) => !word.value?.startsWith('-'));
  const texts = program === 'sops' ? operands.slice(1) : operands;
  return texts.map((value) => ({ name: argv[at]?.value ?? '', value }));
}

/** `scp -o ProxyCommand=…` starts it as ssh does. */
function sshSettings(program: string, argv: readonly Word[]): Found[] {
  if (program !== 'scp' && program !== 'sftp') return [];
  return valuesOf(argv.slice(1), ['-o']).flatMap(({ name, value }) => {
    const text = /^\s*(?:proxycommand|localcommand|knownhostscommand)[\s=]+(.*)$/is.exec(
      value.value ?? 'proxycommand=',
    )?.[1];
    return text === undefined
      ? []
      : [{ name, value: value.value === undefined ? value : constantWord(text, value) }];
  });
}

function checkpointActions(argv: readonly Word[]): Found[] {
  return valuesOf(argv.slice(1), ['--checkpoint-action']).flatMap(({ name, value }) => {
    const text = value.value;
    if (text === undefined) return [{ name, value }];
    return text.startsWith('exec=') ? [{ name, value: constantWord(text.slice(5), value) }] : [];
  });
}

/** `less +!TEXT` runs TEXT as if it were typed; a key file may bind anything. */
function unwrapPager(program: string, argv: readonly Word[]): Unwrapped | undefined {
  const first = argv[0] as Word;
  const typed = argv.filter(({ value }) => /^\+.*[!|#v]/s.test(value ?? ''));
  const made = typed.map((word) => {
    const text = (word.value ?? '').replace(/^[^!|#]*[!|#]*/s, '');
    return textPart([constantWord(text, word)], 'sh', step(`${program} +`, 'option', first));
  });
  const keys = argv.filter(({ value }) => /^(?:-k|--lesskey-)/.test(value ?? ''));
  const notUnderstood = keys.map((word) => ({
    code: 'unseen-code',
    why: `${program} takes its commands from a file that is not seen here.`,
    span: word.span,
  }));
  const parts = made.map(({ part }) => part);
  return parts.length + keys.length > 0 ? opaque(parts, notUnderstood) : undefined;
}

const EDITORS =
  /^(n?vim?|view|rvim|gvim|vimdiff|ex|ed|red|emacs|emacsclient|nano|kak|hx|micro|joe)$/;

/** Commands that an editor is told to run at its start are code that no scanner here can read. */
function unwrapEditor(program: string, argv: readonly Word[]): Unwrapped | undefined {
  const first = argv[0] as Word;
  const codes = argv.slice(1).flatMap((word, index) => {
    const text = word.value ?? '';
    if (
      /^(-c|--cmd|--eval|-f|--funcall|-e|--execute|-es|-S|-s|-u|-l|--load|--script)$/.test(text)
    ) {
      const next = argv[index + 2];
      return next ? [next] : [];
    }
    if (/^\+\D/.test(text)) return [wordTail(word, 1)];
    return /^--(eval|cmd|load|execute)=/.test(text) ? [word] : [];
  });
  const harmless = /^(q|qa|wq|wqa|x|xa|set |syntax |\d+$|%s?\/|normal |edit |e )/;
  const shell = codes.find((word) => /^:?\s*(silent!?\s*)?!/.test(word.value ?? ''));
  const parts: UnwrappedPart[] = codes
    .filter((word) => word.value === undefined || !harmless.test(word.value.replace(/^:/, '')))
    .map(
      (word): CodePart => ({
        kind: 'code',
        language: 'other',
        code: word.value,
        partial: word.value ?? '',
        span: word.span,
        step: step(`${program} command`, 'option', first),
      }),
    );
  if (shell?.value !== undefined) {
    const text = shell.value.replace(/^:?\s*(silent!?\s*)?!/, '');
    parts.push(
      textPart([constantWord(text, shell)], 'sh', step(`${program} !`, 'option', first)).part,
    );
  }
  return parts.length > 0 ? { ...NOTHING, parts } : undefined;
}
