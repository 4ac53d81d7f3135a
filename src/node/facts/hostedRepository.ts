// Which repository of a hosting service a push goes to, for what its own tool can tell of it.
// Invariant: only a host that the user has logged in to is asked, whatever the repository names as its remote.
import * as path from 'node:path';
import { repositoryOf } from './gitCall.ts';
import { type PushTarget, pushTarget } from './gitPush.ts';
import type { FactTools, Subject } from './types.ts';

export interface HostedRepository {
  host: string;
  owner: string;
  project: string;
  /** `HOST/OWNER/NAME`. */
  name: string;
  target: PushTarget;
}

const ADDRESS =
  /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([\w.-]+)(?::\d+)?[:/]+([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/i;

/** The repository that is pushed to, where gh knows its host by the user's own login. */
export async function hostedRepository(
  subject: Subject,
  tools: FactTools,
): Promise<HostedRepository | undefined> {
  const { call, effect } = subject;
  const repository = await repositoryOf(subject, tools);
  const settings = await repository?.settings();
  if (!repository || !settings) return undefined;
  const target = await pushTarget(call, effect.target.detail?.branch ?? '', repository);
  const url = settings.get(`remote.${target.remote}.url`) ?? call.operands[0]?.value ?? '';
  const [, host = '', owner, project] = ADDRESS.exec(url) ?? [];
  if (!owner || !project || !isOwnHost(host, tools)) return undefined;
  return { host, owner, project, name: `${host}/${owner}/${project}`, target };
}

/** A token of the user must not go to a host only because a repository names it. */
function isOwnHost(host: string, { context }: FactTools): boolean {
  const { ownEnvironment, ownHome, files } = context;
  if (host === 'github.com' || host === ownEnvironment.GH_HOST) return true;
  const folder =
    ownEnvironment.GH_CONFIG_DIR ??
    path.join(ownEnvironment.XDG_CONFIG_HOME ?? path.join(ownHome, '.config'), 'gh');
  const hosts = files.read(path.join(folder, 'hosts.yml'), 64 * 1024) ?? '';
  return hosts.split('\n').some((line) => line.trimEnd() === `${host}:`);
}
