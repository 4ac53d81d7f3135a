// The values of given options in a call, abbreviated, glued or bundled, for programs whose other options are not known.
import type { Word } from '../types.ts';
import { wordTail } from './optionReader.ts';

/** One option with its value. */
export interface Found {
  name: string;
  value: Word;
}

/** Every value that the named options are given; a long name also matches its abbreviations. */
export function valuesOf(words: readonly Word[], names: readonly string[]): Found[] {
  const found: Found[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    const text = word.value;
    if (text === undefined || !text.startsWith('-')) continue;
    if (text === '--') break;
    const hit = names
      .map((name) => valueFor(name, text, word, words[at + 1]))
      .find((value) => value !== undefined);
    if (hit) found.push(hit);
  }
  return found;
}

/** The value of `name` where `text` is that option: abbreviated (`--comp=x`), glued (`-Ix`) or in the next word. */
function valueFor(
  name: string,
  text: string,
  word: Word,
  next: Word | undefined,
): Found | undefined {
  if (!name.startsWith('--')) {
    if (text === name) return next && { name, value: next };
    const isGlued = /^-[A-Za-z]$/.test(name) && text.startsWith(name) && !text.startsWith('--');
    if (isGlued) return { name, value: wordTail(word, 2) };
    // The last of a bundle: `rsync -ae ssh`.
    const isBundle = /^-[A-Za-z]+$/.test(text) && text.endsWith(name.slice(1)) && name.length === 2;
    return isBundle && next ? { name, value: next } : undefined;
  }
  const equals = text.indexOf('=');
  const written = equals < 0 ? text : text.slice(0, equals);
  if (!name.startsWith(written) || written.length < 5) return undefined;
  if (equals >= 0) return { name, value: wordTail(word, equals + 1) };
  return next && { name, value: next };
}
