// Output of commands that print constant text: echo, printf, and cat of a heredoc.
// Invariant: exactly the bytes that the shell's own builtin would print, or undefined.
import type { ShellState } from './state.ts';
import type { Draft, Frame } from './walk.ts';

/** What the invocation prints on standard output; undefined where that cannot be told. */
export function constantOutput(draft: Draft, frame: Frame, state: ShellState): string | undefined {
  const { argv, program, redirects } = draft;
  if (
    redirects.some(({ op, fd = 0 }) => !op.startsWith('<') || fd !== 0) ||
    frame.place.kind !== 'local'
  ) {
    return undefined;
  }
  const values: string[] = [];
  for (const word of argv.slice(1)) {
    if (word.value === undefined || word.isGlob) {
      return undefined;
    }
    values.push(word.value);
  }
  switch (argv[0]?.value) {
    case 'echo':
      return echo(values, frame.dialect !== 'bash');
    case 'printf':
      return printf(values);
    case 'cat':
      return values.every((value) => value === '-') && draft.input.kind === 'text'
        ? draft.input.text
        : undefined;
    case 'pwd':
      return values.length === 0 && state.cwd.kind === 'known' ? `${state.cwd.path}\n` : undefined;
    case 'true':
    case 'false':
    case ':':
    case 'cd':
    case 'export':
    case 'set':
      return program === 'set' && values.length === 0
        ? undefined
        : program === 'cd' && values[0] === '-'
          ? undefined
          : '';
    default:
      return undefined;
  }
}

function echo(values: readonly string[], mayEscape: boolean): string | undefined {
  let at = 0;
  let hasNewline = true;
  let escapes = mayEscape;
  for (; at < values.length && /^-[neE]+$/.test(values[at] ?? ''); at++) {
    const option = values[at] ?? '';
    hasNewline &&= !option.includes('n');
    escapes ||= option.includes('e');
  }
  // With -n or -e the standard leaves the meaning to the shell.
  const text = values.slice(at).join(' ');
  if ((escapes && text.includes('\\')) || (at > 0 && mayEscape)) {
    return undefined;
  }
  return hasNewline ? `${text}\n` : text;
}

/** printf with `%s`, `%%` and the plain escapes; the format is used again while arguments are left. */
function printf(values: readonly string[]): string | undefined {
  const [format, ...rest] = values[0] === '--' ? values.slice(1) : values;
  if (
    format === undefined ||
    format.startsWith('-') ||
    !/^(?:[^%\\]|%%|%s|\\[nt\\"'])*$/.test(format)
  ) {
    return undefined;
  }
  const holes = format.match(/%s/g)?.length ?? 0;
  let result = '';
  let at = 0;
  do {
    result += format.replace(/%%|%s|\\([nt\\"'])/g, (match, escaped: string | undefined) => {
      if (match === '%s') {
        return rest[at++] ?? '';
      }
      return match === '%%'
        ? '%'
        : escaped === 'n'
          ? '\n'
          : escaped === 't'
            ? '\t'
            : (escaped ?? '');
    });
  } while (holes > 0 && at < rest.length);
  return result;
}
