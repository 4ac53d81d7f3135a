// Assignments that do more than store a value: to integers, to references, and to names that the shell itself acts on.
// Invariant: whatever gives a variable a value asks here first, so that no spelling of an assignment goes round it.
import { checkArithmetic } from './arithmetic.ts';
import type { Expander } from './expand.ts';
import { EVALUATED_NAMES } from './specialNames.ts';
import { constantText, type Value } from './state.ts';
import { holdsSubscriptCode } from './subscripts.ts';
import { noteChange } from './variableChanges.ts';

const MAX_REFERENCES = 4;

/**
 * Reports what an assignment would run or give another meaning, and notes it. `value` undefined: it is not known.
 * `isShown`: the assignment is listed with its invocation.
 */
export function checkAssigned(
  expander: Expander,
  name: string,
  value: Value | undefined,
  isShown = false,
): void {
  const { state, host, span } = expander;
  if (!isShown || state.references.has(name)) {
    noteChange(expander, name, 'set', value);
  }
  let target: string | undefined = name;
  for (let step = 0; target !== undefined && state.references.has(target); step++) {
    const isKnown = state.references.get(target) !== undefined;
    if (textsOf(value).some((text) => (text === undefined ? !isKnown : holdsSubscriptCode(text)))) {
      const why = `\`${target}\` stands for another variable, and some values of it run code.`;
      host.report('dynamic-code', why, span);
      return;
    }
    target = step < MAX_REFERENCES ? state.references.get(target) : undefined;
  }
  if (target === undefined) {
    return;
  }
  if (/^DIRSTACK(?:\[|$)/.test(target)) {
    host.report('unsupported-construct', 'DIRSTACK changes where popd leads.', span);
  } else if (/^BASH_(?:CMDS|ALIASES)(?:\[|$)/.test(target)) {
    host.report('unsupported-construct', `${target} gives names another meaning.`, span);
  } else if (state.evaluated.has(target) || EVALUATED_NAMES.has(target)) {
    checkNumber(expander, target, value);
  } else {
    checkHook(expander, target, value);
  }
}

/** An integer evaluates whatever it is given. */
function checkNumber(expander: Expander, name: string, value: Value | undefined): void {
  if (value?.kind === 'number' || value?.kind === 'unset') {
    return;
  }
  const lists =
    value?.kind === 'scalar' ? [value.parts] : value?.kind === 'array' ? value.items : [];
  if (lists.length === 0 && !(value?.kind === 'array')) {
    const why = `\`${name}\` is an integer: what it is given is evaluated, and is not known.`;
    expander.host.report('dynamic-code', why, expander.span);
  }
  for (const parts of lists) {
    checkArithmetic(expander, parts, constantText(parts) ?? '');
  }
}

/** Values that a shell runs: prompts, and what stands before each prompt. */
function checkHook(expander: Expander, name: string, value: Value | undefined): void {
  const { host, span } = expander;
  if (COMMAND_NAMES.test(name)) {
    runLater(expander, name, value);
    return;
  }
  const isPrompt = /^PS[0-4]$/.test(name);
  const isFile = name === 'BASH_ENV';
  if (!isPrompt && !isFile && name !== 'PROMPT_COMMAND') {
    return;
  }
  for (const text of textsOf(value)) {
    if (text === '') {
      continue;
    }
    if (text === undefined || isFile) {
      const what = isFile
        ? 'The shells that are started run a file first'
        : `The shell runs the value of ${name}`;
      host.report(
        isFile ? 'unseen-code' : 'dynamic-code',
        `${what}, which is not seen here.`,
        span,
      );
    } else if (!isPrompt) {
      host.runText(text, name, expander.state, span);
    } else if (/\$\(|`|\$\{/.test(text)) {
      host.runText(`: "${text.replaceAll('"', '\\"')}"`, name, expander.state, span);
    }
  }
}

/** Variables whose value other programs hand to a shell. */
const COMMAND_NAMES =
  /^(?:\w*PAGER|\w*EDITOR|VISUAL|BROWSER|LESSOPEN|LESSCLOSE|GIT_(?:SSH_COMMAND|EXTERNAL_DIFF|PROXY_COMMAND|ASKPASS)|(?:SSH|SUDO)_ASKPASS|FZF_DEFAULT_COMMAND|(?:RSYNC|CVS)_RSH|KUBECTL_EXTERNAL_DIFF)$/;

/** The name of a program alone says nothing new, and neither does the ssh that git would start anyway. */
const PLAIN_COMMAND = /^\s*(?:[\w./:-]*|ssh(?:\s+-[\w]+|\s+[\w./~@:=-]+)*)\s*$/;

/** A pager, an editor: it may be started by whatever comes later, and what it would do is named. */
function runLater({ host, state, span }: Expander, name: string, value: Value | undefined): void {
  for (const text of textsOf(value)) {
    const command = text?.replace(/^\|{1,2}-?/, '');
    if (command !== undefined && (!PLAIN_COMMAND.test(command) || /command=/i.test(command))) {
      host.runText(command, name, state, span);
    }
  }
}

/** The texts of a value; undefined for one that is not known. */
function textsOf(value: Value | undefined): readonly (string | undefined)[] {
  switch (value?.kind) {
    case 'scalar':
      return [constantText(value.parts)];
    case 'array':
      return value.items.map(constantText);
    case 'number':
    case 'unset':
      return [''];
    default:
      return [undefined];
  }
}
