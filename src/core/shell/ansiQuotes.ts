// Decodes the inside of $'…' the way bash does.
// Invariant: text that cannot be told exactly (raw bytes above ASCII) has no value rather than a wrong one.

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** Decodes from `start` (behind the opening quote). `end` is behind the closing quote; undefined where it is missing. */
export function ansiText(
  text: string,
  start: number,
): { value: string | undefined; end: number } | undefined {
  let value: string | undefined = '';
  let isCut = false;
  let at = start;
  while (at < text.length && text[at] !== "'") {
    const unit = text[at] === '\\' ? decodeEscape(text, at + 1) : { value: text[at], end: at + 1 };
    at = unit.end;
    // A NUL ends the string for the shell, whatever follows in the quotes.
    isCut ||= unit.value === '\0';
    if (!isCut && value !== undefined) {
      value = unit.value === undefined ? undefined : value + unit.value;
    }
  }
  return at < text.length ? { value, end: at + 1 } : undefined;
}

function decodeEscape(text: string, at: number): { value: string | undefined; end: number } {
  const char = text[at] ?? '';
  const simple = SIMPLE[char];
  if (simple !== undefined) {
    return { value: simple, end: at + 1 };
  }
  const octal = match(/[0-7]{1,3}/y, text, at);
  if (octal) {
    return { value: byte(Number.parseInt(octal, 8) & 0xff), end: at + octal.length };
  }
  const braced = char === 'x' ? match(/\{[0-9a-fA-F]*\}?/y, text, at + 1) : undefined;
  if (braced !== undefined) {
    // Versions of bash differ in what they make of `\x{72}`.
    return { value: undefined, end: at + 1 + braced.length };
  }
  const hexDigits = { x: 2, u: 4, U: 8 }[char];
  if (hexDigits !== undefined) {
    const digits = match(new RegExp(`[0-9a-fA-F]{1,${hexDigits}}`, 'y'), text, at + 1);
    if (digits) {
      const code = Number.parseInt(digits, 16);
      return { value: char === 'x' ? byte(code) : character(code), end: at + 1 + digits.length };
    }
  }
  const control = char === 'c' ? text[at + 1] : undefined;
  if (control !== undefined && control !== "'") {
    return {
      value: control === '\\' ? undefined : String.fromCharCode(control.charCodeAt(0) & 0x1f),
      end: at + 2,
    };
  }
  // Unknown escapes keep their backslash.
  return { value: `\\${char}`, end: at + char.length };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function byte(code: number): string | undefined {
  return code < 0x80 ? String.fromCharCode(code) : undefined;
}

function character(code: number): string | undefined {
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    ? String.fromCodePoint(code)
    : undefined;
}
