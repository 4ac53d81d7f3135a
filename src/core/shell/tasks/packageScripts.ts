// Scripts of package.json: what `npm run x` hands to a shell.
import type { TaskText } from './types.ts';

/** The texts of a script, its arguments as shell words behind it, with those before and after it; undefined where the file or the script cannot be read. */
export function packageScript(
  file: string,
  name: string,
  args: readonly string[],
): readonly TaskText[] | undefined {
  const scripts = scriptsOf(file);
  const own = scripts?.[name];
  if (!scripts || own === undefined) {
    return undefined;
  }
  // Not every package manager runs these two; where they stand there, they may run.
  const texts = [scripts[`pre${name}`], [own, ...args].join(' '), scripts[`post${name}`]];
  return texts.flatMap((text) =>
    text === undefined ? [] : [{ text, dialect: 'sh' as const, positional: [] }],
  );
}

function scriptsOf(file: string): Readonly<Record<string, string>> | undefined {
  const scripts = field(parse(file), 'scripts');
  if (typeof scripts !== 'object' || scripts === null) {
    return undefined;
  }
  const entries = Object.entries(scripts).filter(([, text]) => typeof text === 'string');
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}

function parse(file: string): unknown {
  try {
    return JSON.parse(file);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
