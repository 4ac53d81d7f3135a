// A script that was read before the line ran may be another one when its turn comes.
// Invariant: a script stands for its commands only in a line that writes nothing; in any other its call counts as foreign code too.
import type { NotUnderstood, Redirect, Word } from './types.ts';
import type { Draft } from './walk.ts';

/** Programs that change no file, whatever their options. */
const WRITES_NOTHING =
  /^(?:cd|pushd|popd|echo|printf|test|\[|\[\[|\(\(|true|false|:|export|unset|set|shopt|local|declare|readonly|typeset|shift|return|exit|break|continue|pwd|ls|cat|head|tail|wc|e?grep|fgrep|which|type|basename|dirname|date|id|whoami|printenv|sleep|wait|read|diff|cmp|stat|du|df|ps|seq|nproc|uname|cut|tr|source|\.)$/;

/** Makes every looked-through call opaque where something in the line may have changed its file. */
export function distrustStale(lookedInto: readonly Draft[], all: readonly Draft[]): void {
  if (lookedInto.length > 0 && all.some(mayWrite)) {
    for (const draft of lookedInto) {
      draft.isTransparentWrapper = false;
    }
  }
}

/** Tasks whose file an earlier call of the line may have changed: what was read is not what will run. */
export function changedTasks(
  tasks: readonly { draft: Draft; files: readonly string[] }[],
  all: readonly Draft[],
): NotUnderstood[] {
  // Many tasks of few files: each list of files is looked for once.
  const firstChange = new Map<string, number>();
  const changedBefore = (files: readonly string[], id: number): boolean => {
    const key = files.join('\n');
    const known = firstChange.get(key);
    const first = known ?? all.find((draft) => mayChange(draft, files))?.id ?? all.length;
    firstChange.set(key, first);
    return first < id;
  };
  return tasks.flatMap(({ draft, files }) => {
    const [file = 'the file of its tasks'] = files;
    const why = `The line may change ${file} before \`${draft.argv[0]?.text ?? ''}\` reads what to run from it.`;
    const isChanged = changedBefore(files, draft.id);
    return isChanged ? [{ code: 'changed-file', why, span: draft.span }] : [];
  });
}

function mayChange(draft: Draft, files: readonly string[]): boolean {
  const names = ({ value }: Word) => files.includes(value?.replace(/^.*[/=]/, '') ?? '');
  const { argv, program, redirects } = draft;
  if (redirects.some((redirect) => writes(redirect) && names(redirect.target))) {
    return true;
  }
  const isPackageEdit =
    files.includes('package.json') &&
    /^(?:npm|pnpm)$/.test(program ?? '') &&
    /^(?:pkg|set-script|set)$/.test(argv[1]?.value ?? '') &&
    argv[2]?.value !== 'get';
  const isRead =
    READS.test(program ?? '') && !argv.some(({ value }) => /^-i|^--in-place/.test(value ?? ''));
  return isPackageEdit || (mayWrite(draft) && !isRead && argv.slice(1).some(names));
}

/** Programs that look at the files that they name. */
const READS =
  /^(?:jq|yq|sed|awk|gawk|rg|ag|less|more|bat|node|git|find|file|md5sum|sha256sum|nl|sort|uniq|make|gmake|just|npm|pnpm|yarn|bun|deno|composer)$/;

function mayWrite({ argv, program, redirects, isTransparentWrapper }: Draft): boolean {
  if (redirects.some(writes)) {
    return true;
  }
  const isHarmless =
    argv.length === 0 || isTransparentWrapper || WRITES_NOTHING.test(program ?? '?');
  return !isHarmless;
}

function writes({ op, target }: Redirect): boolean {
  const isHarmless = /^(?:\/dev\/(?:null|stdout|stderr|tty)|\d+|-)$/.test(target.value ?? '');
  return op.includes('>') && !isHarmless;
}
