// The files that a shell runs before anything else, where the line says in a variable where they are.
// Invariant: a shell whose start-up files the line has moved is not understood.
import { changedVariables, type ShellState } from './state.ts';
import { shellDialect } from './unwrap/shells.ts';
import type { Draft, Walk } from './walk.ts';

/** With these a bash or sh reads the start-up files of its user. */
const READS_START_FILES = /^-[a-zA-Z]*[il]|^--(?:log\w*|interactive)$/;

/** Reports a call of a shell that would look for its start-up files elsewhere. */
export function checkStartFiles(walk: Walk, draft: Draft, state: ShellState): void {
  const { program = '', argv, span } = draft;
  const dialect = shellDialect(program);
  const names =
    dialect === 'zsh'
      ? ['HOME', 'ZDOTDIR']
      : dialect === 'fish'
        ? ['HOME', 'XDG_CONFIG_HOME']
        : dialect && argv.some((word) => READS_START_FILES.test(word.value ?? '-i'))
          ? ['HOME', 'ENV']
          : [];
  const moved = names.length > 0 ? changedVariables(state)?.values : undefined;
  const name = names.find((each) => moved?.has(each));
  if (name !== undefined) {
    const why = `${program} first runs start-up files, and ${name} says where they are.`;
    walk.notUnderstood.push({ code: 'unseen-code', why, span });
  }
}
