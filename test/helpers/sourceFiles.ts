// The project's own files, for tests about how they are written.
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

export const projectRoot = path.join(__dirname, '..', '..');

export interface SourceFile {
  /** From the root of the project, with `/`. */
  name: string;
  text: string;
  lines: readonly string[];
}

/** TypeScript files under a folder of the project. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ts$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => readSource(`${folder}/${name.replaceAll(path.sep, '/')}`));
}

export function readSource(name: string): SourceFile {
  const text = readFileSync(path.join(projectRoot, name), 'utf8');
  return { name, text, lines: text.split('\n') };
}

export interface Import {
  /** A file of ours from the root of the project, or the name of a package. */
  target: string;
  /** Nothing of it is there at run time. */
  isTypeOnly: boolean;
  /** Loaded when that place is reached, not with the file. */
  isDynamic: boolean;
}

/** What a file imports, re-exports or requires by a constant name. */
export function importsOf({ name, text }: SourceFile): Import[] {
  const statements =
    /^(?:import|export)\b(?<clause>[^;'"]*)\bfrom\s*'(?<from>[^']+)'|^import\s*'(?<bare>[^']+)'|\b(?:import|require)\(\s*'(?<called>[^']+)'/gm;
  return [...text.matchAll(statements)].map(({ groups = {} }) => {
    const specifier = groups.from ?? groups.bare ?? groups.called ?? '';
    const target = specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(name), specifier)
      : specifier;
    const isTypeOnly = /^\s*type\b/.test(groups.clause ?? '');
    return { target, isTypeOnly, isDynamic: groups.called !== undefined };
  });
}
