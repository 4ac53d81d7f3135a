// The fields that an expanded word becomes: what splits, what joins, and which characters still count as globs.
// Invariant: text of an unquoted expansion is split; text of the word itself never is.
import { globParts } from './globs.ts';
import type { Expansion } from './parameters.ts';
import { constantText, type ShellState, textOf } from './state.ts';
import type { Piece } from './tokens.ts';
import type { WordPart } from './types.ts';

type Parts = readonly WordPart[];

/** Adds text, to the last part where that is of the same kind. */
export function pushLiteral(parts: WordPart[], value: string, quoted: boolean): void {
  const last = parts.at(-1);
  if (last?.kind === 'literal' && last.quoted === quoted) {
    parts[parts.length - 1] = { ...last, value: last.value + value };
  } else {
    parts.push({ kind: 'literal', value, quoted });
  }
}

/** Collects fields while a word is expanded. */
export class Fields {
  private readonly done: Parts[] = [];
  private current: WordPart[] | undefined;

  constructor(private readonly hasNoGlob: boolean) {}

  begin(): void {
    this.current ??= [];
  }

  quoted(parts: Parts): void {
    for (const part of parts) {
      this.push(part);
    }
  }

  /** Unquoted text of the word itself: not split, but globs count. */
  open(text: string): void {
    for (const part of this.hasNoGlob ? [literalPart(text)] : globParts(text)) {
      this.push(part);
    }
  }

  expansion(expansion: Exclude<Expansion, { kind: 'pieces' }>, quoted: boolean): void {
    if (expansion.kind === 'parts') {
      if (quoted) {
        this.current ??= [];
        this.quoted(expansion.parts);
      } else {
        this.split(expansion.parts);
      }
      return;
    }
    expansion.fields.forEach((field, index) => {
      if (index > 0) {
        this.close();
      }
      if (quoted) {
        this.current ??= [];
        this.quoted(field);
      } else {
        this.split(field);
      }
    });
  }

  /** Text from an unquoted expansion: blanks separate fields, globs count. */
  split(parts: Parts): void {
    for (const part of parts) {
      if (part.kind !== 'literal') {
        // Whatever quotes it had where it was assigned, here it may be no word or several.
        this.push('quoted' in part ? { ...part, quoted: false } : part);
        continue;
      }
      part.value.split(/([ \t\n]+)/).forEach((text, index) => {
        if (index % 2 === 1) {
          this.close();
        } else if (text.includes('\\') && !this.hasNoGlob) {
          // Beside `*` and its like it escapes what follows, and else it stands for itself.
          this.push({ kind: 'opaque', text, why: 'a backslash in a pattern' });
        } else if (text !== '') {
          this.open(text);
        }
      });
    }
  }

  private push(part: WordPart): void {
    this.current ??= [];
    if (part.kind === 'literal') {
      pushLiteral(this.current, part.value, part.quoted);
    } else {
      this.current.push(part);
    }
  }

  private close(): void {
    if (this.current) {
      this.done.push(this.hasNoGlob ? this.current : withBrackets(this.current));
      this.current = undefined;
    }
  }

  finish(): Parts[] {
    this.close();
    return this.done;
  }
}

/** `.s[s""]h`: a bracket that opens in one piece of a word and closes in another is a glob as well. */
function withBrackets(parts: WordPart[]): Parts {
  const isOpen = (part: WordPart, bracket: string): boolean =>
    part.kind === 'literal' && !part.quoted && part.value.includes(bracket);
  const first = parts.findIndex((part) => isOpen(part, '['));
  const part = parts[first];
  if (part?.kind !== 'literal' || !parts.slice(first).some((later) => isOpen(later, ']'))) {
    return parts;
  }
  const isClosedBefore = part.value.lastIndexOf(']') > part.value.indexOf('[');
  return isClosedBefore || parts.slice(first + 1).some((later) => isOpen(later, ']'))
    ? parts.with(first, { kind: 'glob', value: part.value })
    : parts;
}

function literalPart(value: string): WordPart {
  return { kind: 'literal', value, quoted: false };
}

/** True where bash splits nothing in the word, because a `$` in it stands for itself; other shells do split it. */
export function isKeptWhole(pieces: readonly Piece[]): boolean {
  const isLone = (piece: Piece) => piece.kind === 'literal' && !piece.quoted && piece.value === '$';
  return pieces.some(isLone) && pieces.some((piece) => piece.kind !== 'literal' && !piece.quoted);
}

/** True where a changed IFS may split what came out at other places than blanks. */
export function mayBeSplit(expansion: Expansion, state: ShellState): boolean {
  const text = expansion.kind === 'parts' ? constantText(expansion.parts) : undefined;
  const separators = textOf(state, 'IFS');
  if (text === undefined || separators === undefined) return text !== '';
  // At blanks it is split here in any case.
  return /[ \t\n]/.test(text) || [...separators].some((char) => text.includes(char));
}
