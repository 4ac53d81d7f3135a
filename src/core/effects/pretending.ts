// Does a call only pretend? `--dry-run` says so, unless its value or a later option takes it back.
// Invariant: a call whose options cannot all be seen pretends nothing.
import type { Call } from './types.ts';
import { words } from './words.ts';

const FALSE = /^(false|f|0|no?|off|none|never|without|disable)$/i;

/** True where one of the options is present and none takes it back: `--dry-run=false`, `--no-dry-run`, `-s=no`. */
export function pretends(call: Call, ...names: string[]): boolean {
  if (call.mayHaveHiddenOptions || !call.has(...names)) return false;
  const bare = names.map((name) => name.replace(/^\^?--?/, ''));
  if (mayBeValues(call, names)) return false;
  return !call.options.some(({ name, value, word }) => {
    const own = name.replace(/^\^?--?/, '');
    if (FALSE.test(value?.value ?? '') && bare.some((known) => known.startsWith(own))) return true;
    // The short form with a value: apt reads `-s=no`.
    if (/^-[a-zA-Z]=/.test(word.value ?? '') && bare.includes((word.value ?? '')[1] ?? ''))
      return FALSE.test((word.value ?? '').slice(3));
    const back = /^no-?(.+)$/.exec(own)?.[1];
    return back !== undefined && bare.some((known) => known.startsWith(back));
  });
}

/** Long options without a value, behind which a `--dry-run` is one of its own. */
const SWITCHES: ReadonlySet<string> = new Set(
  words(`
    accept-data-loss add all all-namespaces all-databases archive assume-yes atomic aggressive auto-approve
    backup cached check checksum cleanup-on-fail clean compress copy-links create-namespace debug del delete delete-after
    delete-before delete-during delete-excluded delete-delay delete-removed devel diff dirs exact exact-timestamps
    execute expire-now fast-list follow force force-with-lease force-conflicts fuzzy global group hard hard-links human-readable
    ignore-case ignore-existing ignore-not-found ignore-errors inplace install interactive itemize-changes json keep-history
    links list local mirror multi now non-interactive numeric-ids omit-dir-times one-file-system owner partial perms
    parents patch permanent preserve progress prune prune-empty-dirs public purge quiet recursive recreate-pods
    remove-source-files render-subchart-notes repair reset-values reuse-values safe-links server-side silent size-only
    skip-crds sparse staged stats system tags times ucp unsafe untracked update user verbose verify volumes wait
    wait-for-jobs whole-file worktree yes no-prune workspaces include-workspace-root provenance allow-dirty
  `),
);

/** True where one of the options is present and is not the value of the option before it: in `--format -r`, `-r` is none. */
export function says(call: Call, ...names: string[]): boolean {
  return call.has(...names) && !mayBeValues(call, names);
}

/** True where each of the named options stands right behind an option that may take it as its value. */
function mayBeValues(call: Call, names: readonly string[]): boolean {
  const { argv } = call.invocation;
  return call.options
    .filter(({ name }) => names.includes(name) || names.includes(name.replace(/^\^/, '')))
    .every(({ word }) => {
      const before = argv[argv.indexOf(word) - 1]?.value ?? '';
      const known = call.options.some(
        ({ word: other, value }) => other.value === before && value !== undefined,
      );
      if (!before.startsWith('-') || before.includes('=') || before === '--' || known) return false;
      // Which short options of git take a value is known; elsewhere the usual letters are left out.
      const isShort = /^-[a-zA-Z]+$/.test(before);
      if (isShort && (call.program === 'git' || !/[eofBTtmcCdDxX]$/.test(before))) return false;
      return (
        !/^--(no-|disable-|enable-|skip-|with-|without-)/.test(before) &&
        !SWITCHES.has(before.replace(/^--?/, ''))
      );
    });
}
