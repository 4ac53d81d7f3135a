// Calls that print a program's help or version and end.
// Invariant: only words that the program itself reads count; what is handed on to another program proves nothing.
import type { Invocation } from '../shell/types.ts';
import { isPathToForeignCode } from './foreignCode.ts';
import { syntaxOf } from './registry.ts';
import type { Effect } from './types.ts';

const HELP = /^(--version|--help|-V|-Vv|-vV|-version|--usage)$/;
/** Behind these words stands what is started, and the option is handed on to it: `docker run image --help`. */
const HANDS_ON =
  /^(run|exec|x|dlx|test|tests|t|start|create|init|shell|ssh|enter|watch|explore|console|runner|with|tool|launch|up|attach|debug|proxy)$/;

/** Words by which single programs tell their version and where they look, and end. */
const TELL_ABOUT_SELF: Readonly<Record<string, RegExp>> = {
  mvn: /^-v$/,
  gradle: /^-v$/,
  dotnet: /^--(info|list-sdks|list-runtimes)$/,
  zig: /^(version|env)$/,
};

/**
 * `program --help` prints and ends, and `program sub --help` does where the program has subcommands of its own.
 * Wrappers, shells, runners and task tools hand such words on, so there they do not count.
 */
export function isHelp(invocation: Invocation): boolean {
  const words = invocation.argv.slice(1).map((word) => word.value);
  const last = words.at(-1);
  if (last === undefined || invocation.isTransparentWrapper) return false;
  if (isPathToForeignCode(invocation.argv[0])) return false;
  const program = invocation.program ?? '';
  if (words.length === 1) return HELP.test(last) || TELL_ABOUT_SELF[program]?.test(last) === true;
  // git's own commands print their usage for a lone `-h`; these two have another meaning for it.
  if (program === 'git' && words.length === 2 && last === '-h')
    return /^[a-z-]+$/.test(words[0] ?? '-') && !/^(grep|ls-remote|show-ref)$/.test(words[0] ?? '');
  const hasOwn = program === 'git' || syntaxOf(program)?.hasVerb === true;
  return (
    last === '--help' &&
    words.length <= 4 &&
    hasOwn &&
    !/^(yarn|pnpm|bun|mise|rtx|redis-cli|valkey-cli)$/.test(program) &&
    words
      .slice(0, -1)
      .every((word) => /^[a-z][a-z0-9:-]*$/.test(word ?? '-') && !HANDS_ON.test(word ?? ''))
  );
}

/** Its only effect. */
export function helpEffect(invocation: Invocation): Effect {
  return {
    rule: 'reads/help',
    verb: 'read',
    category: 'read-only',
    severity: 'none',
    reversible: 'yes',
    reach: 'nothing',
    target: { kind: 'none', name: '' },
    invocation: invocation.id,
    span: invocation.span,
    reason: 'It only prints its help or version.',
    recovery: 'Nothing to undo.',
  };
}
