// What builtins do to the shell itself: directory, variables, options, positional parameters.
// Invariant: a variable that a builtin may have changed is not known any more.
import { checkArithmetic } from './arithmetic.ts';
import { checkAssigned } from './assignedNames.ts';
import { changeDirectory, during, popDirectory, pushDirectory } from './cwd.ts';
import { declare } from './declarations.ts';
import { Expander } from './expand.ts';
import { operandNames, printfTarget } from './operandNames.ts';
import type { Assigned } from './program.ts';
import { checkShellOptions, setOptions, shift } from './shellOptions.ts';
import { assign, forget, type ShellState } from './state.ts';
import { checkSubscripts } from './subscripts.ts';
import { hostFor } from './substitutions.ts';
import type { Word } from './types.ts';
import { noteChange } from './variableChanges.ts';
import type { Draft, Frame, Result, Walk } from './walk.ts';

/** Builtins whose arguments are evaluated where they hold a subscript. */
const EVALUATING: ReadonlySet<string> = new Set([
  'test',
  '[',
  'printf',
  'read',
  'let',
  'declare',
  'typeset',
  'local',
  'readonly',
  'unset',
  'mapfile',
  'readarray',
  'wait',
  'getopts',
]);

/** Options of `read` and `mapfile` that take a value. */
const READ_VALUES = 'adinNptu';
const MAP_VALUES = 'dnOsuCc';

/** The states behind a builtin; behind a program nothing in the shell has changed. */
export function applyBuiltin(
  walk: Walk,
  draft: Draft,
  state: ShellState,
  frame: Frame,
  values: readonly Assigned[],
): Result {
  const { argv } = draft;
  // Only a bare name can be a builtin.
  const name = argv[0]?.value ?? '';
  const args = argv.slice(1);
  if (EVALUATING.has(name)) {
    const expander = new Expander(state, hostFor(walk, frame, draft), draft.span);
    args.forEach((word, index) => {
      if (!isPlainOperand(name, args, index)) {
        checkSubscripts(expander, word);
      }
    });
  }
  switch (name) {
    case 'cd':
    case 'chdir':
      return during(values, state, (now) => changeDirectory(now, args, walk.context.files));
    case 'pushd':
      return during(values, state, (now) => pushDirectory(now, args, walk.context.files));
    case 'popd':
      return during(values, state, (now) => popDirectory(now, args));
    case 'true':
    case ':':
      return { success: state, failure: undefined };
    case 'false':
      return { success: undefined, failure: state };
    case 'return':
    case 'break':
    case 'continue':
      frame.jumps?.push(state);
      return { success: undefined, failure: undefined };
    case 'exit':
    case 'logout':
      return { success: undefined, failure: undefined };
    case 'exec':
      return both(
        args.length === 0 && draft.input.kind !== 'inherit'
          ? { ...state, input: draft.input }
          : state,
      );
    default:
      return both(changeVariables(walk, draft, state, frame, name, args, values));
  }
}

/** `test` and `[` evaluate only what stands behind `-v` and `-R`, not the operands of `-eq`. */
function isPlainOperand(name: string, args: readonly Word[], index: number): boolean {
  if (name !== 'test' && name !== '[') {
    return false;
  }
  const before = args[index - 1];
  return !before || (before.value !== undefined && !/^-[vR]$/.test(before.value));
}

function changeVariables(
  walk: Walk,
  draft: Draft,
  state: ShellState,
  frame: Frame,
  name: string,
  args: readonly Word[],
  values: readonly Assigned[],
): ShellState {
  /** The state when these names got values that are not known; undefined: it is not known which names. */
  const fill = (names: readonly string[] | undefined): ShellState => {
    const expander = new Expander(state, hostFor(walk, frame, draft), draft.span);
    for (const filled of names ?? []) {
      checkAssigned(expander, filled, undefined);
    }
    if (!names) {
      noteChange(expander, undefined, 'set');
    }
    return names ? forget(state, names) : forgetAll(state);
  };
  switch (name) {
    case 'export':
    case 'declare':
    case 'typeset':
    case 'local':
    case 'readonly': {
      const before = values.reduce(
        (current, { assignment, value }) => assign(current, assignment.name, value),
        state,
      );
      return declare(
        before,
        name,
        args,
        new Expander(state, hostFor(walk, frame, draft), draft.span),
        frame,
      );
    }
    case 'unset':
      return unset(new Expander(state, hostFor(walk, frame, draft), draft.span), args);
    case 'read':
      return fill(operandNames(args, READ_VALUES, ['REPLY']));
    case 'mapfile':
    case 'readarray':
      return fill(operandNames(args, MAP_VALUES, ['MAPFILE']));
    case 'getopts':
      return forget(fill(plain(args.slice(1, 2))), ['OPTARG', 'OPTIND']);
    case 'printf':
      return mayFill(args[0]) ? fill(printfTarget(args)) : state;
    case 'let': {
      const expander = new Expander(state, hostFor(walk, frame, draft), draft.span);
      args.forEach((word) => {
        checkArithmetic(expander, word.parts, word.value ?? word.text);
      });
      return expander.state;
    }
    case 'wait':
      return args.some((word) => word.value?.startsWith('-p')) ? fill(plain(args)) : state;
    default:
      return changeReading(walk, draft, state, name, args);
  }
}

/** What changes how the shell reads or finds what comes: options, aliases, positional parameters, known programs. */
function changeReading(
  walk: Walk,
  draft: Draft,
  state: ShellState,
  name: string,
  args: readonly Word[],
): ShellState {
  const report = (code: string, why: string): void => {
    walk.notUnderstood.push({ code, why, span: draft.span });
  };
  switch (name) {
    case 'set':
      if (args.some((word) => /^-\w*k|^keyword$/.test(word.value ?? ''))) {
        report('unsupported-construct', 'With this option words behind a program are variables.');
      }
      if (args.some((word) => /^-[a-zA-Z]*H|^histexpand$/.test(word.value ?? ''))) {
        report('unsupported-construct', 'With this option `!` stands for text of earlier lines.');
      }
      if (args.some((word) => word.value === 'posix')) {
        report(
          'unsupported-construct',
          'This shell option changes how the rest of the line is read.',
        );
      }
      return setOptions(state, args);
    case 'shift':
      return shift(state, args);
    case 'shopt':
      checkShellOptions(args, report);
      return state;
    case 'alias': {
      const names = aliasNames(args);
      if (names.some((given) => given === undefined || !PLAIN_ALIAS.test(given))) {
        report('unsupported-construct', 'This alias changes how the rest of the line is read.');
      }
      return {
        ...state,
        aliases: new Set([...state.aliases, ...names.flatMap((given) => given ?? [])]),
      };
    }
    case 'hash':
    case 'enable':
      if (args.some((word) => /^-\w*[pfnd]/.test(word.value ?? '-p'))) {
        report('unsupported-construct', `\`${name}\` gives a name another meaning.`);
      }
      return state;
    default:
      return state;
  }
}

/** An alias of a program; one of a reserved word or a bracket is looked at before the line is read. */
const PLAIN_ALIAS =
  /^(?!(?:if|then|elif|else|fi|while|until|do|done|for|select|case|esac|function|time|coproc|in)$)[\w.:+,@%][\w.:+,@%-]*$/;

/** The names that get a meaning; undefined where the name is not known. */
function aliasNames(args: readonly Word[]): (string | undefined)[] {
  return args
    .filter((word) => word.value === undefined || word.value.includes('='))
    .map((word) => {
      const head = word.parts[0]?.kind === 'literal' ? word.parts[0].value : '';
      const text = word.value ?? head;
      return text.includes('=') ? aliasOf(text) : undefined;
    });
}

function aliasOf(text: string): string {
  return text.slice(0, text.indexOf('='));
}

/** True where the first word of `printf` is `-v`, or is not known and stands where it may be that. */
function mayFill(word: Word | undefined): boolean {
  const [head] = word?.parts ?? [];
  const isOpen = head?.kind === 'variable' || head?.kind === 'substitution';
  return word?.value === undefined ? isOpen && !head.quoted : word.value.startsWith('-v');
}

function unset(expander: Expander, args: readonly Word[]): ShellState {
  const { state } = expander;
  const isFunction = args.some((word) => /^-\w*f/.test(word.value ?? ''));
  // `-n` takes a reference away, and leaves any other variable as it is.
  const isReference = args.some((word) => /^-\w*n/.test(word.value ?? ''));
  const functions = new Map(state.functions);
  let next = state;
  for (const word of args) {
    const name = word.value;
    if (!isFunction && !name?.startsWith('-')) {
      noteChange(expander, name, 'hidden');
    }
    if (name === undefined) {
      return { ...forget(state, state.variables.keys()), functions: new Map() };
    }
    if (!isFunction && /^[A-Za-z_]\w*$/.test(name)) {
      next = isReference ? forget(next, [name]) : assign(next, name, { kind: 'unset' });
    } else if (/\[/.test(name)) {
      next = forget(next, [name.replace(/\[.*/s, '')]);
    }
    if (isFunction || !state.variables.has(name)) {
      functions.delete(name);
    }
  }
  // Without IFS the shell splits at the default blanks again.
  return {
    ...next,
    functions,
    hasForeignIfs: next.hasForeignIfs && !args.some((word) => word.value === 'IFS'),
  };
}

function forgetAll(state: ShellState): ShellState {
  return { ...forget(state, state.variables.keys()), isVague: true };
}

function plain(words: readonly Word[]): string[] {
  return words.flatMap((word) => (word.value === undefined ? [] : [word.value]));
}

function both(state: ShellState): Result {
  return { success: state, failure: state };
}
