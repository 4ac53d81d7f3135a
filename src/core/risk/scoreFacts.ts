// What was looked up, as points: production raises, what can be brought back lowers.
// Invariant: only a known fact lowers a score; `unknown` leaves it as the text alone has it.
import type { Effect } from '../effects/types.ts';
import type { FactReader } from './factReader.ts';
import type { Sum } from './sum.ts';
import { factWeights } from './weights.ts';

const UNPACKS = 'files/extract';

/** Adds the points of all facts about one effect. */
export function addFacts(sum: Sum, effect: Effect, index: number, facts: FactReader): void {
  if (readsOnly(effect)) addReading(sum, index, facts);
  else addEnvironment(sum, index, facts);
  if (effect.severity === 'none') return;
  if (effect.category === 'history-rewrite') addBranchFacts(sum, effect, index, facts);
  addLoss(sum, effect, index, facts);
  if (effect.verb === 'delete' || effect.verb === 'overwrite')
    addFileFacts(sum, effect, index, facts);
  if (effect.reach === 'shared' && facts.about(index, 'deploy.state') === 'in progress')
    sum.add('fact/deploying', factWeights.deploying);
}

/** Looking at production is still looking: it is said, and stays LOW. */
function addReading(sum: Sum, index: number, facts: FactReader): void {
  if (facts.about(index, 'environment.class') === 'production')
    sum.add('fact/reads-production', factWeights.readsProduction);
}

function readsOnly({ severity, verb }: Effect): boolean {
  return severity === 'none' || (severity === 'minor' && (verb === 'read' || verb === 'send'));
}

/** A container client may mean an engine on another machine, which others use too. */
export function isOnOtherMachine(index: number, facts: FactReader): boolean {
  const engine = facts.about(index, 'container.engine');
  return engine !== undefined && engine !== 'this machine';
}

function addEnvironment(sum: Sum, index: number, facts: FactReader): void {
  if (isOnOtherMachine(index, facts)) sum.add('fact/other-machine', factWeights.otherMachine);
  const environment = facts.about(index, 'environment.class');
  if (environment === 'production') sum.add('fact/production', factWeights.production);
  if (environment === 'staging') sum.add('fact/staging', factWeights.staging);
  if (environment === 'local') sum.add('fact/local', factWeights.localEnvironment);
}

function addBranchFacts(sum: Sum, effect: Effect, index: number, facts: FactReader): void {
  const shared = facts.about(index, 'git.branch.shared');
  if (shared === true && effect.reach !== 'shared')
    sum.add('fact/shared-branch', factWeights.sharedBranch);
  if (shared === false && effect.reach !== 'shared')
    sum.add('fact/private-branch', factWeights.privateBranch);
  if ((facts.count(index, 'git.push.others') ?? 0) > 0)
    sum.add('fact/others-commits', factWeights.dropsOthersCommits);
}

/** What git itself would lose with a reset, a clean, a dropped stash or a deleted branch. */
function addLoss(sum: Sum, effect: Effect, index: number, facts: FactReader): void {
  const loses = facts.count(index, 'git.loses');
  if (loses === undefined) return;
  if (loses > 0) sum.add('fact/loses', factWeights.losesWork);
  else if (effect.reach !== 'shared') {
    sum.add('fact/loses-nothing', factWeights.losesNothing);
    if ((facts.count(index, 'git.commits.only-here') ?? 0) > 0)
      sum.add('fact/only-here', factWeights.onlyHere);
  }
}

function addFileFacts(sum: Sum, effect: Effect, index: number, facts: FactReader): void {
  const total = facts.count(index, 'files.count');
  const untracked = facts.count(index, 'git.files.untracked') ?? 0;
  const dirty = facts.count(index, 'git.files.dirty') ?? 0;
  const isDelete = effect.verb === 'delete';
  if (!isDelete) addReplaced(sum, effect, total, untracked + dirty);
  // A small write is no more than that, whether something stood there or not.
  // What an archive adds is new code, whether it replaces something or not.
  const isAddition = effect.rule === UNPACKS || effect.severity === 'minor';
  if (total === 0 && (isDelete || !isAddition))
    sum.add('fact/nothing-there', factWeights.nothingThere);
  else if (isDelete && untracked > 0) sum.add('fact/untracked', factWeights.untracked);
  else if (isDelete && dirty > 0) sum.add('fact/dirty', factWeights.dirty);
  else if (isAllIgnored(index, facts)) sum.add('fact/all-ignored', factWeights.allIgnored);
  else if (isAllCommitted(index, facts)) sum.add('fact/all-committed', factWeights.allCommitted);
  if (isDelete && (total ?? 0) > 100) sum.add('fact/many-files', factWeights.manyFiles);
}

function isAllIgnored(index: number, facts: FactReader): boolean {
  const [clean, ignored] = [
    facts.count(index, 'git.files.clean'),
    facts.count(index, 'git.files.ignored'),
  ];
  return (ignored ?? 0) > 0 && clean === 0;
}

/** True where version control has every file that is hit, as it is. */
export function isAllCommitted(index: number, facts: FactReader): boolean {
  return (
    (facts.count(index, 'git.files.clean') ?? 0) > 0 &&
    facts.count(index, 'git.files.ignored') === 0 &&
    facts.count(index, 'git.files.untracked') === 0 &&
    facts.count(index, 'git.files.dirty') === 0
  );
}

/** Whether a file stands where something is written is not known before it is looked up. */
function addReplaced(sum: Sum, effect: Effect, total: number | undefined, unsaved: number): void {
  if (total === 0) return;
  // Without a folder in its words an archive is unpacked where the line stands.
  const isOurs = effect.target.place === 'workspace' || effect.rule === UNPACKS;
  if (!isOurs) return;
  if (unsaved > 0) sum.add('fact/replaces-unsaved', factWeights.replacesUnsaved);
  else if (total === undefined && effect.target.place === 'workspace')
    sum.add('fact/may-replace', factWeights.mayReplace);
}
