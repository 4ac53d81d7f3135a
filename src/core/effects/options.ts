// Reads an invocation's words as subcommand, options and operands, in every spelling the program accepts.
// Invariant: a word that is not constant and might be an option sets `mayHaveHiddenOptions`.
import { isNoOption, mayBeSeveral } from '../shell/optionlessOutputs.ts';
import type { Invocation, Word } from '../shell/types.ts';
import { deedOfWord } from './deedWords.ts';
import { startsInTemporary } from './targets.ts';
import type { Call, EffectContext, ParsedOption, ProgramSyntax } from './types.ts';

/** Reads the words by the program's syntax; without one, every dash word is an option without a value. */
export function parseCall(invocation: Invocation, syntax: ProgramSyntax | undefined): Call {
  const reader = new CallReader(invocation.argv.slice(1), syntax);
  reader.read();
  const { options } = reader;
  const find = (names: readonly string[]) =>
    options.find(
      (option, index) =>
        names.some((name) => isSameOption(option.name, name, syntax)) &&
        !isTakenBack(option.name, options.slice(index + 1), syntax),
    );
  const computed = new Map<unknown, unknown>();
  const call: Call = {
    invocation,
    program: (invocation.program ?? '').replace(/\.exe$/i, ''),
    subcommand: reader.subcommand,
    options,
    operands: reader.operands,
    mayHaveHiddenOptions: reader.mayHaveHiddenOptions || invocation.hasUnknownOperands,
    isVerbUnsure: reader.isVerbUnsure,
    cwd: invocation.cwd,
    has: (...names) => find(names) !== undefined,
    valueOf: (...names) => find(names)?.value,
    once: <T>(compute: (call: Call, context: EffectContext) => T, context: EffectContext): T => {
      if (!computed.has(compute)) computed.set(compute, compute(call, context));
      return computed.get(compute) as T;
    },
  };
  return call;
}

/** True where a later `--no-name` takes a long option back; the short form is never taken back by our reading. */
function isTakenBack(
  name: string,
  later: readonly ParsedOption[],
  syntax: ProgramSyntax | undefined,
): boolean {
  if (!name.startsWith('--') || syntax?.acceptsNegation !== true) return false;
  const again = later.findLastIndex((option) => option.name === name);
  return later.slice(again + 1).some((option) => option.name === `--no-${name.slice(2)}`);
}

/** True where `written` stands for `name`: equal, or an abbreviation of a long option where those are accepted. */
export function isSameOption(
  written: string,
  name: string,
  syntax: ProgramSyntax | undefined,
): boolean {
  if (written === name) return true;
  if (syntax?.abbreviates === false || syntax?.singleDashLong) return false;
  if (!name.startsWith('--') || !written.startsWith('--') || written.length < 4) return false;
  if (!name.startsWith(written)) return false;
  // An abbreviation that is itself a known option is that option (`--force` is not `--force-with-lease`).
  return !knownLongOptions(syntax).includes(written);
}

function knownLongOptions(syntax: ProgramSyntax | undefined): readonly string[] {
  return [
    ...(syntax?.flags ?? []),
    ...(syntax?.valueOptions ?? []),
    ...Object.values(syntax?.subcommandValueOptions ?? {}).flat(),
  ];
}

/** Options that take no value wherever they are known. */
const PLAIN_FLAGS =
  /^(-[vqyshVDd]|-vv+|--no-[\w-]+|--(verbose|quiet|silent|yes|debug|help|version|offline|assume-?yes|force|json|only-show-errors|disable-pip-version-check|isolated|insecure|user|system|recursive|all|global|dev|prod|frozen-lockfile|non-interactive|noconfirm|interactive|dry-run))$/;

const acts = (word: string) => /^(destroy|stop|change|secret)$/.test(deedOfWord(word));

/** A deed stands among the first words of a call. */
const DEED_WITHIN = 12;

class CallReader {
  readonly options: ParsedOption[] = [];
  readonly operands: Word[] = [];
  readonly subcommand: string[] = [];
  mayHaveHiddenOptions = false;
  private readonly plainWords: { value: string; mayBeValue: boolean }[] = [];
  private position = 0;

  constructor(
    private readonly words: readonly Word[],
    private readonly syntax: ProgramSyntax | undefined,
  ) {}

  read(): void {
    let onlyOperands = false;
    while (this.position < this.words.length) {
      const word = this.words[this.position++] as Word;
      const value = word.value;
      if (onlyOperands) this.operands.push(word);
      else if (this.isToolchain(value)) continue;
      else if (value === '--') onlyOperands = true;
      else if (value === undefined && mayBeOption(word)) this.readDynamic(word);
      else if (value !== undefined && this.syntax?.dashedOperand?.test(value))
        this.operands.push(word);
      else if (value !== undefined && /^-./.test(value)) this.readOption(word, value);
      else if (value !== undefined && this.wantsSubcommand()) {
        this.noteWord(value);
        this.subcommand.push(value);
      } else {
        this.noteWord(value ?? '');
        this.operands.push(word);
        onlyOperands = this.syntax?.stopsAtOperand === true;
      }
    }
  }

  /** Whether the option right before a word that is no option may have taken that word as its value. */
  private noteWord(value: string): void {
    if (this.syntax?.hasVerb !== true || this.plainWords.length >= DEED_WITHIN) return;
    const before = this.words[this.position - 2];
    const last = this.options.at(-1);
    const isOpen = last !== undefined && last.word === before && last.value === undefined;
    this.plainWords.push({ value, mayBeValue: isOpen && !this.isFlag(last.name) });
  }

  /** True where the first word may be a value, or a later one may and an acting word stands behind it. */
  get isVerbUnsure(): boolean {
    return this.plainWords.some(
      ({ mayBeValue }, at) =>
        mayBeValue && (at === 0 || this.plainWords.slice(at + 1).some(({ value }) => acts(value))),
    );
  }

  private isFlag(name: string): boolean {
    return (
      PLAIN_FLAGS.test(name.replace(/^\^/, '')) ||
      this.syntax?.flags?.includes(name.replace(/^\^/, '')) === true
    );
  }

  private isToolchain(value: string | undefined): boolean {
    const isFirst = this.position === 1 && this.syntax?.takesToolchain === true;
    return isFirst && /^\+[\w.-]+$/.test(value ?? '');
  }

  private wantsSubcommand(): boolean {
    const depth = this.syntax?.subcommandDepth ?? 0;
    return this.subcommand.length < depth && this.operands.length === 0;
  }

  private readDynamic(word: Word): void {
    const name = this.freeOption(word);
    if (name !== undefined) {
      this.push(name, { ...word, value: undefined }, word);
      return;
    }
    this.mayHaveHiddenOptions = true;
    this.operands.push(word);
  }

  /** `--author="$X"`: the name is known, and whatever the value is, it does no harm. */
  private freeOption({ parts }: Word): string | undefined {
    const [first, ...rest] = parts;
    if (first?.kind !== 'literal' || this.isGlobal()) return undefined;
    const [, name = ''] = /^(--[a-z-]+)=/.exec(first.value) ?? [];
    // Without quotes it may be split into several words.
    const isOne = rest.every((part) => 'quoted' in part && part.quoted);
    return isOne && this.syntax?.freeOptions?.includes(name) ? name : undefined;
  }

  /** Before its subcommand git reads other options than after it: these are named `^-c`, `^--exec-path`. */
  private isGlobal(): boolean {
    return this.syntax?.globalValueOptions !== undefined && this.subcommand.length === 0;
  }

  private takesValue(name: string): boolean {
    if (this.isGlobal()) return this.syntax?.globalValueOptions?.includes(name) === true;
    const path = this.subcommand.join(' ');
    const bySubcommand = this.syntax?.subcommandValueOptions;
    const names = [
      ...(this.syntax?.valueOptions ?? []),
      ...(bySubcommand?.[path] ?? bySubcommand?.[this.subcommand[0] ?? ''] ?? []),
    ];
    return names.some((known) => isSameOption(name, known, this.syntax));
  }

  private readOption(word: Word, value: string): void {
    if (value.startsWith('--') || this.syntax?.singleDashLong) this.readLong(word, value);
    else this.readBundle(word, value);
  }

  private readLong(word: Word, text: string): void {
    const equals = text.indexOf('=');
    if (equals > 0) {
      const value = { ...word, value: text.slice(equals + 1) };
      this.push(text.slice(0, equals), value, word);
    } else {
      const value = this.takesValue(text) ? this.nextValue() : undefined;
      this.push(text, value, word);
      if (this.syntax?.commandOptions?.includes(text)) this.skipCommand();
    }
  }

  /** `-C $X`: the value, and where it is not quoted perhaps more words behind it. */
  private nextValue(): Word | undefined {
    const value = this.words[this.position++];
    if (value?.value === undefined && value && mayBeSeveral(value))
      this.mayHaveHiddenOptions = true;
    return value;
  }

  /** The words of a command inside the call; it is a call of its own. */
  private skipCommand(): void {
    while (this.position < this.words.length) {
      const value = this.words[this.position++]?.value;
      if (value === ';' || value === '+') return;
    }
  }

  private push(name: string, value: Word | undefined, word: Word): void {
    this.options.push({ name: this.isGlobal() ? `^${name}` : name, value, word });
  }

  private readBundle(word: Word, text: string): void {
    for (let index = 1; index < text.length; index++) {
      const name = `-${text[index]}`;
      if (!this.takesValue(name)) {
        this.push(name, undefined, word);
        continue;
      }
      const glued = text.slice(index + 1);
      const value = glued === '' ? this.nextValue() : { ...word, value: glued };
      this.push(name, value, word);
      return;
    }
  }
}

/** A word that is not constant may turn out to be an option unless it starts with constant text other than a dash. */
function mayBeOption(word: Word): boolean {
  const first = word.parts[0];
  // `./$(cat f)` becomes `./a -delete` where the file holds `a -delete`.
  if (!startsInTemporary(word) && !/^[<>]\(/.test(word.text) && mayBeSeveral(word)) return true;
  if (first?.kind === 'literal' && first.value !== '') return first.value.startsWith('-');
  if (startsInTemporary(word) || isNoOption(word)) return false;
  // `<(…)` stands for a path such as /dev/fd/63.
  if (first?.kind === 'substitution' && /^[<>]\(/.test(word.text)) return false;
  return first?.kind !== 'glob';
}
