// Any call that changes something and names a file of the gate changes the gate, whatever program it is (I9).
// Invariant: only what is proved to change nothing may name the gate's files; ending the editor's processes ends the gate.
import * as posix from 'node:path/posix';
import type { Invocation, ShellAnalysis, Word } from '../shell/types.ts';
import { absolutePath, classifyAbsolute } from './targets.ts';
import type { Effect, EffectContext } from './types.ts';

/** Most files that are looked at in the folders where `cd` may have gone. */
const MAX_CHECKS = 2_000;

/** Effects that the rules of single programs cannot see. */
export function gateEffects(
  { invocations }: ShellAnalysis,
  effects: readonly Effect[],
  context: EffectContext,
): Effect[] {
  const changing = new Set(
    effects.filter(({ severity }) => severity !== 'none').map(({ invocation }) => invocation),
  );
  const tampering = new Set(
    effects.filter(({ verb }) => verb === 'tamper-gate').map(({ invocation }) => invocation),
  );
  const folders = [...new Set(invocations.flatMap((call) => foldersOf(call)))];
  const deleted = effects.filter(
    ({ verb, target }) => verb === 'delete' && target.path !== undefined,
  );
  const suspects = invocations.filter(
    ({ id, place }) => changing.has(id) && !tampering.has(id) && place.kind === 'local',
  );
  const words = suspects.reduce((sum, { argv }) => sum + argv.length, 0);
  const isTooMuch = words * folders.length > MAX_CHECKS;
  const found = suspects.flatMap((call) => {
    const word = namedFile(call, isTooMuch ? [] : folders, deleted, context);
    return word === undefined ? [] : [fileEffect(call, word)];
  });
  return [
    ...found,
    ...suspects.slice(0, isTooMuch ? 1 : 0).map(lostEffect),
    ...invocations.filter((call) => endsHost(call, invocations, context)).map(killEffect),
  ];
}

/** Where `cd` may have gone: whether it did is not always known. */
function foldersOf({ program, argv, cwd }: Invocation): string[] {
  const target = argv.at(-1)?.value;
  if (!/^(cd|pushd)$/.test(program ?? '') || argv.length < 2 || target === undefined) return [];
  const folder = absolutePath(target, cwd);
  return folder === undefined ? [] : [folder];
}

/** A word, or what a word ends up as, that lies in the gate; the text of a message or a search is none. */
function namedFile(
  call: Invocation,
  folders: readonly string[],
  effects: readonly Effect[],
  context: EffectContext,
): string | undefined {
  const words = [
    ...call.argv.slice(1).filter((_word, at) => !isText(call, call.argv[at])),
    ...call.redirects.filter(({ op }) => op.includes('>')).map(({ target }) => target),
  ];
  const named = words.find((word) => isOfGate(word, call, folders, context));
  if (named) return named.text;
  return placedFile(call, context) ?? deletedFolder(call, effects, context);
}

/** Options whose value is a text or a pattern, not a file. */
function isText({ program }: Invocation, before: Word | undefined): boolean {
  const option = before?.value ?? '';
  return (
    /^(-m|--message|--grep|--author|--title|--body|--reason)$/.test(option) ||
    (/^(grep|rg|ag|ack|find|fd|jq|yq)$/.test(program ?? '') && /^-(e|name|path)$/.test(option))
  );
}

function isOfGate(
  word: Word,
  call: Invocation,
  folders: readonly string[],
  context: EffectContext,
): boolean {
  const { value } = word;
  if (value === undefined) return false;
  // `of=FILE`, `--output=FILE`, `HEAD:FILE`
  const texts = [value, /^(?:--?[\w-]+|\w+)=(.+)$/s.exec(value)?.[1]].filter(
    (text) => text !== undefined && !text.startsWith('-') && !/\s/.test(text),
  ) as string[];
  return texts.some((text) =>
    [absolutePath(text, call.cwd), ...folders.map((folder) => posix.resolve(folder, text))].some(
      (path) => path !== undefined && isGatePath(path, word.isGlob, context),
    ),
  );
}

function isGatePath(path: string, isGlob: boolean, context: EffectContext): boolean {
  if (classifyAbsolute(path, context) === 'gate') return true;
  // What a pattern finds in a folder of the gate may be any file of it.
  return isGlob && classifyAbsolute(posix.dirname(path), context) === 'gate';
}

/** `cp -r x/.vscode .` puts a file of the gate where it counts. */
function placedFile(call: Invocation, context: EffectContext): string | undefined {
  if (!/^(cp|mv|rsync|install|ln|scp)$/.test(call.program ?? '')) return undefined;
  const operands = call.argv.slice(1).filter(({ value }) => !value?.startsWith('-'));
  const folder = absolutePath(operands.at(-1)?.value ?? '', call.cwd);
  if (folder === undefined) return undefined;
  const placed = operands
    .slice(0, -1)
    .find(
      ({ value, isGlob }) =>
        value !== undefined &&
        isGatePath(posix.join(folder, posix.basename(value)), isGlob, context),
    );
  return placed?.text;
}

/** Deleting or moving what the gate's folders lie in; the workspace itself is weighed by its own rules. */
function deletedFolder(
  call: Invocation,
  effects: readonly Effect[],
  context: EffectContext,
): string | undefined {
  const inWorkspace = (path: string) =>
    context.workspaceRoots.some((root) => path.startsWith(root));
  const gates = context.gatePaths.filter((path) => !inWorkspace(path));
  const effect = effects.find(
    ({ invocation, verb, target }) =>
      invocation === call.id &&
      verb === 'delete' &&
      target.path !== undefined &&
      gates.some((gate) => gate.startsWith(`${target.path?.replace(/\/+$/, '')}/`)),
  );
  return effect?.target.name;
}

const KILLERS = /^(kill|pkill|killall|killall5|skill|taskkill|fuser|xkill)$/;
const HOST =
  /^(code|code-insiders|code-server|code-oss|cursor|windsurf|codium|vscodium|electron|node|nodejs)(\.exe)?$|extension-?host|server-main|bootstrap-fork|vscode|interlock/i;
const FINDERS = /^(pgrep|pidof|ps|grep|rg|awk|lsof|fuser)$/;

/** The gate runs in a process of the editor; that process is the parent of each command. */
function endsHost(
  call: Invocation,
  all: readonly Invocation[],
  { gateProcesses = [] }: EffectContext,
): boolean {
  if (!KILLERS.test(call.program ?? '') || call.place.kind !== 'local') return false;
  const words = call.argv.slice(1);
  if (words.some(({ value }) => /^(-l|-L|--list|--help|-0)$/.test(value ?? ''))) return false;
  const operands = words.filter(({ value }, at) => !isSignal(value, at));
  return operands.some(({ value, text }) => {
    if (value === undefined)
      return /\bPPID\b/.test(text) || (call.program === 'kill' && findsHost(all));
    if (call.program !== 'kill') return HOST.test(value);
    return value === '-1' || gateProcesses.includes(Math.abs(Number(value)));
  });
}

/** `-9`, `-TERM`; a number with a dash that stands later is a group of processes. */
function isSignal(value: string | undefined, at: number): boolean {
  return value !== undefined && (/^-[A-Za-z]/.test(value) || (at === 0 && /^-\d+$/.test(value)));
}

function findsHost(all: readonly Invocation[]): boolean {
  return all.some(
    ({ program, argv }) =>
      FINDERS.test(program ?? '') && argv.slice(1).some(({ value }) => HOST.test(value ?? '')),
  );
}

function fileEffect(call: Invocation, name: string): Effect {
  return {
    ...common(call),
    rule: 'gate/touches-file',
    target: { kind: 'setting', name },
    reason: `It changes something and names ${name}, which decides what agents may do or records what they did.`,
    recovery: 'Look at the file and put back what it said.',
  };
}

/** Too many folders and files to look at each file in each folder. */
function lostEffect(call: Invocation): Effect {
  return {
    ...common(call),
    rule: 'gate/too-many-folders',
    verb: 'unknown',
    severity: 'serious',
    target: { kind: 'none', name: '' },
    reason: 'It goes to so many folders that it is not known which files it changes.',
    recovery: 'Not known.',
    alternative: 'Run it in parts.',
  };
}

function killEffect(call: Invocation): Effect {
  return {
    ...common(call),
    rule: 'gate/end-host',
    target: { kind: 'process', name: 'the editor' },
    reason: namesNode(call)
      ? 'It ends every process called node; the editor and this gate run in such processes too, and then nothing is held any more.'
      : 'It ends processes of the editor, and the gate is one of them.',
    recovery: 'Open the editor again; look at what ran in between.',
    alternative: 'End your own process by its number, or by a name that only it has.',
  };
}

/** `pkill node` and `killall node`: the name of many programs, not of one. */
const namesNode = (call: Invocation) =>
  call.argv.slice(1).some(({ value }) => /^node(js)?(\.exe)?$/i.test(value ?? ''));

function common(call: Invocation): Omit<Effect, 'rule' | 'target' | 'reason' | 'recovery'> {
  return {
    verb: 'tamper-gate',
    category: 'config-change',
    severity: 'extreme',
    reversible: 'effort',
    reach: 'machine',
    invocation: call.id,
    span: call.span,
  };
}
