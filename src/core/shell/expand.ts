// Cooks words: braces, tilde, parameters, splitting, quote removal. What comes out is the argv that the program gets.
// Invariant: a word has a value only where it is exactly the value that the shell would pass.
import { arithmeticPart } from './arithmetic.ts';
import { expandBraces } from './braces.ts';
import { previousDirectory, statedDirectory } from './cwd.ts';
import { Fields, isKeptWhole, mayBeSplit, pushLiteral } from './fields.ts';
import { globParts } from './globs.ts';
import { outputPart } from './outputPart.ts';
import { type Expansion, expandParameter } from './parameters.ts';
import { type ShellState, textOf } from './state.ts';
import type { CommandPiece, LiteralPiece, Piece, RawWord } from './tokens.ts';
import type { ShellDialect, Span, VariableChange, Word, WordPart } from './types.ts';
import { word } from './words.ts';

/** What expansion needs from the walk around it. */
export interface ExpansionHost {
  readonly dialect: ShellDialect;
  /** Analyses the commands of a substitution; gives its output where that is constant. */
  substitute(piece: CommandPiece, state: ShellState): string | undefined;
  /** Walks text that the shell runs because of a value; `name` says of which. */
  runText(text: string, name: string, state: ShellState, span: Span): void;
  /** Records that a variable is changed where no assignment of an invocation says so. */
  change(change: Omit<VariableChange, 'invocation'>): void;
  /** Records text that is not understood. */
  report(code: string, why: string, span: Span): void;
}

type Parts = readonly WordPart[];

/** Where else than at its start a word may have a `~`: in the value of an assignment, in a word that looks like one. */
type Tildes = false | 'value' | 'word';

/** Most words that a command may get by expansion. */
const MAX_WORDS = 10_000;

/** Expands words; assignments that happen on the way (`${x:=v}`, `$((x++))`) change `state`. */
export class Expander {
  constructor(
    public state: ShellState,
    readonly host: ExpansionHost,
    /** Where problems are reported. */
    public span: Span,
  ) {}

  /** All words that a list of raw words becomes. In the list of an array `k=~` is no assignment. */
  words(raws: readonly RawWord[], isInArray = false): Word[] {
    const result: Word[] = [];
    for (const raw of raws) {
      this.expandInto(raw, result, isInArray);
      if (result.length > MAX_WORDS && raws.length < MAX_WORDS) {
        this.host.report('too-long', 'A command gets too many words.', this.span);
        return result.slice(0, MAX_WORDS);
      }
    }
    return result;
  }

  private expandInto(raw: RawWord, result: Word[], isInArray: boolean): void {
    const text = raw.source.text.slice(raw.start, raw.end);
    const span = raw.source.span(raw.start, raw.end);
    const [first] = raw.pieces;
    if (raw.pieces.length === 1 && first?.kind === 'literal' && isInert(first)) {
      const { value, quoted } = first;
      result.push({
        text,
        value,
        parts: [{ kind: 'literal', value, quoted }],
        isGlob: false,
        span,
      });
      return;
    }
    this.span = span;
    const alternatives = this.host.dialect === 'sh' ? [raw.pieces] : expandBraces(raw.pieces);
    if (!alternatives || (this.host.dialect === 'sh' && expandBraces(raw.pieces)?.length !== 1)) {
      this.fields(raw.pieces, false);
      result.push(word(text, [{ kind: 'opaque', text, why: 'brace expansion' }], span, 'brace'));
      return;
    }
    for (const pieces of alternatives) {
      // bash does not take the words of a brace expansion for assignments.
      const isPlain = !isInArray && alternatives.length === 1;
      const tildes = isPlain && isAssignmentLike(pieces) && 'word';
      for (const parts of this.fields(pieces, tildes)) {
        result.push(word(text, parts, span));
      }
    }
  }

  /** One word without splitting, braces and globs: assignments, redirect targets, `case` subjects. */
  single(raw: RawWord, tildes: Tildes): Word {
    const text = raw.source.text.slice(raw.start, raw.end);
    const span = raw.source.span(raw.start, raw.end);
    this.span = span;
    return word(text, this.parts(raw.pieces, tildes), span);
  }

  /** The parts of pieces that are not split: everything counts as quoted, tildes are expanded. */
  parts(pieces: readonly Piece[], tildes: Tildes): WordPart[] {
    const result: WordPart[] = [];
    this.withTilde(pieces, tildes, result).forEach((piece) => {
      if (piece.kind === 'literal') {
        pushLiteral(result, piece.value, true);
      } else {
        result.push(...this.joined(piece));
      }
    });
    return result;
  }

  /** The parts of a pattern (`${x%…}`): nothing is split, and what is not quoted may hold `*` and `?`. */
  pattern(pieces: readonly Piece[]): WordPart[] {
    const [first] = pieces;
    if (first?.kind === 'literal' && !first.quoted && first.value.startsWith('~')) {
      return [{ kind: 'opaque', text: first.value, why: 'a ~ in a pattern' }];
    }
    return pieces.flatMap((piece): readonly WordPart[] => {
      const parts =
        piece.kind === 'literal'
          ? [{ kind: 'literal' as const, value: piece.value, quoted: piece.quoted }]
          : this.joined(piece);
      return piece.quoted
        ? parts
        : parts.flatMap((part) => (part.kind === 'literal' ? globParts(part.value) : [part]));
    });
  }

  /** Parts of an expansion where nothing is split. */
  private joined(piece: Exclude<Piece, LiteralPiece>): WordPart[] {
    const expansion = this.expand(piece);
    if (expansion.kind === 'parts') return [...expansion.parts];
    if (expansion.kind === 'pieces') return expansion.resolve();
    const { fields } = expansion;
    if (fields.length > 1 && this.state.hasForeignIfs) {
      // `x=$*` puts the first character of IFS between them.
      return [{ kind: 'opaque', text: 'several words', why: 'IFS was changed' }];
    }
    return fields.flatMap((field, index) =>
      index === 0 ? [...field] : [{ kind: 'literal' as const, value: ' ', quoted: true }, ...field],
    );
  }

  /** Expands pieces into fields, splitting what is not quoted. */
  fields(pieces: readonly Piece[], tildes: Tildes): Parts[] {
    const isWhole = isKeptWhole(pieces);
    const fields = new Fields(this.state.hasNoGlob);
    const head: WordPart[] = [];
    const rest = this.withTilde(pieces, tildes, head);
    fields.quoted(head);
    for (const piece of rest) {
      this.addField(fields, piece, false);
    }
    return isWhole ? [[{ kind: 'opaque', text: '$', why: 'a lone $' }]] : fields.finish();
  }

  private addField(fields: Fields, piece: Piece, splitsLiterals: boolean): void {
    if (piece.kind === 'literal') {
      if (piece.quoted) {
        fields.quoted([{ kind: 'literal', value: piece.value, quoted: true }]);
      } else if (splitsLiterals) {
        fields.split([{ kind: 'literal', value: piece.value, quoted: false }]);
      } else {
        fields.open(piece.value);
      }
      return;
    }
    const expansion = this.expand(piece);
    if (expansion.kind === 'pieces') {
      if (piece.quoted) {
        fields.begin(); // `"${x:-}"` is an empty word
      }
      for (const inner of expansion.pieces) {
        this.addField(fields, inner, !piece.quoted);
      }
      return;
    }
    if (!piece.quoted && this.state.hasForeignIfs && mayBeSplit(expansion, this.state)) {
      const why = 'IFS was changed, so it is not known into which words this splits.';
      this.host.report('unsupported-construct', why, this.span);
    }
    fields.expansion(expansion, piece.quoted);
  }

  private expand(piece: Exclude<Piece, LiteralPiece>): Expansion {
    switch (piece.kind) {
      case 'parameter':
        return expandParameter(this, piece);
      case 'arithmetic':
        return { kind: 'parts', parts: [arithmeticPart(this, piece)] };
      case 'command': {
        const { source, start, end } = {
          source: piece.script.source,
          start: piece.script.start,
          end: piece.script.end,
        };
        const output = this.host.substitute(piece, this.state);
        const text = source.text.slice(start, end);
        return {
          kind: 'parts',
          parts:
            output === undefined
              ? [outputPart(text, piece.quoted, this.state)]
              : [{ kind: 'literal', value: output, quoted: true }],
        };
      }
    }
  }

  /** Puts the expansion of a leading `~` (in assignments also those behind `=` and `:`) into `result`; returns what is left. */
  private withTilde(
    pieces: readonly Piece[],
    tildes: Tildes,
    result: WordPart[],
  ): readonly Piece[] {
    const [first, second] = pieces;
    if (first?.kind !== 'literal' || first.quoted || !first.value.includes('~')) {
      return tildes ? this.tildesInside(pieces, tildes) : pieces;
    }
    const match = /^~([A-Za-z0-9_.+-]*)(?=\/|$|:)/.exec(first.value);
    const endsInside = match !== null && match[0].length < first.value.length;
    if (!match || (!endsInside && second !== undefined)) {
      return tildes ? this.tildesInside(pieces, tildes) : pieces;
    }
    // bash takes a `:` for its end everywhere, other shells only in assignments.
    const isBashOnly = first.value[match[0].length] === ':' && !tildes;
    if (isBashOnly && this.host.dialect !== 'bash') this.reportTilde();
    result.push(this.tilde(match[1] ?? '', match[0]));
    const value = first.value.slice(match[0].length);
    const rest = [...(value === '' ? [] : [{ ...first, value }]), ...pieces.slice(1)];
    return tildes ? this.tildesInside(rest, tildes) : rest;
  }

  /** `PATH=a:~/bin`, and in a word that looks like an assignment also what stands behind its `=`. */
  private tildesInside(pieces: readonly Piece[], tildes: 'value' | 'word'): readonly Piece[] {
    return pieces.flatMap((piece, index): Piece[] => {
      if (piece.kind !== 'literal' || piece.quoted || !/[=:]~/.test(piece.value)) {
        return [piece];
      }
      if (/~[^/:]*=~/.test(piece.value)) this.reportTilde();
      // A `~` that quotes or an expansion follow is no directory.
      const isLast = index === pieces.length - 1;
      const isName =
        index === 0 && tildes === 'word'
          ? /^[A-Za-z_]\w*\+?(?==)/.exec(piece.value)?.[0].length
          : undefined;
      const home = this.tilde('', '~');
      const value = home.kind === 'literal' ? home.value : '~';
      const result: Piece[] = [];
      let from = 0;
      for (const { index: at } of piece.value.matchAll(/(?<=[=:])~(?=[/:]|$)/g)) {
        const isBehindName = piece.value[at - 1] === ':' || at - 1 === isName;
        if (!isBehindName || (at === piece.value.length - 1 && !isLast)) {
          continue;
        }
        if (home.kind !== 'literal') this.reportTilde();
        result.push(
          { ...piece, value: piece.value.slice(from, at) },
          { ...piece, value, quoted: true },
        );
        from = at + 1;
      }
      return [...result, { ...piece, value: piece.value.slice(from) }];
    });
  }

  private reportTilde(): void {
    this.host.report('unsupported-construct', 'It is not known what ~ stands for.', this.span);
  }

  private tilde(user: string, text: string): WordPart {
    const { state } = this;
    const place =
      user === '+' ? statedDirectory(state) : user === '-' ? previousDirectory(state) : undefined;
    const value = place
      ? place.kind === 'known'
        ? place.path
        : undefined
      : textOf(this.state, 'HOME');
    if (value === undefined || (user !== '' && !place)) {
      return { kind: 'opaque', text, why: 'it is not known which directory this is' };
    }
    return { kind: 'literal', value, quoted: true };
  }
}

function isInert(piece: LiteralPiece): boolean {
  return piece.quoted || !/[~{*?[]/.test(piece.value);
}

/** bash expands tildes in arguments that look like assignments. */
function isAssignmentLike(pieces: readonly Piece[]): boolean {
  const [first] = pieces;
  return first?.kind === 'literal' && !first.quoted && /^[A-Za-z_]\w*\+?=/.test(first.value);
}
