// Whether a deployment is in progress (G2): asked of the hosting service's own tool, with the user's own login.
// Invariant: only a host that the user has logged in to is asked, whatever the repository names as its remote.
import type { Fact } from '../../core/risk/types.ts';
import { hostedRepository } from './hostedRepository.ts';
import type { FactSource, FactTools, Subject } from './types.ts';

export const deploymentsSource: FactSource = {
  name: 'deployments',
  main: 'deploy.state',
  asksNetwork: true,
  concerns: ({ effect }) =>
    effect.reach === 'shared' &&
    /^git\/push/.test(effect.rule) &&
    effect.category === 'history-rewrite',
  lookUp: async (subjects, tools) => {
    const [subject] = subjects;
    if (!subject) return [];
    const { value, text, how } = await stateOf(subject, tools);
    return subjects.map(({ index }) => ({ id: 'deploy.state', effect: index, value, text, how }));
  },
};

type State = Pick<Fact, 'value' | 'text' | 'how'>;

async function stateOf(subject: Subject, tools: FactTools): Promise<State> {
  const hosted = await hostedRepository(subject, tools);
  if (!hosted)
    return unknown('no tool of this machine can tell for this remote', 'looked at the remote');
  const { cwd, networkLimitMs, run } = tools.context;
  const fields = 'status,name,workflowName,headBranch,createdAt';
  const argv = ['run', 'list', '-R', hosted.name, '--limit', '30', '--json', fields];
  const how = `gh run list -R ${hosted.name}`;
  const { stdout, exitCode } = await run('gh', argv, { cwd, timeLimitMs: networkLimitMs });
  if (exitCode === undefined) return unknown('gh is not there or did not answer in time', how);
  if (exitCode !== 0) return unknown('gh could not say', how);
  return readRuns(stdout ?? '', how);
}

function unknown(why: string, how: string): State {
  return {
    value: 'unknown',
    text: `Whether a deployment is in progress is not known: ${why}.`,
    how,
  };
}

const DONE =
  /^(completed|success|failure|cancelled|skipped|neutral|stale|timed_out|startup_failure)$/i;
const DEPLOYS = /deploy|release|publish|rollout|ship|production|staging/i;

interface Run {
  status: string;
  name: string;
  branch: string;
}

function readRuns(text: string, how: string): State {
  const runs = parseRuns(text);
  if (!runs) return unknown('the answer of gh could not be read', how);
  const open = runs.filter(({ status }) => !DONE.test(status));
  if (open.length === 0)
    return { value: 'none', text: 'No run of the pipeline is in progress.', how };
  const sorted = [...open].sort(
    (a, b) => Number(DEPLOYS.test(b.name)) - Number(DEPLOYS.test(a.name)),
  );
  const shown = sorted
    .slice(0, 3)
    .map(({ name, branch, status }) => `${name} on ${branch} (${status})`);
  const isDeploying = sorted.some(({ name }) => DEPLOYS.test(name));
  const what = isDeploying
    ? 'A deployment is in progress'
    : 'The pipeline is running, and may deploy';
  const more = open.length > 3 ? ` and ${open.length - 3} more` : '';
  return { value: 'in progress', text: `${what}: ${shown.join(', ')}${more}.`, how };
}

function parseRuns(text: string): readonly Run[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // An old gh, or a message instead of JSON.
    return undefined;
  }
  if (!Array.isArray(value)) return undefined;
  return value.map((entry: unknown) => {
    const run = (entry ?? {}) as Record<string, unknown>;
    const word = (key: string) => (typeof run[key] === 'string' ? run[key].slice(0, 80) : '');
    return {
      status: word('status'),
      name: word('workflowName') || word('name'),
      branch: word('headBranch'),
    };
  });
}
