// All look-ups of one line, side by side, each within its time limit.
// Invariant: never throws; a source that fails or is too slow leaves a fact that says `unknown`.
import { parseCall } from '../../core/effects/options.ts';
import { syntaxOf } from '../../core/effects/registry.ts';
import type { Call, Effect } from '../../core/effects/types.ts';
import type { Fact } from '../../core/risk/types.ts';
import type { Invocation, ShellAnalysis } from '../../core/shell/types.ts';
import { membersOf } from './archiveMembers.ts';
import { branchProtectionSource } from './branchProtection.ts';
import { cloudSource } from './cloud.ts';
import { codeSource } from './code.ts';
import { containerEngineSource } from './containerEngine.ts';
import { databasesSource } from './databases.ts';
import { deploymentsSource } from './deployments.ts';
import { filesSource } from './files.ts';
import { gitBranchesSource } from './gitBranches.ts';
import { gitLossSource } from './gitLoss.ts';
import { gitProgramsSource } from './gitPrograms.ts';
import { GitRepository } from './gitRepository.ts';
import { kubernetesSource } from './kubernetes.ts';
import { remoteHostsSource } from './remoteHosts.ts';
import { terraformSource } from './terraform.ts';
import type { FactSource, FactsContext, FactTools, Subject } from './types.ts';
import { unpackingSource } from './unpacking.ts';

const SOURCES: readonly FactSource[] = [
  codeSource,
  filesSource,
  unpackingSource,
  gitLossSource,
  gitBranchesSource,
  gitProgramsSource,
  deploymentsSource,
  branchProtectionSource,
  containerEngineSource,
  databasesSource,
  kubernetesSource,
  terraformSource,
  cloudSource,
  remoteHostsSource,
];

/** Looks up what is known about each effect of a line. */
export async function lookUpFacts(
  analysis: ShellAnalysis,
  effects: readonly Effect[],
  context: FactsContext,
): Promise<readonly Fact[]> {
  const tools = createTools(context);
  const subjects = subjectsOf(analysis, effects);
  const [branch, ...found] = await Promise.all([
    currentBranch(subjects, tools),
    ...SOURCES.map((source) => askSource(source, subjects.filter(source.concerns), tools)),
  ]);
  return [...(branch ?? []), ...strictest(found.flat())].map(readable);
}

const MOST_TEXT = 500;

/** Names of files, commits and pipelines are other people's texts: nothing in them may hide or move what is beside it. */
function readable(fact: Fact): Fact {
  const clean = (text: string) =>
    text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '\uFFFD').slice(0, MOST_TEXT);
  return { ...fact, text: clean(fact.text), how: clean(fact.how) };
}

const STRICTNESS = ['local', 'staging', 'unknown', 'production'];

/** Two sources may speak of one effect's environment (`bq` is a database and a cloud): the stricter one counts. */
function strictest(facts: readonly Fact[]): readonly Fact[] {
  const rank = ({ value }: Fact) => STRICTNESS.indexOf(String(value));
  return facts.filter(
    (fact, index) =>
      fact.id !== 'environment.class' ||
      !facts.some(
        (other, at) =>
          other.id === fact.id &&
          other.effect === fact.effect &&
          (rank(other) > rank(fact) || (rank(other) === rank(fact) && at < index)),
      ),
  );
}

/** For lines with git in them, and where a rule asks for the branch. */
async function currentBranch(
  subjects: readonly Subject[],
  tools: FactTools,
): Promise<readonly Fact[]> {
  const { cwd, wantsBranch } = tools.context;
  const isGit = subjects.some(({ call, effect }) => call.program === 'git' && changes(effect));
  if (!wantsBranch && !isGit) return [];
  const repository = await tools.repository(cwd);
  const name = await repository?.currentBranch();
  if (name === undefined) return [];
  const text = `${name} is checked out.`;
  return [{ id: 'git.branch.current', effect: undefined, value: name, text, how: 'HEAD' }];
}

function changes({ severity }: Effect): boolean {
  return severity !== 'none';
}

/** Repositories are opened once for each folder, archives listed once for each call. */
function createTools(context: FactsContext): FactTools {
  const tools: FactTools = {
    context,
    repository: once(
      (folder) => folder,
      (folder) => GitRepository.open(folder, context),
    ),
    members: once(
      ({ call }) => call.invocation.id,
      (subject) => membersOf(subject, tools),
    ),
  };
  return tools;
}

/** Looks once for each key. */
function once<T, K, V>(keyOf: (given: T) => K, look: (given: T) => V): (given: T) => V {
  const known = new Map<K, V>();
  return (given) => {
    const key = keyOf(given);
    const found = known.get(key) ?? look(given);
    known.set(key, found);
    return found;
  };
}

function subjectsOf(analysis: ShellAnalysis, effects: readonly Effect[]): Subject[] {
  return effects.flatMap((effect, index) => {
    const invocation = analysis.invocations[effect.invocation];
    if (!invocation) return [];
    const call = parseCall(invocation, syntaxOf(invocation.program ?? ''));
    const isHere = invocation.place.kind === 'local' && invocation.cwd.kind === 'known';
    const folder = isHere && 'path' in invocation.cwd ? invocation.cwd.path : undefined;
    const { text: line, changes } = analysis;
    const outer = outerOf(invocation, analysis);
    return [{ index, effect, call, folder, line, outer, changes }];
  });
}

/** Starts of containers and pods are calls of their own, of which the inner one is a part. */
function outerOf(inner: Invocation, { invocations }: ShellAnalysis): Call | undefined {
  if (inner.place.kind !== 'container') return undefined;
  const found = invocations.findLast(
    ({ id, span, place }) =>
      id < inner.id &&
      place.kind === 'local' &&
      span.start <= inner.span.start &&
      inner.span.end <= span.end,
  );
  return found && parseCall(found, syntaxOf(found.program ?? ''));
}

async function askSource(
  source: FactSource,
  subjects: readonly Subject[],
  tools: FactTools,
): Promise<readonly Fact[]> {
  if (subjects.length === 0) return [];
  const { timeLimitMs, networkLimitMs } = tools.context;
  const limit = source.asksNetwork ? networkLimitMs : timeLimitMs;
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<readonly Fact[]>((resolve) => {
    timer = setTimeout(() => resolve(unknownOf(source, subjects, 'took too long')), limit * 1.5);
  });
  try {
    return await Promise.race([source.lookUp(subjects, tools), tooSlow]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return unknownOf(source, subjects, why);
  } finally {
    clearTimeout(timer);
  }
}

function unknownOf(source: FactSource, subjects: readonly Subject[], why: string): readonly Fact[] {
  return subjects.map(({ index }) => ({
    id: source.main,
    effect: index,
    value: 'unknown',
    text: `Looking at ${source.name} failed, so nothing is known of it.`,
    how: why,
  }));
}
