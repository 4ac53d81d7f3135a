// Whether the hosting service itself protects the branch (G3), asked with the user's own login.
// Invariant: `none` is only said where the service answered both questions; it changes no score for the better.
import type { Fact } from '../../core/risk/types.ts';
import { type HostedRepository, hostedRepository } from './hostedRepository.ts';
import type { FactSource, FactTools, Subject, ToolResult } from './types.ts';

export const branchProtectionSource: FactSource = {
  name: 'the rules of the hosting service',
  main: 'git.branch.remote-protection',
  asksNetwork: true,
  concerns: ({ effect }) =>
    effect.reach === 'shared' &&
    /^git\/push/.test(effect.rule) &&
    effect.category === 'history-rewrite',
  lookUp: async (subjects, tools) =>
    Promise.all(subjects.map((subject) => aboutOne(subject, tools))),
};

async function aboutOne(subject: Subject, tools: FactTools): Promise<Fact> {
  const hosted = await hostedRepository(subject, tools);
  const branch = hosted?.target.branch;
  const say = (value: string, text: string, how: string): Fact => ({
    id: 'git.branch.remote-protection',
    effect: subject.index,
    value,
    text,
    how,
  });
  if (!hosted || branch === undefined) {
    const text =
      'Whether the remote itself protects the branch is not known: no tool of this machine can tell.';
    return say('unknown', text, 'looked at the remote');
  }
  const place = `repos/${hosted.owner}/${hosted.project}`;
  const name = encodeURIComponent(branch);
  const ask = (way: string, answer: string) => askHost(hosted, `${place}/${way}`, answer, tools);
  const [flag, rules] = await Promise.all([
    ask(`branches/${name}`, '.protected'),
    ask(`rules/branches/${name}`, '[.[].type] | join(" ")'),
  ]);
  const how = `gh api ${place}/branches/${branch}`;
  const kinds = wordsOf(rules).filter((word) => FORBIDDING.test(word));
  if (wordsOf(flag).includes('true') || kinds.length > 0) {
    const what = kinds.length > 0 ? ` (${kinds.slice(0, 4).join(', ')})` : '';
    return say('protected', `${hosted.host} protects ${branch}${what}.`, how);
  }
  if (wordsOf(flag).includes('false') && rules.exitCode === 0)
    return say('none', `${hosted.host} says that it does not protect ${branch}.`, how);
  const why =
    flag.failure === 'missing' ? 'gh is not installed' : 'gh could not say, or not in time';
  return say('unknown', `Whether ${hosted.host} protects ${branch} is not known: ${why}.`, how);
}

const FORBIDDING = /^(deletion|non_fast_forward|update|pull_request|required_\w+)$/;

function wordsOf({ exitCode, stdout = '' }: ToolResult): readonly string[] {
  return exitCode === 0 ? stdout.slice(0, 2000).split(/\s+/).filter(Boolean) : [];
}

function askHost(
  { host }: HostedRepository,
  way: string,
  answer: string,
  { context }: FactTools,
): Promise<ToolResult> {
  const argv = ['api', '--hostname', host, way, '--jq', answer];
  return context.run('gh', argv, { cwd: context.cwd, timeLimitMs: context.networkLimitMs });
}
