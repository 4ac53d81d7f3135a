// Every fact that can be looked up, in one list: its id, and what its value says.
// Invariant: a fact whose value is `unknown` never lowers a score.

/** Id → meaning of the value. Ids reach logs; they are never renamed. */
export const factIds = {
  'git.branch.current': 'branch that is checked out where the line starts',
  'git.branch.name': 'branch that the effect touches',
  'git.branch.upstream': 'remote-tracking branch that it belongs to, or `none`',
  'git.branch.default': 'true where it is the default branch of the remote',
  'git.branch.protected': 'true where settings, convention or the remote protect the branch',
  'git.branch.remote-protection':
    'protected, none or unknown: what the hosting service says of the branch',
  'git.branch.shared': 'true where others can have its commits',
  'git.push.drops': 'commits on the remote branch that would no longer be on it',
  'git.push.others': 'those of them that other people wrote',
  'git.commits.only-here': 'commits that no other branch and no remote has',
  'git.loses': 'things that git could not bring back: changes, files, stashes, commits',
  'git.programs':
    '`none`, or a fingerprint of the programs that git starts because the repository says so',
  'git.files.clean': 'files hit that are committed as they are',
  'git.files.dirty': 'files hit with changes that are not committed',
  'git.files.untracked': 'files hit that git neither has nor ignores',
  'git.files.ignored': 'files hit that git ignores',
  'files.count': 'files that stand there and are hit',
  'files.bytes': 'their size together',
  'archive.puts': 'kind of place and path of a member of an archive that does more than lie there',
  'code.file': 'fingerprint of a file whose code would run',
  'code.read': 'fingerprint of a file that was read to know what the line does',
  'environment.class': 'production, staging, local or unknown',
  'database.name': 'database that is meant',
  'database.host': 'host of the database',
  'container.engine': 'host of the container engine, `this machine`, or `undetermined`',
  'container.context': 'context or connection of the container client',
  'kube.context': 'context of the cluster',
  'kube.namespace': 'namespace that is meant',
  'kube.server': 'host of the cluster',
  'terraform.workspace': 'workspace or stack that is meant',
  'terraform.backend': 'where the state is kept',
  'cloud.profile': 'profile or configuration of the cloud client',
  'cloud.project': 'project, account or subscription',
  'cloud.region': 'region',
  'deploy.state': '`in progress`, `none` or `unknown`',
} as const;

export type FactId = keyof typeof factIds;
