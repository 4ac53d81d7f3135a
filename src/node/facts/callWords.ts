// Values of words and options as the program would get them, for telling its target.
// Invariant: a word whose value is not sure is `open`; it is never taken for empty.
import * as path from 'node:path';
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
export function readWord(
  word: Word,
  how: string,
  subject: Subject,
  context: FactsContext,
): CallWord {
  if (word.value !== undefined) return { text: word.value, how };
  let text = '';
  const names: string[] = [];
  for (const part of word.parts) {
    if (part.kind === 'variable') {
      const value = isChanged(subject, part.name) ? undefined : inherited(context, part.name);
      names.push(part.name);
      if (!value) return { text, how, open: `$${part.name} is not set where the gate can see it.` };
      text += value;
    } else if (part.kind === 'substitution' || part.kind === 'opaque') {
      return { text, how, open: `${word.text} is only known when it runs.` };
    } else text += part.value;
  }
  return { text, how: `${names.join(', ')} in the environment` };
}

function isChanged({ call }: Subject, name: string): boolean {
  const { changed } = call.invocation;
  return changed !== undefined && (changed.isVague || changed.values.has(name));
}

/** Every value of the named options, in all spellings, also where the program's syntax is not known to us. */
export function optionWords(
  subject: Subject,
  names: readonly string[],
  context: FactsContext,
): readonly CallWord[] {
  const { call } = subject;
  const found = call.options
    .filter(({ name, value }) => value !== undefined && names.includes(name))
    .map(({ name, value }) => readWord(value as Word, name, subject, context));
  const words = call.invocation.argv.slice(1);
  words.forEach((word, index) => {
    const spelled = spelledOption(word, names);
    if (spelled === undefined) return;
    if (spelled.rest !== undefined) found.push({ text: spelled.rest, how: spelled.name });
    else {
      const next = words[index + 1];
      if (next) found.push(readWord(next, spelled.name, subject, context));
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

/** A variable as the program gets it: from the words before it, from what the line did earlier, else from the environment. */
export function variableOf(
  subject: Subject,
  name: string,
  context: FactsContext,
): CallWord | undefined {
  const { assignments, changed, hasBareEnvironment } = subject.call.invocation;
  const own = assignments.findLast((assignment) => assignment.name === name);
  if (own?.append) return { text: '', how: name, open: `${name} is only known when it runs.` };
  if (own?.value) return readWord(own.value, name, subject, context);
  const value = inherited(context, name);
  const set = changed?.values.get(name);
  if (set?.value === null) return undefined;
  if (hidesVariable(subject, name))
    return value ? { text: '', how: name, open: `${name} may not reach it.` } : undefined;
  if (set && (set.isExported || value !== undefined || /\bset\b|allexport/.test(subject.line))) {
    if (set.value === undefined)
      return { text: '', how: name, open: `${name} is only known when it runs.` };
    return { text: set.value, how: `${name}, set in the line` };
  }
  if (hasBareEnvironment) return undefined;
  return value ? { text: value, how: `${name} in the environment` } : undefined;
}

/** True where the line takes the variable from what starts later, by other means than a new value. */
function hidesVariable({ call, changes }: Subject, name: string): boolean {
  return changes.some(
    (change) =>
      change.how === 'hidden' &&
      (change.name === name || change.name === undefined) &&
      change.invocation <= call.invocation.id,
  );
}

/** The home folder as the program sees it; undefined where that is not known. */
export function homeOf(subject: Subject, context: FactsContext): string | undefined {
  const word = variableOf(subject, 'HOME', context);
  if (word === undefined) return context.home;
  return word.open === undefined ? word.text : undefined;
}

/** A file below the home folder that a program reads; a place where nothing stands where home is not known. */
export function inHome(subject: Subject, context: FactsContext, ...way: string[]): string {
  return path.join(homeOf(subject, context) ?? '/dev/null', ...way);
}

/** `$constructor` is no variable of the environment, though every object has one. */
function inherited({ environment }: FactsContext, name: string): string | undefined {
  return Object.hasOwn(environment, name) ? environment[name] : undefined;
}
