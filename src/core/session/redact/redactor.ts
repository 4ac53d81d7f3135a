// Finds secrets in text and replaces them by marks that tell kind and length.
// Invariants: a mark is never taken for a secret again; equal secrets get equal marks, and without the key nobody can try guesses.
import { createHmac } from 'node:crypto';
import { CleanCheck } from './cleanCheck.ts';
import { HintScanner } from './hintScanner.ts';
import { KEY_HINT, privateKeys } from './privateKeys.ts';
import { isSecretName } from './secretNames.ts';
import { mergedRanges, type SecretRange } from './secretRange.ts';
import {
  NAME_HINTS,
  NAMED_VALUE,
  PLACE_RULES,
  type SecretRule,
  TOKEN_RULES,
} from './secretRules.ts';

/** How far before a hint a match may start. */
const REACH_BACK = 120;
const RULES: readonly SecretRule[] = [...TOKEN_RULES, ...PLACE_RULES];
/** What was replaced before. */
const MARKS = /«redacted:[^«»]{1,80}»/g;

export interface RedactorOptions {
  /** Key of the marks; read at each use, because it may be loaded late. */
  key(): string | Uint8Array;
  /** Values that are secret wherever they stand, such as those of the environment; read with the first text. */
  readonly known: readonly string[];
}

/** What is looked for. */
interface Search {
  scanner: HintScanner;
  /** For each hint the rules that need it; undefined: part of a name. */
  rulesOf: readonly (SecretRule | undefined)[];
  keyHint: number;
  /** The longest first. */
  known: readonly string[];
}

export class Redactor {
  /** Made with the first text: a window starts without it. */
  private made: Search | undefined;
  private check: CleanCheck | undefined;

  constructor(readonly options: RedactorOptions) {}

  /** The text with a mark in place of each secret; the same string where there is none. */
  text(text: string): string {
    return this.replace(text, this.find(text));
  }

  /** Whether `find` finds nothing in UTF-8 output after `context`, told fast. False also where only a closer look tells. */
  isClean(context: string, bytes: Buffer): boolean {
    this.check ??= new CleanCheck(hintsOf(pairsOfRules()), this.options.known);
    return this.check.isClean(context, bytes);
  }

  /** All secrets, in order, without overlap. */
  find(original: string): readonly SecretRange[] {
    const text = original.includes('«redacted:') ? original.replace(MARKS, blank) : original;
    const found: SecretRange[] = [];
    this.made ??= searchFor(this.options.known);
    const { scanner, rulesOf, keyHint, known } = this.made;
    addKnown(text, known, found);
    const firstHit = new Map<SecretRule, number>();
    const names: number[] = [];
    let hasKey = false;
    scanner.scan(text, (index, at) => {
      const rule = rulesOf[index];
      if (index === keyHint) hasKey = true;
      else if (!rule) names.push(at);
      else if (!firstHit.has(rule)) firstHit.set(rule, at);
    });
    for (const [rule, at] of firstHit) addMatches(text, rule, Math.max(0, at - REACH_BACK), found);
    addNamed(text, names, found);
    if (hasKey) found.push(...privateKeys(text));
    return found.length === 0 ? found : mergedRanges(found);
  }

  replace(text: string, ranges: readonly SecretRange[]): string {
    if (ranges.length === 0) return text;
    let result = '';
    let from = 0;
    for (const { start, end, kind } of ranges) {
      result += text.slice(from, start) + this.mark(kind, text.slice(start, end));
      from = end;
    }
    return result + text.slice(from);
  }

  /** What stands in place of a secret. */
  mark(kind: string, secret: string): string {
    return `«redacted:${kind}:len${secret.length}:${this.fingerprint(secret).slice(0, 8)}»`;
  }

  /** Keyed hash in hex: equal for equal texts of one workspace, and no help for guessing. */
  fingerprint(text: string): string {
    return createHmac('sha256', this.options.key()).update(text, 'utf8').digest('hex');
  }
}

function searchFor(values: readonly string[]): Search {
  const pairs = pairsOfRules();
  const hints = hintsOf(pairs);
  return {
    scanner: new HintScanner(hints),
    rulesOf: [...pairs.map(({ rule }) => rule), ...NAME_HINTS.map(() => undefined)],
    keyHint: hints.length - 1,
    known: [...values].sort((a, b) => b.length - a.length),
  };
}

interface Pair {
  hint: string;
  rule: SecretRule;
}

function pairsOfRules(): Pair[] {
  return RULES.flatMap((rule) => rule.hints.map((hint) => ({ hint, rule })));
}

function hintsOf(pairs: readonly Pair[]): string[] {
  return [...pairs.map(({ hint }) => hint), ...NAME_HINTS, KEY_HINT];
}

function addKnown(text: string, known: readonly string[], found: SecretRange[]): void {
  for (const value of known) {
    let at = text.indexOf(value);
    while (at >= 0) {
      found.push({ start: at, end: at + value.length, kind: 'environment' });
      at = text.indexOf(value, at + value.length);
    }
  }
}

function addMatches(text: string, rule: SecretRule, from: number, found: SecretRange[]): void {
  const pattern = new RegExp(rule.pattern);
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const range = match.indices?.[1];
    if (range && !(rule.isPlace && isNoSecret(text.slice(...range)))) {
      found.push({ start: range[0], end: range[1], kind: rule.id });
    }
    if (pattern.lastIndex === match.index) pattern.lastIndex += 1;
  }
}

function addNamed(text: string, hints: readonly number[], found: SecretRange[]): void {
  let done = -1;
  for (const at of hints) {
    const start = nameStart(text, at);
    if (start === done) continue;
    done = start;
    const pattern = new RegExp(NAMED_VALUE);
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    const { dashes = '', name = '', between = '', quoted, bare } = match?.groups ?? {};
    const range = match?.indices?.groups?.[quoted === undefined ? 'bare' : 'quoted'];
    if (!range || !isSecretPlace(dashes, name, between)) continue;
    const value = quoted ?? bare ?? '';
    if (isSecretValue(value, quoted !== undefined, between)) {
      found.push({ start: range[0], end: range[1], kind: kindOf(name) });
    }
  }
}

/** Letters that no rule takes, so that a mark is never redacted again. */
function blank(mark: string): string {
  return '«'.repeat(mark.length);
}

function nameStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < 60 && /[\w.-]/.test(text.charAt(start - 1))) start -= 1;
  return start;
}

function isSecretPlace(dashes: string, name: string, between: string): boolean {
  const isOption = dashes === '--';
  if (/^ +$/.test(between)) return isOption && isSecretName(name);
  const isVariable = /^[A-Z][A-Z0-9_]*$/.test(name);
  return isSecretName(name, !isVariable && !isOption);
}

/** Words that stand where a secret would and are none: types, references, switches. */
const PLAIN_VALUE =
  /^(?:true|false|yes|no|on|off|null|nil|none|undefined|unknown|string|str|text|bytes|number|boolean|bool|any|object|required|optional|default|redacted|hidden|masked|changeme|example|placeholder|todo|tbd|empty|set|unset|password|token|secret|value|input|prompt|stdin|env|file|await|new|function|async|self|this|const|return|export|import|interactive|read|write|is|the|a|an|to|for|of|and|or|in|not|must|was|has|can|will|should|may|cannot|invalid|missing|expired|valid|ok|error|failed)$/i;

const VERSION = /^[\^~<>=]*\d+\.\d+\.\d+(?:[-+][\w.]+)?$/;

function isSecretValue(value: string, isQuoted: boolean, between: string): boolean {
  if (isPlaceholder(value) || PLAIN_VALUE.test(value) || VERSION.test(value)) return false;
  const isTight = between === '=';
  if (isTight && !isQuoted) return !isReference(value);
  if (isQuoted && isNameOfSecret(value)) return false;
  if (isQuoted) return value.length >= 4 && !/\s.*\s.*\s/.test(value);
  // `name: word` and `name = call` are how programs are written, too: a mixed value is asked for.
  return value.length >= 6 && /\d|[^\w.]/.test(value) && !isReference(value);
}

function isNoSecret(value: string): boolean {
  return isPlaceholder(value) || PLAIN_VALUE.test(value.replace(/[;,)]+$/, ''));
}

/** `"access_token"`, `"invalidClientSecret"`: programs name their fields and errors so. At least two words, the last says secret. */
function isNameOfSecret(value: string): boolean {
  const words = value.split(/[ _.-]|(?<=[a-z])(?=[A-Z])/);
  const last = words.at(-1) ?? '';
  const isNamed = /^(?:token|secret|key|credential|password|pass)s?$/i.test(last);
  return isNamed && words.length > 1 && words.every((word) => /^[A-Za-z]+$/.test(word));
}

/** `process.env.TOKEN`, `config.password`, `this.key`. */
function isReference(value: string): boolean {
  return /^[A-Za-z_$][\w$]*(?:(?:\.|\?\.|::|->)[A-Za-z_$][\w$]*)+[?!]*$/.test(value);
}

/** `$TOKEN`, `${…}`, `<token>`, `****`, `xxxx`, `%s`, `your-token-here`. */
function isPlaceholder(value: string): boolean {
  return (
    /^(?:\$|%[A-Za-z({]|<|\{\{|@|\.\.\.|…)/.test(value) ||
    /^([*xX•.#_-])\1{2,}/.test(value) ||
    /^(?:your|my|the|an?|insert|enter|add)[-_ ](?:[A-Za-z0-9]+[-_ ]){0,4}(?:token|key|password|secret|here)/i.test(
      value,
    )
  );
}

function kindOf(name: string): string {
  const plain = name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  if (/pass|pwd/.test(plain)) return 'password';
  if (/token|jwt/.test(plain)) return 'token';
  return /key/.test(plain) ? 'key' : 'secret';
}
