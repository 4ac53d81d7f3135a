// Values of words and options as the program would get them, for telling its target.
// Invariant: a word whose value is not sure is `open`; it is never taken for empty.
import type { Word } from '../../core/shell/types.ts';
import type { FactsContext, Subject } from './types.ts';

export interface CallWord {
  text: string;
  /** Where it comes from, for a person: `--host`, `PGHOST`. */
  how: string;
  /** Why the text is not sure; undefined where it is. */
  open?: string;
}

/** The value of a word; variables that the shell inherits are put in, where nothing in the line can have set them. */
export function readWord(word: Word, how: string, context: FactsContext): CallWord {
  if (word.value !== undefined) return { text: word.value, how };
  let text = '';
  const names: string[] = [];
  for (const part of word.parts) {
    if (part.kind === 'variable') {
      const value = inherited(context, part.name);
      names.push(part.name);
      if (!value) return { text, how, open: `$${part.name} is not set where the gate can see it.` };
      text += value;
    } else if (part.kind === 'substitution' || part.kind === 'opaque') {
      return { text, how, open: `${word.text} is only known when it runs.` };
    } else text += part.value;
  }
  return { text, how: `${names.join(', ')} in the environment` };
}

/** Every value of the named options, in all spellings, also where the program's syntax is not known to us. */
export function optionWords(
  { call }: Subject,
  names: readonly string[],
  context: FactsContext,
): readonly CallWord[] {
  const found = call.options
    .filter(({ name, value }) => value !== undefined && names.includes(name))
    .map(({ name, value }) => readWord(value as Word, name, context));
  const words = call.invocation.argv.slice(1);
  words.forEach((word, index) => {
    const spelled = spelledOption(word, names);
    if (spelled === undefined) return;
    if (spelled.rest !== undefined) found.push({ text: spelled.rest, how: spelled.name });
    else {
      const next = words[index + 1];
      if (next) found.push(readWord(next, spelled.name, context));
    }
  });
  const known = new Set<string>();
  return found.filter(({ text, open }) => {
    const isNew = !known.has(`${text} ${open}`);
    known.add(`${text} ${open}`);
    return isNew;
  });
}

/** `-h`, `-hHOST`, `--host`, `--host=HOST`; `rest` is undefined where the value is the next word. */
function spelledOption(
  word: Word,
  names: readonly string[],
): { name: string; rest: string | undefined } | undefined {
  const text = word.value;
  if (text === undefined || !text.startsWith('-')) return undefined;
  for (const name of names) {
    if (text === name) return { name, rest: undefined };
    if (name.startsWith('--') && text.startsWith(`${name}=`))
      return { name, rest: text.slice(name.length + 1) };
    const isShort = /^-[A-Za-z]$/.test(name);
    if (isShort && text.startsWith(name) && !text.startsWith('--'))
      return { name, rest: text.slice(2).replace(/^=/, '') };
  }
  return undefined;
}

/** A variable as the program gets it: from the words before it, else from the environment. */
export function variableOf(
  { call }: Subject,
  name: string,
  context: FactsContext,
): CallWord | undefined {
  const own = call.invocation.assignments.findLast((assignment) => assignment.name === name);
  if (own?.value) return readWord(own.value, name, context);
  const value = inherited(context, name);
  return value ? { text: value, how: `${name} in the environment` } : undefined;
}

/** `$constructor` is no variable of the environment, though every object has one. */
function inherited({ environment }: FactsContext, name: string): string | undefined {
  return Object.hasOwn(environment, name) ? environment[name] : undefined;
}
