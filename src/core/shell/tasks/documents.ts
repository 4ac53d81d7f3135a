// Reads the files that hold tasks: TOML, JSON, JSON with comments. And looks into what came out.
// Invariant: a file that is not well-formed is undefined, never half a file.
import { type ParseError, parse as parseJsonc } from 'jsonc-parser';
import { parse, TomlError } from 'smol-toml';

export function parseToml(file: string): unknown {
  try {
    return parse(file);
  } catch (error) {
    if (error instanceof TomlError) return undefined;
    throw error;
  }
}

/** JSON, also with comments and with commas at the end, as deno and devbox take it. */
export function parseJson(file: string): unknown {
  try {
    return JSON.parse(file);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const errors: ParseError[] = [];
  const value: unknown = parseJsonc(file, errors, { allowTrailingComma: true });
  return errors.length === 0 ? value : undefined;
}

/** The entry of that name, of a table. */
export function field(value: unknown, name: string): unknown {
  const isTable = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isTable && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

export function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce(field, value);
}

/** One value counts as a list of it. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

/** The names of a table's entries. */
export function names(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.keys(value)
    : [];
}
