// Output of commands that print constant text: echo, printf, and cat or base64 -d of constant input.
// Invariant: exactly the bytes that the shell's own builtin would print, or undefined.
import type { ShellState } from './state.ts';
import type { Input } from './types.ts';
import type { Draft, Frame } from './walk.ts';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** What the invocation prints on standard output; undefined where that cannot be told. */
export function constantOutput(draft: Draft, frame: Frame, state: ShellState): string | undefined {
  const { argv, redirects } = draft;
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
    case 'base64':
      return values.length === 1 && /^(?:-d|-D|--decode)$/.test(values[0] ?? '')
        ? decoded(draft.input)
        : undefined;
    case 'pwd':
      return values.length === 0 && state.cwd.kind === 'known' ? `${state.cwd.path}\n` : undefined;
    case 'true':
    case 'false':
    case ':':
      return '';
    case 'cd':
      return values[0] === '-' ? undefined : '';
    case 'export':
      // Without a name, and with `-p`, it prints what is exported.
      return values.length === 0 || values.some((value) => value.startsWith('-')) ? undefined : '';
    case 'set':
      // Alone it prints all variables, and an `o` without a name all options.
      return values.length === 0 || /^[-+]\w*o$/.test(values.at(-1) ?? '') ? undefined : '';
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

/** Text that is hidden in base64; undefined where it is not plain ASCII. */
function decoded(input: Input): string | undefined {
  const digits = input.kind === 'text' ? input.text.replace(/\s/g, '').replace(/=+$/, '') : '%';
  if (!/^[A-Za-z0-9+/]*$/.test(digits)) {
    return undefined;
  }
  let [text, bits, count] = ['', 0, 0];
  for (const digit of digits) {
    bits = ((bits << 6) | BASE64.indexOf(digit)) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      text += String.fromCharCode((bits >> count) & 0xff);
    }
  }
  return /^[\t\n -~]*$/.test(text) ? text : undefined;
}

/** printf with `%s`, `%%`, the plain escapes and ASCII by number; the format is used again while arguments are left. */
function printf(values: readonly string[]): string | undefined {
  const [format, ...rest] = values[0] === '--' ? values.slice(1) : values;
  if (
    format === undefined ||
    format.startsWith('-') ||
    !/^(?:[^%\\]|%%|%s|\\[nt\\"']|\\x[0-7][0-9A-Fa-f]|\\[01][0-7][0-7])*$/.test(format)
  ) {
    return undefined;
  }
  const holes = format.match(/%s/g)?.length ?? 0;
  let result = '';
  let at = 0;
  do {
    result += format.replace(/%[%s]|\\(?:x..|[01]..|.)/g, (match) =>
      match === '%s' ? (rest[at++] ?? '') : unescapedChar(match.slice(1)),
    );
  } while (holes > 0 && at < rest.length);
  return result;
}

function unescapedChar(text: string): string {
  if (/^x/.test(text)) {
    return String.fromCharCode(Number.parseInt(text.slice(1), 16));
  }
  if (/^[01]/.test(text)) {
    return String.fromCharCode(Number.parseInt(text, 8));
  }
  return text === 'n' ? '\n' : text === 't' ? '\t' : text;
}
