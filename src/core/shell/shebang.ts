// Who reads a file that is executed by its path: the program that its first line names.
import { interpreterOf } from './unwrap/interpreterTable.ts';
import { shellDialect } from './unwrap/shells.ts';
import type { FileReader } from './unwrap/types.ts';

/** The reader of a file's text; undefined where its first line names a program that cannot be read here. */
export function readerOf(text: string): FileReader | undefined {
  const line = /^#!\s*(.*)/.exec(text)?.[1];
  if (line === undefined) {
    // The kernel refuses such a file, and the caller hands it to a shell: which one differs.
    return { kind: 'shell', dialect: 'sh' };
  }
  const [first = '', ...rest] = line.trim().split(/\s+/);
  const isEnv = nameOf(first) === 'env';
  const program = nameOf((isEnv ? rest.find((word) => !/^-|=/.test(word)) : first) ?? '');
  const dialect = shellDialect(program);
  if (dialect === 'bash' || dialect === 'sh' || dialect === 'zsh' || dialect === 'fish') {
    return { kind: 'shell', dialect };
  }
  const language = dialect === undefined ? interpreterOf(program)?.language : undefined;
  return language && { kind: 'code', language };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
