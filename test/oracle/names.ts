// Guesses from the text of a line which directories and programs should be there, so that it gets as far as it can.
// Invariant: a wrong guess only makes a line stop earlier; nothing here decides what was executed.
import { posix } from 'node:path';
import { HOME, WORKSPACE } from '../helpers/analysis.ts';

const SHELL_WORDS = new Set(
  'if then elif else fi for while until do done case esac in function select time coproc'.split(
    ' ',
  ),
);
const MAX_NAMES = 400;

/** Absolute paths: directories to make, and files that are stubs. */
export interface Names {
  directories: readonly string[];
  files: readonly string[];
}

/** Names that the line seems to mention. */
export function namesIn(line: string): Names {
  const directories = new Set<string>();
  for (const match of line.matchAll(/\b(?:cd|pushd|-C)\s+(?:--\s+)?["']?([^\s"';&|()<>`$]+)/g)) {
    directories.add(absolute(match[1] ?? '.'));
  }
  const files = new Set<string>();
  for (const [token] of line.matchAll(/[\w./~+@-]+/g)) {
    if (SHELL_WORDS.has(token) || token.startsWith('-') || token.length > 200) {
      continue;
    }
    if (!token.includes('/')) {
      files.add(`/bin/${token}`);
    } else if (token.endsWith('/')) {
      directories.add(absolute(token));
    } else {
      files.add(absolute(token));
    }
  }
  const isOurs = (name: string): boolean => /^\/(?:\.o|proc|dev|rec|lib|lib64)(?:\/|$)/.test(name);
  return {
    directories: [...directories]
      .filter((name) => name !== '/' && !isOurs(name))
      .slice(0, MAX_NAMES),
    files: [...files].filter((name) => name.length > 1 && !isOurs(name)).slice(0, MAX_NAMES),
  };
}

function absolute(token: string): string {
  return posix.resolve(WORKSPACE, token.replace(/^~(?=\/|$)/, HOME));
}
