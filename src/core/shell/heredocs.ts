// Reads heredoc delimiters and cuts the bodies out of the text.
// Invariant: a body ends where bash ends it, so that no command hides in what we take for text and no text for a command.
import { ansiText } from './ansiQuotes.ts';
import { derivedSource } from './source.ts';
import type { Heredoc, Piece, RawRedirect } from './tokens.ts';
import { WordReader } from './wordReader.ts';

/** A heredoc whose operator was read and whose body is still to come. */
export interface PendingHeredoc {
  redirect: RawRedirect;
  delimiter: string;
  isQuoted: boolean;
  stripsTabs: boolean;
}

/** Longest body that is read, in characters over the whole line. */
export const MAX_HEREDOC_LENGTH = 65_536;

/** Removes the quotes of a delimiter; nothing in it is expanded. Undefined where it holds a substitution. */
export function readDelimiter(raw: string): { value: string; isQuoted: boolean } | undefined {
  let value = '';
  let isQuoted = false;
  for (let at = 0; at < raw.length; at++) {
    const char = raw[at] ?? '';
    if (char === '`' || raw.startsWith('$(', at) || raw.startsWith('${', at)) {
      return undefined;
    }
    if (raw.startsWith("$'", at)) {
      const quote = ansiText(raw, at + 2);
      if (quote?.value === undefined) {
        return undefined;
      }
      value += quote.value;
      isQuoted = true;
      at = quote.end - 1;
    } else if (char === "'" || char === '"' || raw.startsWith('$"', at)) {
      const open = char === '$' ? at + 1 : at;
      const close = raw.indexOf(raw[open] ?? '', open + 1);
      const inner = raw.slice(open + 1, close);
      if (close < 0 || (raw[open] === '"' && inner.includes('\\'))) {
        return undefined;
      }
      value += inner;
      isQuoted = true;
      at = close;
    } else if (char === '\\') {
      at++;
      value += raw[at] === '\n' ? '' : (raw[at] ?? '');
      isQuoted ||= raw[at] !== '\n';
    } else {
      value += char;
    }
  }
  return { value, isQuoted };
}

/** Reads the bodies that start at the reader's position (just behind a newline) and leaves it behind the last one. */
export function readBodies(reader: WordReader, pending: readonly PendingHeredoc[]): void {
  for (const heredoc of pending) {
    heredoc.redirect.heredoc = readBody(reader, heredoc);
  }
}

function readBody(reader: WordReader, heredoc: PendingHeredoc): Heredoc {
  const { text, source, context } = reader;
  const start = reader.pos;
  let body = '';
  const offsets: number[] = [];
  let end = text.length;
  while (reader.pos < text.length) {
    const line = readLine(text, reader.pos, !heredoc.isQuoted);
    const tabs = heredoc.stripsTabs ? (/^\t+/.exec(line.text)?.[0].length ?? 0) : 0;
    if (line.text.slice(tabs) === heredoc.delimiter) {
      end = reader.pos;
      reader.pos = line.end;
      break;
    }
    for (let at = tabs; at < line.text.length; at++) {
      offsets.push(line.offsets ? (line.offsets[at] ?? 0) : reader.pos + at);
    }
    offsets.push(Math.max(reader.pos, line.end - 1));
    body += `${line.text.slice(tabs)}\n`;
    reader.pos = line.end;
  }
  offsets.push(end);
  context.heredocLength += end - start;
  if (context.heredocLength > MAX_HEREDOC_LENGTH) {
    reader.fail('too-long', 'The heredoc is too long to be read.', start, end);
  }
  const bodySource = derivedSource(body, source, offsets);
  const pieces = readPieces(new WordReader(bodySource, context), heredoc.isQuoted);
  return { isQuoted: heredoc.isQuoted, source: bodySource, pieces, start, end };
}

function readPieces(reader: WordReader, isQuoted: boolean): Piece[] {
  if (isQuoted) {
    return [reader.literal(reader.text, true, 0, reader.text.length)];
  }
  return reader.readRange(0, reader.text.length);
}

/** One line; in an unquoted body a backslash before the newline joins it with the next, also for finding the delimiter. */
function readLine(
  text: string,
  start: number,
  joins: boolean,
): { text: string; end: number; offsets?: readonly number[] } {
  const newline = text.indexOf('\n', start);
  const stop = newline < 0 ? text.length : newline;
  if (!joins || text[stop - 1] !== '\\' || stop - 1 < start) {
    return { text: text.slice(start, stop), end: newline < 0 ? stop : stop + 1 };
  }
  let line = '';
  const offsets: number[] = [];
  let at = start;
  for (; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\' && text[at + 1] === '\n') {
      at++;
      continue;
    }
    if (text[at] === '\\' && at + 1 < text.length) {
      line += text[at];
      offsets.push(at++);
    }
    line += text[at];
    offsets.push(at);
  }
  return { text: line, end: Math.min(text.length, at + 1), offsets };
}
