// Secrets that are read although no word is their path: a whole home is searched or packed, one call lists the files and
// another one reads what was listed, an address names the file.
// Invariant: it only adds effects; a line is never lighter because of it.

import type { Invocation, ShellAnalysis, Word } from '../shell/types.ts';
import { SHOWS_SECRET } from './secretRule.ts';
import { classifyPath } from './targets.ts';
import type { Effect, EffectContext } from './types.ts';

/** One effect for each call that reads secrets which it does not name. */
export function secretReadEffects(
  { invocations }: ShellAnalysis,
  effects: readonly Effect[],
  context: EffectContext,
): Effect[] {
  const local = invocations.filter(({ place }) => place.kind === 'local');
  const whole = local.flatMap((call) => {
    const folder = readsWholeFolder(call) ? folderWithSecrets(call, context) : undefined;
    return folder === undefined ? [] : [effectOf(call, `everything below ${folder}`)];
  });
  const opened = local.flatMap((call) => {
    const word = call.argv.find((given) => /^file:/.test(given.value ?? ''));
    return word && isSecret(word, call, context) ? [effectOf(call, word.value ?? word.text)] : [];
  });
  return [...whole, ...opened, ...readsOfListed(local, effects, context)];
}

const SEARCHES = /^(grep|egrep|fgrep|zgrep|ggrep|rgrep|rg|ag|ack|ugrep)$/;
const PACKS = /^(tar|bsdtar|gtar|zip|7z|7za|7zz|cp|gcp|rsync|scp|rclone|cpio|pax)$/;

/** A search below a folder, or a copy of it. Where names are filtered, what is read is not the whole folder. */
function readsWholeFolder({ program = '', argv }: Invocation): boolean {
  const given = argv.slice(1).map(({ value }) => value ?? '');
  const has = (pattern: RegExp) => given.some((word) => pattern.test(word));
  if (PACKS.test(program)) return true;
  if (!SEARCHES.test(program) || has(/^(--include(=|$)|--glob(=|$)|-g)/)) return false;
  if (/^(rg|ag|ack)$/.test(program)) return has(/^(--hidden|--unrestricted|-\w*[u.]\w*)$/);
  return program === 'rgrep' || has(/^(-\w*[rR]\w*|--(dereference-)?recursive|recurse)$/);
}

/** Where secrets lie in a home that has any: a folder above one of these cannot be read whole without them. */
const SECRETS_AT_HOME = [
  '.ssh/id_ed25519',
  '.config/gh/hosts.yml',
  '.local/share/keyrings/login.keyring',
  'Library/Keychains/login.keychain-db',
];

function folderWithSecrets(call: Invocation, context: EffectContext): string | undefined {
  return call.argv
    .slice(1)
    .filter((word) => /^[/~.]/.test(word.value ?? ''))
    .find((word) => holdsHome(word, call, context))?.value;
}

function holdsHome(word: Word, { cwd }: Invocation, context: EffectContext): boolean {
  const { home } = context.shell;
  const { path, place } = classifyPath(word, cwd, context);
  if (place === 'home') return true;
  if (path === undefined) return false;
  if (/^\/(home|Users|root)?$/.test(path)) return true;
  const folder = path.replace(/\/\**$/, '');
  if (home === undefined) return false;
  return SECRETS_AT_HOME.some((secret) => `${home}/${secret}`.startsWith(`${folder}/`));
}

const LISTS = /^(find|gfind|fd|fdfind|ls|exa|eza|tree|locate|mlocate|git|rg|grep|echo|printf)$/;

/** `find ~/.aws -type f | xargs cat`, `for f in $(ls ~/.ssh); do cat "$f"; done`: one call names, another one reads. */
function readsOfListed(
  calls: readonly Invocation[],
  effects: readonly Effect[],
  context: EffectContext,
): Effect[] {
  const lister = calls.find((call) => namesSecrets(call, context));
  if (lister === undefined) return [];
  const listed = lister.argv.find((word) => isSecret(word, lister, context));
  const readers = new Set(
    effects.flatMap(({ rule, verb, invocation }) =>
      verb === 'read' && /^(reads|inline|databases)\//.test(rule) && !TELLS_NO_CONTENT.test(rule)
        ? [invocation]
        : [],
    ),
  );
  return calls
    .filter((call) => call.id !== lister.id && readers.has(call.id) && readsUnseen(call))
    .map((call) => effectOf(call, `what was found for ${listed?.value ?? 'the folder'}`));
}

/** Rules on calls that tell names, sizes and the like, or print words that stand in the line. */
const TELLS_NO_CONTENT =
  /^reads\/(list|find|fd|tree|file|echo|tell|hostname|archive-list|count-lines)$/;

const readsUnseen = ({ argv, hasUnknownOperands }: Invocation) =>
  hasUnknownOperands || argv.slice(1).some(({ value }) => value === undefined);

function namesSecrets(call: Invocation, context: EffectContext): boolean {
  if (!LISTS.test(call.program ?? '')) return false;
  if (call.argv.some((word) => isSecret(word, call, context))) return true;
  const filters = call.argv.some(({ value }) =>
    /^-(i?name|i?path|i?wholename|i?regex|newer\w*|e|g)$/.test(value ?? ''),
  );
  if (filters || !/^(find|gfind|fd|fdfind)$/.test(call.program ?? '')) return false;
  return folderWithSecrets(call, context) !== undefined;
}

function isSecret(word: Word, { cwd }: Invocation, context: EffectContext): boolean {
  const value = word.value?.replace(/^file:(\/\/(localhost)?)?(?=\/)/, '');
  return value !== undefined && classifyPath({ ...word, value }, cwd, context).place === 'secret';
}

function effectOf(call: Invocation, what: string): Effect {
  return {
    ...SHOWS_SECRET,
    rule: 'secrets/read-unnamed',
    target: { kind: 'none', name: '' },
    invocation: call.id,
    span: call.span,
    reason: `It reads ${what}, and secrets are among it.`,
    alternative: 'Name the files or the folder that it needs.',
  };
}
