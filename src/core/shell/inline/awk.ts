// awk programs: what they run, write and read, seen outside of their strings and patterns.
import type { InlineFinding } from './types.ts';

/** The calls of an awk program that reach beyond its input. */
export function scanAwk(code: string): readonly InlineFinding[] {
  const bare = mask(code);
  if (bare === undefined) return [{ kind: 'dynamic-code', name: 'code', span: whole(code) }];
  const findings: InlineFinding[] = [];
  for (const found of bare.matchAll(/\bsystem\s*\(/g)) {
    findings.push(shellOut('system', code, found.index, found.index + found[0].length));
  }
  for (const found of bare.matchAll(/(?<!\|)\|&?(?!\|)/g)) {
    const behind = /\s*getline/y;
    behind.lastIndex = found.index + found[0].length;
    const start = behind.test(bare) ? lastString(code, found.index) : found.index + found[0].length;
    const finding = shellOut('|', code, found.index, start);
    // What is printed into a shell is run by it.
    const isShell = /^\s*(?:\S*\/)?(?:ba|da|k|z|a)?sh\b/.test(finding.command ?? '');
    const { span } = finding;
    findings.push(isShell ? { kind: 'dynamic-code', name: 'a shell', span } : finding);
  }
  for (const found of bare.matchAll(/\b(?:print|printf)\b[^\n;{}]*?(>>?)/g)) {
    if (isInBrackets(found[0])) continue;
    const at = found.index + found[0].length;
    const target = stringAt(code, at);
    const kind = found[1] === '>>' ? 'write' : 'overwrite';
    findings.push({
      kind,
      name: 'print >',
      span: { start: found.index, end: at },
      ...(target !== undefined && { target }),
    });
  }
  for (const found of bare.matchAll(/@(?:include|load)\b|@\w+\s*\(/g)) {
    findings.push({
      kind: 'dynamic-code',
      name: found[0],
      span: { start: found.index, end: found.index + found[0].length },
    });
  }
  for (const found of bare.matchAll(/\bgetline\b[^\n;{}]*?</g)) {
    const target = stringAt(code, found.index + found[0].length);
    if (target !== undefined && /^\/inet/.test(target))
      findings.push({
        kind: 'network',
        name: target,
        span: { start: found.index, end: found.index + found[0].length },
      });
  }
  return findings;
}

/** True where the program runs nothing and writes nothing but its output. */
export function awkOnlyReads(code: string): boolean {
  return mask(code) !== undefined && scanAwk(code).length === 0 && !/\/inet/.test(code);
}

function whole(code: string): InlineFinding['span'] {
  return { start: 0, end: code.length };
}

/** `print (a > b)` compares. */
function isInBrackets(text: string): boolean {
  return text.split('(').length > text.split(')').length;
}

function shellOut(name: string, code: string, start: number, from: number): InlineFinding {
  const command = stringAt(code, from);
  return {
    kind: 'shell-out',
    name,
    span: { start, end: Math.max(from, start + 1) },
    ...(command !== undefined && { command }),
  };
}

/** The constant string at a place, where nothing is joined to it. */
function stringAt(code: string, from: number): string | undefined {
  const found = /^\s*"((?:[^"\\]|\\.)*)"\s*(?=[);}\n|]|$|>)/.exec(code.slice(from));
  return found?.[1]?.replace(/\\(.)/g, '$1');
}

/** Where the string starts that ends right before a place. */
function lastString(code: string, before: number): number {
  const end = code.slice(0, before).trimEnd().length - 1;
  if (code[end] !== '"') return before;
  let start = code.lastIndexOf('"', end - 1);
  while (start > 0 && code[start - 1] === '\\') start = code.lastIndexOf('"', start - 1);
  return start < 0 ? before : start;
}

/** The program with strings, patterns and comments blanked; undefined where one of them does not end. */
function mask(code: string): string | undefined {
  let result = '';
  let mayBePattern = true;
  for (let at = 0; at < code.length; ) {
    const rest = code.slice(at);
    const skipped =
      /^"(?:[^"\\]|\\[\s\S])*"/.exec(rest)?.[0] ??
      (rest.startsWith('#') ? /^#[^\n]*/.exec(rest)?.[0] : undefined) ??
      (mayBePattern
        ? /^\/(?:[^/\\\n[]|\\.|\[(?:\[:\w+:\]|[^\]\\\n]|\\.)*\])*\//.exec(rest)?.[0]
        : undefined);
    if (skipped !== undefined) {
      result += ' '.repeat(skipped.length);
      at += skipped.length;
      mayBePattern = false;
      continue;
    }
    const character = code[at] as string;
    if (character === '"') return undefined;
    result += character;
    if (!/\s/.test(character)) mayBePattern = !/[\w)\]$]/.test(character);
    at++;
  }
  return result;
}
