// Which branch of which remote a push would change, and from what.
// Invariant: where git's settings or the words leave it open, `branch` is undefined: any branch may be meant.
import type { Call } from '../../core/effects/types.ts';
import type { GitRepository } from './gitRepository.ts';
import type { GitSettings } from './gitSettings.ts';

export interface PushTarget {
  /** Name of the remote; undefined where a URL is given that no remote has. */
  remote: string | undefined;
  branch: string | undefined;
  /** What would be there afterwards; undefined: the branch would be gone, or it cannot be told. */
  source: string | undefined;
  deletes: boolean;
}

/** One target for each refspec; `branch` as the effect's target names it. */
export async function pushTarget(
  call: Call,
  branch: string,
  repository: GitRepository,
): Promise<PushTarget> {
  const settings = await repository.settings();
  const remote = settings && (await remoteOf(call, repository, settings));
  const open: PushTarget = { remote, branch: undefined, source: undefined, deletes: false };
  if (!settings) return open;
  if (call.has('--mirror', '--all', '--branches', '--prune', '--tags') || call.mayHaveHiddenOptions)
    return open;
  const refs = call.operands.slice(1);
  if (refs.length === 0) return withoutRefspec(open, repository, settings);
  for (const word of refs) {
    if (word.value === undefined) continue;
    const [source = '', target = source] = word.value.replace(/^\+/, '').split(':');
    const name = target.replace(/^refs\/heads\//, '');
    if (name !== branch) continue;
    const isHead = name === 'HEAD' || name === '@';
    const current = isHead ? await repository.currentBranch() : name;
    const deletes = source === '' || call.has('-d', '--delete');
    const isPattern = current === undefined || /[*?[]/.test(current) || source.startsWith('-');
    if (isPattern) return open;
    return { remote, branch: current, source: deletes ? undefined : source, deletes };
  }
  return open;
}

/** Without a refspec git's settings decide. */
async function withoutRefspec(
  open: PushTarget,
  repository: GitRepository,
  settings: GitSettings,
): Promise<PushTarget> {
  const current = await repository.currentBranch();
  if (current === undefined || open.remote === undefined) return open;
  const how = settings.get('push.default');
  const mirror = settings.get(`remote.${open.remote}.mirror`);
  const refspec = settings.get(`remote.${open.remote}.push`);
  const upstream = settings.get(`branch.${current}.merge`);
  if (mirror === 'true' || refspec !== undefined || how === 'matching' || how === 'nothing')
    return open;
  const isByUpstream = how === 'upstream' || how === 'tracking';
  const branch = isByUpstream ? upstream?.replace(/^refs\/heads\//, '') : current;
  return { ...open, branch, source: 'HEAD' };
}

async function remoteOf(
  call: Call,
  repository: GitRepository,
  settings: GitSettings,
): Promise<string | undefined> {
  const word = call.operands[0] ?? call.valueOf('--repo');
  if (word === undefined) {
    const current = await repository.currentBranch();
    const chosen =
      settings.get(`branch.${current}.pushremote`) ??
      settings.get('remote.pushdefault') ??
      settings.get(`branch.${current}.remote`) ??
      'origin';
    return namedRemote(chosen, settings);
  }
  const { value } = word;
  if (value === undefined) return undefined;
  return namedRemote(value, settings);
}

/** The remote of that name or address. An address that no remote has stays out, for it may hold a password. */
function namedRemote(value: string, settings: GitSettings): string | undefined {
  const remotes = settings.remotes();
  const found =
    remotes.find(([name]) => name === value) ?? remotes.find(([, url]) => url === value);
  return found?.[0];
}
