// Finds glob characters in unquoted text, and matches the simple patterns of ${x%…} and its kin.
// Invariant: text that the shell might expand to paths is marked as a glob.
import type { WordPart } from './types.ts';

const GLOB = /\*+|\?|\[[!^]?\]?[^\]]*\]/g;
/** For text without a closing bracket, where the search for one would take its time at every opening one. */
const STARS = /\*+|\?/g;

/** Splits unquoted text into literal and glob parts. */
export function globParts(text: string): WordPart[] {
  if (!/[*?[]/.test(text)) {
    return [{ kind: 'literal', value: text, quoted: false }];
  }
  const parts: WordPart[] = [];
  let end = 0;
  for (const match of text.matchAll(text.includes(']') ? GLOB : STARS)) {
    if (match.index > end) {
      parts.push({ kind: 'literal', value: text.slice(end, match.index), quoted: false });
    }
    parts.push({ kind: 'glob', value: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length || parts.length === 0) {
    parts.push({ kind: 'literal', value: text.slice(end), quoted: false });
  }
  return parts;
}

/** Turns a constant shell pattern of literal text, `*` and `?` into a regular expression; undefined for anything else. */
export function simplePattern(parts: readonly WordPart[], isGreedy: boolean): string | undefined {
  let pattern = '';
  for (const part of parts) {
    if (part.kind === 'literal' && !part.quoted && part.value.includes('(')) {
      return undefined; // extglob may be on
    }
    if (part.kind === 'literal') {
      pattern += part.value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    } else if (part.kind === 'glob' && /^(?:\*+|\?)$/.test(part.value)) {
      pattern += part.value === '?' ? '[^]' : isGreedy ? '[^]*' : '[^]*?';
    } else {
      return undefined;
    }
  }
  return pattern;
}
