// Builtins that run their words: eval, exec, command, builtin, source, trap, mapfile, compgen.
import type { Input, Word } from '../types.ts';
import { argvPart, NOTHING, opaque, step, textPart, transparent } from './build.ts';
import { hasOption, optionValue, readOptions } from './optionReader.ts';
import { isStandardInput, unwrapInput } from './shells.ts';
import type { Unwrapped } from './types.ts';

/** Reads one of the builtins; undefined where the program is none of them. */
export function unwrapBuiltin(
  program: string,
  argv: readonly Word[],
  input: Input,
): Unwrapped | undefined {
  const first = argv[0] as Word;
  const words = argv.slice(1);
  switch (program) {
    case 'eval':
      return unwrapEval(words, first);
    case 'exec': {
      const read = readOptions(words, { flags: 'cl', values: 'a' }, 'exec');
      return program === 'exec' && read.rest.length === 0
        ? opaque([], read.notUnderstood)
        : transparent(
            [
              argvPart(read.rest, step('exec', 'wrapper', first), {
                environment: { isBare: hasOption(read, '-c') },
              }),
            ],
            read.notUnderstood,
          );
    }
    case 'command': {
      const read = readOptions(words, { flags: 'pvV' }, 'command');
      if (hasOption(read, '-v', '-V') || read.rest.length === 0) return NOTHING;
      return transparent(
        [argvPart(read.rest, step('command', 'wrapper', first))],
        read.notUnderstood,
      );
    }
    case 'builtin':
      return words.length === 0
        ? NOTHING
        : transparent([argvPart(skipDashes(words), step('builtin', 'wrapper', first))]);
    case 'source':
    case '.':
      return unwrapSource(program, skipDashes(words), first, input);
    case 'trap':
      return unwrapTrap(words, first);
    case 'mapfile':
    case 'readarray':
      return unwrapMapfile(words, first);
    case 'compgen':
      return unwrapCompgen(words, first);
    case 'jobs':
      return unwrapJobs(words, first);
    case 'fc':
      return unwrapFc(words, first);
    default:
      return undefined;
  }
}

function skipDashes(words: readonly Word[]): readonly Word[] {
  return words[0]?.value === '--' ? words.slice(1) : words;
}

function unwrapEval(given: readonly Word[], first: Word): Unwrapped {
  const words = skipDashes(given);
  if (words.length === 0) return NOTHING;
  const made = textPart(words, 'bash', step('eval', 'string', first), { inCurrentShell: true });
  return transparent([made.part], made.notUnderstood);
}

function unwrapSource(
  program: string,
  words: readonly Word[],
  first: Word,
  input: Input,
): Unwrapped {
  const [path, ...rest] = words;
  if (!path) return NOTHING;
  if (isStandardInput(path))
    return unwrapInput(program, 'bash', first, input, { arguments: rest, inCurrentShell: true });
  return transparent([
    {
      kind: 'file',
      path,
      reader: { kind: 'shell', dialect: 'bash' },
      arguments: rest,
      inCurrentShell: true,
      step: step(`source ${path.text}`, 'file', first),
    },
  ]);
}

function unwrapTrap(given: readonly Word[], first: Word): Unwrapped {
  const words = skipDashes(given);
  const [code, signal] = words;
  // `trap - INT`, `trap '' INT` and `trap -p` run nothing; one word alone resets that signal.
  if (
    !code ||
    !signal ||
    code.value === '-' ||
    code.value === '' ||
    /^-[lp]+$/.test(code.value ?? '')
  )
    return NOTHING;
  const made = textPart([code], 'bash', step('trap', 'string', first), {
    inCurrentShell: true,
    isRepeated: true,
    isAtEnd: words.slice(1).every((word) => /^(?:EXIT|0)$/i.test(word.value ?? '')),
  });
  return transparent([made.part], made.notUnderstood);
}

/** `-C code` is evaluated with an index and a line of the input, quoted, behind it. */
function unwrapMapfile(words: readonly Word[], first: Word): Unwrapped {
  const read = readOptions(words, { flags: 't', values: 'dnOsuCc' }, 'mapfile');
  const code = optionValue(read, '-C');
  if (!code) return NOTHING;
  const made = textPart([code], 'bash', step('mapfile -C', 'string', first), {
    inCurrentShell: true,
    isRepeated: true,
  });
  const text = `${made.part.text} "\${unknown}" "\${unknown}"`;
  return opaque([{ ...made.part, text }], made.notUnderstood);
}

/** `jobs -x PROGRAM WORDS` runs it, with process ids in place of words such as `%1`. */
function unwrapJobs(words: readonly Word[], first: Word): Unwrapped {
  const read = readOptions(words, { flags: 'lnprsx' }, 'jobs');
  if (!hasOption(read, '-x')) return { ...NOTHING, notUnderstood: read.notUnderstood };
  const part = argvPart(read.rest, step('jobs -x', 'wrapper', first));
  return transparent(read.rest.length > 0 ? [part] : [], read.notUnderstood);
}

/** Without `-l` it runs earlier lines again, or an editor. */
function unwrapFc(words: readonly Word[], first: Word): Unwrapped {
  const isList = words.some((word) => /^-[a-z]*l/.test(word.value ?? ''));
  const runs = words.every((word) => word.value !== undefined) && isList;
  const why = 'fc runs lines of the history, which are not seen here.';
  return opaque([], runs ? [] : [{ code: 'unseen-code', why, span: first.span }]);
}

/** `-C` runs a command, `-F` a function, and the words of `-W` are expanded. */
function unwrapCompgen(words: readonly Word[], first: Word): Unwrapped {
  const read = readOptions(words, { flags: 'abcdefgjksuv', values: 'ACFGPSWXo' }, 'compgen');
  const command = optionValue(read, '-C');
  const made = command && textPart([command], 'bash', step('compgen -C', 'string', first));
  const list = optionValue(read, '-W');
  const isExpanded = list !== undefined && /[$`]/.test(list.value ?? '$');
  const notUnderstood = [...read.notUnderstood, ...(made?.notUnderstood ?? [])];
  if (isExpanded || hasOption(read, '-F')) {
    const why = 'compgen runs a function, or what stands in its list of words.';
    notUnderstood.push({ code: 'dynamic-code', why, span: (list ?? first).span });
  }
  return opaque(made ? [made.part] : [], notUnderstood);
}
