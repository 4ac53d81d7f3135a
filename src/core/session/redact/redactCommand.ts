// A command line as it may be shown and recorded: secrets replaced, places moved with the text.
// Invariants: what the shell would expand or run is never hidden; the command that runs is not touched.
import { createHash } from 'node:crypto';
import type { ShellAnalysis, Span } from '../../shell/types.ts';
import { type ArgumentSecret, argumentSecrets } from './argumentSecrets.ts';
import type { Redactor } from './redactor.ts';
import { mergedRanges, type SecretRange } from './secretRange.ts';

export interface RedactedCommand {
  /** As it may be shown. */
  readonly text: string;
  readonly hasSecrets: boolean;
  /** The same place in `text`. */
  span(span: Span): Span;
  /** Another text about this command, without its secrets. */
  about(text: string): string;
}

interface KnownSecret {
  value: string;
  kind: string;
}

/** Shorter secrets are replaced elsewhere only where they stand as a word of their own. */
const SHORT = 4;

/** `shell` undefined: the line could not be read, so only its text tells. */
export function redactCommand(
  command: string,
  shell: ShellAnalysis | undefined,
  redactor: Redactor,
): RedactedCommand {
  const found = shell ? argumentSecrets(shell.invocations) : [];
  const ranges = mergedRanges([
    ...found.flatMap((secret) => rangesOf(command, secret)),
    ...redactor.find(command).filter((range) => isInert(command.slice(range.start, range.end))),
  ]);
  return ranges.length === 0
    ? asItIs(command, redactor)
    : replaced(command, ranges, found, redactor);
}

function asItIs(command: string, redactor: Redactor): RedactedCommand {
  return {
    text: command,
    hasSecrets: false,
    span: (span) => span,
    about: (text) => (text === command ? text : redactor.text(text)),
  };
}

function replaced(
  command: string,
  ranges: readonly SecretRange[],
  found: readonly KnownSecret[],
  redactor: Redactor,
): RedactedCommand {
  const text = redactor.replace(command, ranges);
  const inText = ranges.map(({ start, end, kind }) => ({ value: command.slice(start, end), kind }));
  const secrets = [...found, ...inText].sort((a, b) => b.value.length - a.value.length);
  const hash = createHash('sha256').update(command, 'utf8').digest('hex');
  const keyed = `hmac:${redactor.fingerprint(command)}`;
  return {
    text,
    hasSecrets: true,
    span: mover(command, ranges, redactor),
    about: (other) => {
      // A plain hash of a short command would let anybody try passwords until one fits.
      if (other === hash) return keyed;
      return other === command ? text : redactor.text(withoutValues(other, secrets, redactor));
    },
  };
}

function rangesOf(command: string, { value, kind, word }: ArgumentSecret): SecretRange[] {
  if (word && command.slice(word.span.start, word.span.end) === word.text) {
    const { start, end } = word.span;
    const at = command.lastIndexOf(value, end - value.length);
    if (at >= start) return [{ start: at, end: at + value.length, kind }];
    // Written with quotes or escapes inside: all of the word but what names the option.
    const name = /^-{0,2}[\w.:-]*=/.exec(word.text)?.[0].length ?? (/^-\w/.test(word.text) ? 2 : 0);
    return [{ start: start + name, end, kind }];
  }
  return value.length < SHORT ? [] : everyPlace(command, value, kind);
}

function everyPlace(text: string, value: string, kind: string): SecretRange[] {
  const ranges: SecretRange[] = [];
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
    ranges.push({ start: at, end: at + value.length, kind });
  }
  return ranges;
}

/** What only looks like a secret must not hide a command from the person who is asked. */
function isInert(text: string): boolean {
  return text.startsWith('-----BEGIN ') ? !/[$`]/.test(text) : !/[$`\n;|&<>(){}]/.test(text);
}

function mover(
  command: string,
  ranges: readonly SecretRange[],
  redactor: Redactor,
): (span: Span) => Span {
  const moves = ranges.map(({ start, end, kind }) => ({
    start,
    end,
    length: redactor.mark(kind, command.slice(start, end)).length,
  }));
  const move = (offset: number, isEnd: boolean) => {
    let moved = offset;
    for (const { start, end, length } of moves) {
      if (offset >= end) moved += length - (end - start);
      else if (offset > start) moved += (isEnd ? length : 0) - (offset - start);
    }
    return moved;
  };
  return ({ start, end }) => ({ start: move(start, false), end: move(end, true) });
}

function withoutValues(text: string, secrets: readonly KnownSecret[], redactor: Redactor): string {
  let result = text;
  for (const { value, kind } of secrets) {
    const mark = () => redactor.mark(kind, value);
    if (value.length >= SHORT) {
      result = withoutStart(result.replaceAll(value, mark), value, mark);
    } else if (value !== '' && result.includes(value)) {
      result = result.replace(new RegExp(`(?<![\\w«:])${escaped(value)}(?![\\w»:])`, 'g'), mark);
    }
  }
  return result;
}

/** A text that was cut to fit may end inside the secret: `…ghp_abcd…`. */
function withoutStart(text: string, value: string, mark: () => string): string {
  if (!text.includes('…') || value.length < 8) return text;
  const start = new RegExp(`${escaped(value.slice(0, 6))}[^\\s…]*(?=…)`, 'g');
  return text.replace(start, (piece) => (value.startsWith(piece) ? mark() : piece));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
