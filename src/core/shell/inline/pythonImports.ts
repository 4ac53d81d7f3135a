// What the imports of a python snippet bind: which modules, and which names stand for which functions.
import type { Token } from './lexer.ts';

export interface PythonImports {
  /** Local name to dotted path: `import numpy as np` gives np → numpy. */
  aliases: ReadonlyMap<string, string>;
  modules: readonly string[];
}

/** The real dotted path of a name. */
export function resolveName(name: string, aliases: ReadonlyMap<string, string>): string {
  const [root, ...rest] = name.split('.');
  const real = aliases.get(root ?? '');
  return real === undefined ? name : [real, ...rest].join('.');
}

/** Reads `import a, b as c` and `from a import b`. A star import is a module called `*`. */
export function pythonImports(tokens: readonly Token[]): PythonImports {
  const aliases = new Map<string, string>();
  const modules: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const word = tokens[at]?.text;
    if (tokens[at]?.kind !== 'name' || (word !== 'import' && word !== 'from')) continue;
    const isFrom = word === 'from';
    const base = isFrom ? (tokens[++at]?.text ?? '') : '';
    if (isFrom) {
      modules.push(base);
      if (tokens[at + 1]?.text === 'import') at++;
      else continue;
    }
    for (at++; at < tokens.length; at++) {
      const token = tokens[at] as Token;
      if (token.kind !== 'name') {
        if (token.text === ',' || token.text === '(' || token.text === '*') {
          if (token.text === '*') modules.push('*');
          continue;
        }
        break;
      }
      const full = isFrom ? `${base}.${token.text}` : token.text;
      if (!isFrom) modules.push(token.text);
      const isRenamed = tokens[at + 1]?.text === 'as';
      if (isRenamed) at += 2;
      aliases.set(tokens[at]?.text ?? '', isRenamed || isFrom ? full : token.text);
      if (tokens[at + 1]?.text !== ',') break;
    }
  }
  return { aliases, modules };
}
