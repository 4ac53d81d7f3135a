// Facts about the branch that would be rewritten, deleted or pushed: who else has it, and what they would lose.
// Invariant: "nobody else has it" is only said where no remote-tracking branch holds any commit that changes.
import { statSync } from 'node:fs';
import * as path from 'node:path';
import type { FactId } from '../../core/risk/factIds.ts';
import { protectedBy } from '../../core/risk/protectedBranches.ts';
import type { Fact } from '../../core/risk/types.ts';
import { repositoryOf } from './gitCall.ts';
import { commitsText } from './gitLoss.ts';
import { type PushTarget, pushTarget } from './gitPush.ts';
import type { Commit, GitRepository } from './gitRepository.ts';
import type { FactSource, FactTools, Subject } from './types.ts';

/** More commits than these are not named one by one. */
const MOST_COMMITS = 500;

export const gitBranchesSource: FactSource = {
  name: 'the branch',
  main: 'git.branch.shared',
  concerns: ({ effect }) => /^git\/(push|rebase|amend|filter-history)/.test(effect.rule),
  lookUp: async (subjects, tools) =>
    (await Promise.all(subjects.map((subject) => aboutOne(subject, tools)))).flat(),
};

type Say = (id: FactId, value: Fact['value'], text: string, how: string) => Fact;

async function aboutOne(subject: Subject, tools: FactTools): Promise<readonly Fact[]> {
  const say: Say = (id, value, text, how) => ({ id, effect: subject.index, value, text, how });
  const repository = await repositoryOf(subject, tools);
  const settings = await repository?.settings();
  if (!repository || !settings) {
    const why = repository?.problem ?? 'which repository is meant cannot be told';
    const text = `Who has this branch is not known: ${why}.`;
    return [say('git.branch.shared', 'unknown', text, 'asked git')];
  }
  const { rule } = subject.effect;
  if (rule.startsWith('git/push')) return aboutPush(subject, repository, tools, say);
  const name = rebased(subject) ?? (await repository.currentBranch());
  const own =
    name === undefined ? [] : [say('git.branch.name', name, `It is about ${name}.`, 'HEAD')];
  return [...own, ...(await aboutRewrite(subject, repository, say))];
}

/** `git rebase main topic` is about topic, whatever is checked out. */
function rebased({ effect, call }: Subject): string | undefined {
  return effect.rule.startsWith('git/rebase') ? call.operands[1]?.value : undefined;
}

async function aboutPush(
  { effect, call }: Subject,
  repository: GitRepository,
  tools: FactTools,
  say: Say,
): Promise<readonly Fact[]> {
  const target = await pushTarget(call, effect.target.detail?.branch ?? '', repository);
  const { remote, branch } = target;
  const patterns = tools.context.protectedBranches;
  if (branch === undefined) {
    const text = 'Which branches it would change cannot be told, so any of them may be.';
    return [say('git.branch.name', 'unknown', text, 'the words and the settings of git')];
  }
  const tracking = `refs/remotes/${remote}/${branch}`;
  const head = `refs/remotes/${remote}/HEAD`;
  const refs = await repository.refs(tracking, head);
  const isDefault = refs.get(head) === tracking;
  const why =
    protectedBy(branch, patterns) ??
    (isDefault ? `it is the default branch of ${remote}` : undefined);
  const facts = [
    say(
      'git.branch.name',
      branch,
      `It is about ${remote ?? 'a remote'}/${branch}.`,
      'the words and the settings of git',
    ),
    say(
      'git.branch.protected',
      why !== undefined,
      why === undefined ? `No rule protects ${branch}.` : `Team policy protects ${branch}: ${why}.`,
      why ?? 'interlock.protectedBranches and the built-in list',
    ),
  ];
  if (isDefault)
    facts.push(
      say(
        'git.branch.default',
        true,
        `${branch} is the default branch of ${remote}.`,
        `${remote}/HEAD`,
      ),
    );
  return [
    ...facts,
    ...(await aboutRemoteBranch(effect.rule, target, refs.has(tracking), repository, say)),
  ];
}

async function aboutRemoteBranch(
  rule: string,
  { remote, branch, source, deletes }: PushTarget,
  isFetched: boolean,
  repository: GitRepository,
  say: Say,
): Promise<readonly Fact[]> {
  const tracking = `refs/remotes/${remote}/${branch}`;
  if (remote === undefined || !isFetched) {
    const text = `${branch} of ${remote ?? 'that address'} was never fetched, so who has it is not known.`;
    return [say('git.branch.shared', 'unknown', text, 'git rev-parse')];
  }
  const short = `${remote}/${branch}`;
  const range = deletes
    ? [tracking, '--not', `--exclude=${short}`, `--exclude=${remote}/HEAD`, '--remotes', '--']
    : [tracking, '--not', source ?? 'HEAD', '--'];
  const [settings, history, dropped] = await Promise.all([
    repository.settings(),
    repository.commits(MOST_COMMITS, tracking, '--'),
    rule === 'git/push' ? undefined : repository.commits(MOST_COMMITS, ...range),
  ]);
  const own = settings?.ownEmails() ?? [];
  const others = namesOf((history ?? []).filter(({ email }) => !own.includes(email)));
  const shared =
    others.length > 0
      ? `Others work on ${short}: ${listOf(others)}.`
      : `${short} is on the remote, so others can have it.`;
  const facts = [
    say('git.branch.shared', true, shared, `git log ${short}${fetchedAt(repository)}`),
  ];
  if (rule === 'git/push') return facts;
  if (!dropped) {
    const text = `What ${short} would lose cannot be told.`;
    return [...facts, say('git.push.drops', 'unknown', text, 'git rev-list')];
  }
  return [...facts, ...(await droppedFacts(dropped, own, short, repository, say))];
}

async function droppedFacts(
  dropped: readonly Commit[],
  own: readonly string[],
  short: string,
  repository: GitRepository,
  say: Say,
): Promise<readonly Fact[]> {
  const how = `git rev-list${fetchedAt(repository)}`;
  const foreign = dropped.filter(({ email }) => !own.includes(email));
  const text = commitsText(
    dropped,
    `of ${short} would be dropped`,
    await isCut(dropped, repository),
  );
  const whose =
    foreign.length === 0
      ? 'None of them is by somebody else.'
      : `${foreign.length} of them by other people: ${listOf(namesOf(foreign))}.`;
  return [
    say('git.push.drops', dropped.length, text, how),
    say('git.push.others', foreign.length, whose, how),
  ];
}

/** rebase, amend and filter-branch: are the commits that they rewrite on a remote? */
async function aboutRewrite(
  { effect, call }: Subject,
  repository: GitRepository,
  say: Say,
): Promise<readonly Fact[]> {
  const range = rewritten(effect.rule, call);
  const unknown = 'Which commits it would rewrite cannot be told.';
  if (!range) return [say('git.branch.shared', 'unknown', unknown, 'git rev-list')];
  const [settings, commits, local] = await Promise.all([
    repository.settings(),
    repository.commits(MOST_COMMITS, ...range, '--'),
    repository.count(...range, '--not', '--remotes', '--'),
  ]);
  const isLong = commits?.length === MOST_COMMITS;
  const all = isLong ? await repository.count(...range, '--') : commits?.length;
  if (all === undefined || local === undefined)
    return [say('git.branch.shared', 'unknown', unknown, 'git rev-list')];
  const pushed = all - local;
  const how = `git rev-list ${range.join(' ')}`;
  if (pushed === 0)
    return [
      say(
        'git.branch.shared',
        false,
        `None of the ${all} commits that change is on a remote.`,
        how,
      ),
    ];
  const own = settings?.ownEmails() ?? [];
  const others = namesOf((commits ?? []).filter(({ email }) => !own.includes(email)));
  const whose = others.length > 0 ? `, with commits by ${listOf(others)}` : '';
  const text = `${pushed} of the ${all} commits that change are on a remote already${whose}.`;
  return [say('git.branch.shared', true, text, how)];
}

/** The commits that would be replaced, as words of `git rev-list`. */
function rewritten(rule: string, call: Subject['call']): readonly string[] | undefined {
  if (call.mayHaveHiddenOptions) return undefined;
  if (rule === 'git/amend') return ['--max-count=1', 'HEAD'];
  if (rule === 'git/filter-history') return ['--branches', '--tags'];
  if (call.has('--root')) return ['HEAD'];
  const [base, branch, ...more] = call.operands.map((word) => word.value);
  if (call.operands.some((word) => word.value === undefined) || more.length > 0) return undefined;
  if (base?.startsWith('-') || branch?.startsWith('-')) return undefined;
  if (base !== undefined) return [branch ?? 'HEAD', `^${base}`];
  return ['HEAD', '^HEAD@{upstream}'];
}

/** True where there may be more commits than were found: behind the cap, or cut off by a shallow clone. */
async function isCut(commits: readonly Commit[], repository: GitRepository): Promise<boolean> {
  return commits.length > 0 && (commits.length >= MOST_COMMITS || (await repository.isShallow()));
}

function namesOf(commits: readonly Commit[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { author } of commits) counts.set(author, (counts.get(author) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

function listOf(names: readonly (readonly [string, number])[]): string {
  const shown = names.slice(0, 3).map(([name, count]) => `${name} (${count})`);
  return `${shown.join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}

/** What is known of a remote is as old as the last fetch. */
function fetchedAt({ gitFolder }: GitRepository): string {
  try {
    const { mtime } = statSync(path.join(gitFolder, 'FETCH_HEAD'));
    return `, last fetched ${mtime.toISOString().slice(0, 10)}`;
  } catch {
    // Cloned and never fetched since.
    return ', not fetched since it was cloned';
  }
}
