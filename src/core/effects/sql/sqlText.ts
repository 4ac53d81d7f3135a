// Where the SQL of a client's call stands: in an option, on standard input, in a file, or unseen.
import { absolutePath } from '../targets.ts';
import type { Call, EffectContext } from '../types.ts';

export interface SqlText {
  /** The statements; undefined where they cannot be seen. */
  texts: readonly string[];
  /** True where SQL runs that cannot be seen beforehand. */
  isUnseen: boolean;
  /** True where the call opens a prompt and waits. */
  isInteractive: boolean;
}

const CODE_OPTIONS = [
  '-c',
  '--command',
  '-e',
  '--execute',
  '-Q',
  '-q',
  '--query',
  '--eval',
  '--statement',
  '-cmd',
  '--sql',
  '--init-command',
];
const FILE_OPTIONS = [
  '-f',
  '--file',
  '-i',
  '--queries-file',
  '--input-file',
  '-init',
  '--filename',
];
const MAX_BYTES = 200_000;

/** Collects the SQL of a call. `operandIs`: index of an operand that is SQL (`sqlite3 DB SQL`). */
export function sqlOf(call: Call, context: EffectContext, operandIs?: number): SqlText {
  const texts: string[] = [];
  let isUnseen = false;
  for (const option of call.options) {
    if (CODE_OPTIONS.includes(option.name)) {
      if (option.value?.value === undefined) isUnseen ||= option.value !== undefined;
      else texts.push(option.value.value);
    }
    if (FILE_OPTIONS.includes(option.name) && option.value) {
      const path =
        option.value.value === undefined ? undefined : absolutePath(option.value.value, call.cwd);
      const text = path === undefined ? undefined : context.shell.files?.read(path, MAX_BYTES);
      if (text === undefined) isUnseen = true;
      else texts.push(text);
    }
  }
  if (operandIs !== undefined) {
    for (const word of call.operands.slice(operandIs)) {
      if (word.value === undefined) isUnseen = true;
      else texts.push(word.value);
    }
  }
  const { input } = call.invocation;
  const hasOwn = texts.length > 0 || isUnseen;
  if (input.kind === 'text') texts.push(input.text);
  else if (input.kind !== 'inherit' && !hasOwn) isUnseen = true;
  if (input.kind === 'file' && !hasOwn) {
    const path =
      input.path.value === undefined ? undefined : absolutePath(input.path.value, call.cwd);
    const text = path === undefined ? undefined : context.shell.files?.read(path, MAX_BYTES);
    if (text !== undefined) {
      texts.push(text);
      isUnseen = false;
    }
  }
  return { texts, isUnseen, isInteractive: texts.length === 0 && !isUnseen };
}
