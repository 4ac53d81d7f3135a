// The entry: one call in, the programs, texts and files that it would start out.
// Invariant: pure and total; what it does not know how to read is `notUnderstood`.
import type { Input, Word } from '../types.ts';
import { NOTHING, opaque, step } from './build.ts';
import { unwrapBuiltin } from './builtins.ts';
import { unseenSettings, unwrapCodeOptions } from './codeOptions.ts';
import { unwrapContainer, unwrapKubectl } from './containers.ts';
import { unwrapOther, unwrapSsh, unwrapSu } from './elsewhere.ts';
import { unwrapEnv } from './envCommand.ts';
import { unwrapInterpreter } from './interpreters.ts';
import { unwrapFd, unwrapFind, unwrapXargs } from './lists.ts';
import { unwrapParallel } from './parallel.ts';
import { unwrapPrefix } from './prefixes.ts';
import { unwrapRunner } from './runners.ts';
import { unwrapScriptRunner } from './scriptRunners.ts';
import { shellDialect, unwrapInput, unwrapShell } from './shells.ts';
import { unwrapTask } from './tasks.ts';
import { unwrapMultiplexer, unwrapTextRunner } from './textRunners.ts';
import type { FilePart, Unwrapped } from './types.ts';

/** Says what a call starts. A call that starts nothing has no parts and is not transparent. */
export function unwrap(argv: readonly Word[], input: Input): Unwrapped {
  const [first, ...args] = argv;
  const started = unwrapByName(argv, input);
  const unseen = unseenSettings(first?.value?.split('/').pop() ?? '', argv);
  const notUnderstood = [...started.notUnderstood, ...unseen];
  const named = unseen.length > 0 ? { ...started, notUnderstood } : started;
  return first && isScript(first) ? withScriptFile(named, first, args) : named;
}

function unwrapByName(argv: readonly Word[], input: Input): Unwrapped {
  const first = argv[0];
  const name = first?.value?.split('/').pop();
  if (!first || name === undefined || name === '') return NOTHING;
  const program = name.replace(/\.exe$/i, '');
  // `cmd` is also what people call a program that they do not name.
  const isShell = name !== 'cmd' || argv.some((word) => /^\/{1,2}\w/.test(word.value ?? '/c'));
  const dialect = isShell ? shellDialect(program) : undefined;
  if (dialect !== undefined) return unwrapShell(program, dialect, argv, input);
  return (
    unwrapNamed(program, argv, input) ??
    unwrapBuiltin(program, argv, input) ??
    unwrapPrefix(program, argv, input) ??
    unwrapTextRunner(program, argv) ??
    unwrapScriptRunner(program, argv) ??
    unwrapRunner(program, argv) ??
    unwrapTask(program, argv) ??
    unwrapOther(program, argv) ??
    unwrapCodeOptions(program, argv) ??
    unwrapInterpreter(program, argv, input) ??
    NOTHING
  );
}

/** Folders whose programs are what their names say. */
const SYSTEM_FOLDER = /^\/(?:usr\/(?:local\/)?)?s?bin\/[^/]+$|^\/opt\/homebrew\/bin\/[^/]+$/;

/** True for a path that may lead to a script. */
function isScript({ value = '' }: Word): boolean {
  const isInstalled = /(?:^|\/)(?:node_modules\/\.bin|\.?v?env\/bin)\/[^/]+$/.test(value);
  return value.includes('/') && !SYSTEM_FOLDER.test(value) && !isInstalled;
}

/** `./build.sh WORDS`: the file's first line says who reads it; it may also be what its name says. */
export function withScriptFile(named: Unwrapped, path: Word, args: readonly Word[]): Unwrapped {
  const part: FilePart = {
    kind: 'file',
    path,
    reader: { kind: 'shebang' },
    arguments: args,
    inCurrentShell: false,
    step: step(path.text, 'file', path),
  };
  return opaque([...named.parts, part], named.notUnderstood);
}

/** Programs that have a reader of their own. */
function unwrapNamed(program: string, argv: readonly Word[], input: Input): Unwrapped | undefined {
  switch (program) {
    case 'env':
    case 'genv':
      return unwrapEnv(argv);
    case 'find':
    case 'gfind':
      return unwrapFind(program, argv);
    case 'fd':
    case 'fdfind':
      return unwrapFd(program, argv);
    case 'xargs':
    case 'gxargs':
      return unwrapXargs(argv, input);
    case 'parallel':
      return unwrapParallel(argv, input);
    case 'ssh':
    case 'autossh':
    case 'mosh':
      return unwrapSsh(program, argv, input);
    case 'su':
    case 'runuser':
      return unwrapSu(program, argv, input);
    case 'docker':
    case 'podman':
    case 'nerdctl':
    case 'docker-compose':
    case 'podman-compose':
      return unwrapContainer(program, argv);
    case 'kubectl':
    case 'oc':
    case 'k3s':
      return unwrapKubectl(program, argv);
    case 'tmux':
    case 'screen':
      return unwrapMultiplexer(program, argv);
    case 'newgrp':
    case 'at':
    case 'batch':
      return unwrapInput(program, 'sh', argv[0] as Word, input);
    default:
      return undefined;
  }
}
