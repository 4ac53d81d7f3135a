// Every row of the weights table decides something: a line reaches it, and the points of the parts add up.
import assert from 'node:assert/strict';
import type { EffectContext, PathPlace } from '../../../../src/core/effects/types.ts';
import type { FactId } from '../../../../src/core/risk/factIds.ts';
import { touchOf } from '../../../../src/core/risk/scoreEffect.ts';
import type { Assessment, Fact } from '../../../../src/core/risk/types.ts';
import {
  capWeights,
  type factWeights,
  type floorWeights,
  levelOf,
  type modifierWeights,
  placeWeights,
  severityWeights,
} from '../../../../src/core/risk/weights.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

interface Case {
  line: string;
  facts?: readonly Fact[];
  context?: Partial<EffectContext>;
}

const fact = (id: FactId, value: Fact['value'], effect = 0): Fact => ({
  id,
  effect,
  value,
  text: '',
  how: 'test',
});
const files = (
  hit: Partial<Record<'clean' | 'dirty' | 'untracked' | 'ignored', number>>,
  count = 3,
) => [
  fact('files.count', count),
  ...(['clean', 'dirty', 'untracked', 'ignored'] as const).map((kind) =>
    fact(`git.files.${kind}`, hit[kind] ?? 0),
  ),
];
const PROTECTED = { protectedPaths: ['data/**'] };

const SEVERITIES: Readonly<Record<string, Case>> = {
  none: { line: 'ls' },
  minor: { line: 'mkdir a' },
  moderate: { line: 'npm install x' },
  serious: { line: 'rm notes' },
  severe: { line: 'shred notes' },
  extreme: { line: 'mkfs.ext4 /dev/sdb1' },
};

const PLACES: Readonly<Record<string, Case>> = {
  'delete/sink': { line: 'rm /dev/null' },
  'delete/disposable': { line: 'rm -rf dist' },
  'delete/temporary': { line: 'rm -rf /tmp/a' },
  'delete/workspace-root': { line: 'rm -rf .' },
  'delete/outside': { line: 'rm /data/a' },
  'delete/unknown': { line: 'rm $A' },
  'delete/protected': { line: 'rm data/a', context: PROTECTED },
  'delete/secret': { line: 'rm .env' },
  'delete/startup': { line: 'rm ~/.bashrc' },
  'delete/system': { line: 'rm /usr/lib/a' },
  'delete/home': { line: 'rm -rf ~' },
  'delete/root': { line: 'rm -rf /' },
  'delete/device': { line: 'rm /dev/sda' },
  'delete/gate': { line: 'rm .vscode/settings.json' },
  'write/sink': { line: 'cp a /dev/null' },
  'write/disposable': { line: 'cp a dist/a' },
  'write/temporary': { line: 'cp a /tmp/a' },
  'write/outside': { line: 'cp a /data/a' },
  'write/unknown': { line: 'cp a $B' },
  'write/home': { line: 'cp a ~' },
  'write/protected': { line: 'cp a data/a', context: PROTECTED },
  'write/secret': { line: 'cp a .env' },
  'write/startup': { line: 'cp a ~/.bashrc' },
  'write/system': { line: 'cp a /usr/lib/a' },
  'write/root': { line: 'cp a /' },
  'write/device': { line: 'cp a /dev/sda' },
  'write/gate': { line: 'cp a .vscode/settings.json' },
};

const MODIFIERS: Readonly<Record<keyof typeof modifierWeights, Case & { id: string }>> = {
  elevated: { id: 'run/elevated', line: 'sudo rm notes' },
  remote: { id: 'run/remote', line: 'ssh host rm notes' },
  container: { id: 'run/container', line: 'docker exec web rm notes' },
  repeated: { id: 'run/repeated', line: 'ls | xargs rm' },
  unknownRecursive: { id: 'floor/unknown-tree', line: 'D=$(cat x); rm -rf "$D"' },
};

const FACTS: Readonly<Record<keyof typeof factWeights, Case & { id: string }>> = {
  production: {
    id: 'fact/production',
    line: 'psql -c "drop table a"',
    facts: [fact('environment.class', 'production')],
  },
  readsProduction: {
    id: 'fact/reads-production',
    line: 'psql -c "select 1"',
    facts: [fact('environment.class', 'production')],
  },
  localEnvironment: {
    id: 'fact/local',
    line: 'psql -c "drop table a"',
    facts: [fact('environment.class', 'local')],
  },
  otherMachine: {
    id: 'fact/other-machine',
    line: 'docker rm -f web',
    facts: [fact('container.engine', 'build-1')],
  },
  staging: {
    id: 'fact/staging',
    line: 'psql -c "drop table a"',
    facts: [fact('environment.class', 'staging')],
  },
  sharedBranch: {
    id: 'fact/shared-branch',
    line: 'git rebase main',
    facts: [fact('git.branch.shared', true)],
  },
  privateBranch: {
    id: 'fact/private-branch',
    line: 'git rebase main',
    facts: [fact('git.branch.shared', false)],
  },
  dropsOthersCommits: {
    id: 'fact/others-commits',
    line: 'git push -f origin x',
    facts: [fact('git.push.others', 2)],
  },
  deploying: {
    id: 'fact/deploying',
    line: 'git push origin x',
    facts: [fact('deploy.state', 'in progress')],
  },
  untracked: { id: 'fact/untracked', line: 'rm notes', facts: files({ untracked: 3 }) },
  dirty: { id: 'fact/dirty', line: 'rm notes', facts: files({ dirty: 3 }) },
  allIgnored: { id: 'fact/all-ignored', line: 'rm notes', facts: files({ ignored: 3 }) },
  allCommitted: { id: 'fact/all-committed', line: 'rm notes', facts: files({ clean: 3 }) },
  nothingThere: { id: 'fact/nothing-there', line: 'rm notes', facts: files({}, 0) },
  losesWork: { id: 'fact/loses', line: 'git reset --hard', facts: [fact('git.loses', 2)] },
  losesNothing: {
    id: 'fact/loses-nothing',
    line: 'git reset --hard',
    facts: [fact('git.loses', 0)],
  },
  onlyHere: {
    id: 'fact/only-here',
    line: 'git branch -D x',
    facts: [fact('git.loses', 0), fact('git.commits.only-here', 2)],
  },
  mayReplace: { id: 'fact/may-replace', line: 'cp a b' },
  replacesUnsaved: {
    id: 'fact/replaces-unsaved',
    line: 'cp a b',
    facts: files({ untracked: 1 }, 1),
  },
  manyFiles: { id: 'fact/many-files', line: 'rm -r notes', facts: files({ untracked: 200 }, 200) },
};

const FLOORS: Readonly<Record<keyof typeof floorWeights, Case & { id: string }>> = {
  protectedBranch: { id: 'floor/protected-branch', line: 'git push -f origin main' },
  forcedUnknownBranch: { id: 'floor/unknown-branch', line: 'git push --force-with-lease' },
  workspace: { id: 'floor/workspace', line: 'rm -rf .' },
  tamper: { id: 'floor/tamper', line: 'cp a .vscode/settings.json' },
  notUnderstood: { id: 'floor/not-understood', line: 'ls $(' },
  hiddenCode: { id: 'floor/hidden-code', line: '$CMD a' },
};

describe('weights', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });
  const assess = ({ line, facts, context }: Case): Assessment =>
    tester.judge(line, { facts, context }).assessment;
  /** Ids of the parts of each effect by itself, so that a milder effect of the line is seen too. */
  const has = (assessment: Assessment, id: string) =>
    assessment.parts.some((part) => part.id === id);

  for (const [severity, given] of Object.entries(SEVERITIES))
    it(`severity ${severity} – ${given.line}`, () =>
      assert.ok(has(assess(given), `severity/${severity}`), JSON.stringify(assess(given).parts)));

  it('no severity is left out', () =>
    assert.deepEqual(Object.keys(SEVERITIES), Object.keys(severityWeights)));

  for (const [name, given] of Object.entries(PLACES)) {
    const [touch, place] = name.split('/') as ['delete' | 'write', string];
    it(`place ${name} – ${given.line}`, () => {
      const { effects } = assess(given);
      const hit = effects.filter(
        (effect) => touchOf(effect) === touch || effect.verb === 'tamper-gate',
      );
      assert.ok(
        hit.some((effect) => effect.target.place === place),
        JSON.stringify(effects.map(({ rule, target }) => [rule, target])),
      );
    });
  }

  for (const [name, given] of Object.entries(PLACES)) {
    const [touch, place] = name.split('/') as ['delete' | 'write', PathPlace];
    const weight = placeWeights[touch][place];
    if (weight?.how !== 'floor') continue;
    it(`no fact takes ${name} below its floor – ${given.line}`, () => {
      for (const facts of [files({}, 0), files({ clean: 3 }), files({ ignored: 3 })])
        assert.ok(assess({ ...given, facts }).score >= weight.points);
    });
  }

  it('no place is left out', () => {
    const rows = Object.entries(placeWeights).flatMap(([touch, places]) =>
      Object.keys(places).map((place) => `${touch}/${place}`),
    );
    assert.deepEqual(Object.keys(PLACES).sort(), rows.sort());
  });

  for (const [name, given] of [
    ...Object.entries(MODIFIERS),
    ...Object.entries(FACTS),
    ...Object.entries(FLOORS),
  ])
    it(`${name} – ${given.line}`, () =>
      assert.ok(has(assess(given), given.id), JSON.stringify(assess(given).parts)));

  it('settings that can be set back stay MEDIUM, even with rights and far away', () => {
    const { level, parts } = assess({ line: 'ssh host sudo git config user.name x' });
    assert.equal(level, 'MEDIUM');
    assert.deepEqual(Object.keys(capWeights), ['configChange']);
    assert.ok(parts.every((part) => part.points !== 0 || parts.length === 1));
  });

  it('the points of the parts add up to the score, whatever the line', () => {
    const cases = [
      ...Object.values(SEVERITIES),
      ...Object.values(PLACES),
      ...Object.values(MODIFIERS),
      ...Object.values(FACTS),
      ...Object.values(FLOORS),
    ];
    for (const given of cases) {
      const { score, parts, level } = assess(given);
      assert.equal(
        parts.reduce((sum, part) => sum + part.points, 0),
        score,
        given.line,
      );
      assert.equal(level, levelOf(score), given.line);
      assert.ok(score >= 0 && score <= 100, given.line);
    }
  });

  it('every part says why in words', () => {
    for (const given of Object.values(FACTS))
      for (const part of assess(given).parts) assert.match(part.reason, /^[A-Z].*\.$/);
  });

  it('what is not known lowers nothing', () => {
    const plain = assess({ line: 'psql -c "drop table a"' }).score;
    const unknown = assess({
      line: 'psql -c "drop table a"',
      facts: [fact('environment.class', 'unknown')],
    });
    assert.equal(unknown.score, plain);
  });
});
