// What an approval may be kept as, and what a kept one does.
import assert from 'node:assert/strict';
import {
  expiryOf,
  type Grant,
  grantRules,
  grantText,
  isLive,
  parseGrants,
} from '../../../../src/core/policy/grants.ts';
import { offersFor } from '../../../../src/core/policy/offers.ts';
import { parsePolicy } from '../../../../src/core/policy/parsePolicy.ts';
import { createTester, type Tester, WORKSPACE } from '../../../helpers/analysis.ts';

let tester: Tester;
before(async () => {
  tester = await createTester();
});

const now = new Date('2026-06-01T12:00:00Z');

function offers(command: string, rules: unknown = []) {
  const raw = { autoApprove: undefined, rules, workspaceRules: undefined };
  const { assessment, ruling } = tester.judge(command, { policy: raw });
  const context = { now, agent: undefined, cwd: WORKSPACE, branch: undefined };
  return offersFor(assessment, ruling, parsePolicy(raw), context);
}
const patterns = (command: string, rules?: unknown) =>
  offers(command, rules).map(({ match }) => match);

const grant: Grant = {
  id: 'g1',
  kind: 'exact',
  match: 'npm run lint',
  upTo: 'MEDIUM',
  scope: 'workspace',
  boundTo: '/w',
  createdAt: now.toISOString(),
  expires: undefined,
  from: 'npm run lint',
  pinned: [{ file: 'package.json', mark: 'abc' }],
  folder: '/w/web',
};

describe('offers', () => {
  it('exactly the command comes first, with the level of its hold', () => {
    assert.deepEqual(offers('npm run lint')[0], {
      kind: 'exact',
      match: 'npm run lint',
      upTo: tester.judge('npm run lint').assessment.level,
    });
  });

  it('wider patterns keep the verb', () => {
    assert.deepEqual(patterns('npm run lint').slice(1), [
      'npm run *',
      'npm run lint **',
      'npm run **',
    ]);
  });

  it('a longer line is widened where one call of it asks', () => {
    assert.ok(patterns('cd web && npm run lint').includes('npm run *'));
    assert.deepEqual(patterns('npm run lint && make all'), ['npm run lint && make all']);
  });

  for (const line of [
    'bash x.sh',
    'python3 tool.py',
    'node x.js',
    'sudo apt-get update',
    'env X=1 make',
    'timeout 5 make',
    'xargs make',
    'npm init some-app',
    'find . -name x -exec touch {} +',
    'npx some-tool',
    'npm exec some-tool',
    'pnpm dlx some-tool',
    'curl https://x.example',
    'wget https://x.example',
    'ssh host uptime',
    'docker run x',
    'kubectl exec p -- ls',
    'eval "make all"',
    'awk 1 x > y',
    'claude -p hi',
    'git -c core.pager=x log',
  ]) {
    it(`nothing wide for \`${line}\``, () => {
      const program = line.split(' ')[0] ?? '';
      assert.deepEqual(
        offers(line).filter(({ kind, match }) => kind === 'tokens' && match.startsWith(program)),
        [],
      );
    });
  }

  it('HIGH is kept exactly or not at all', () => {
    assert.deepEqual(offers('rm work.txt'), [
      { kind: 'exact', match: 'rm work.txt', upTo: 'HIGH' },
    ]);
  });

  for (const [name, line, rules] of [
    ['CRITICAL', 'rm -rf /', []],
    ['what is not understood', 'eval "$X"', []],
    ['what an ask rule asks about', 'npm run lint', [{ match: 'npm **', action: 'ask' }]],
    ['what a rule denies', 'npm run lint', [{ match: 'npm **', action: 'deny' }]],
    ['what is allowed anyway', 'git status', []],
  ] as const) {
    it(`nothing is offered for ${name}`, () => {
      assert.deepEqual(offers(line, rules), []);
    });
  }

  it('what bash would read otherwise is not cut off: an escaped blank, a blank of another kind', () => {
    for (const line of ['rm work\\ ', 'npm run lint\u00a0'])
      assert.deepEqual(
        offers(line).map(({ match }) => match),
        [line],
      );
    assert.deepEqual(
      offers(' rm work.txt\n').map(({ match }) => match),
      ['rm work.txt'],
    );
  });

  it('words that mean something in a pattern are not written into one', () => {
    assert.deepEqual(patterns("make 'a*b'"), ["make 'a*b'"]);
  });
});

describe('grants', () => {
  it('count in their session, their workspace, or everywhere', () => {
    const of = (scope: Grant['scope'], boundTo: string) =>
      grantRules([{ ...grant, scope, boundTo }], { session: 's', workspace: '/w' }).length;
    assert.equal(of('session', 's'), 1);
    assert.equal(of('session', 'other'), 0);
    assert.equal(of('workspace', '/w'), 1);
    assert.equal(of('workspace', '/other'), 0);
    assert.equal(of('workspace', ''), 0);
    assert.equal(of('always', ''), 1);
  });

  it('end when they were to end', () => {
    const expires = expiryOf('hour', now, now);
    assert.equal(expires, '2026-06-01T13:00:00.000Z');
    assert.ok(isLive({ ...grant, expires }, now));
    assert.ok(!isLive({ ...grant, expires }, new Date('2026-06-01T13:00:01Z')));
    assert.equal(expiryOf('month', now, now), '2026-07-01T12:00:00.000Z');
    assert.equal(
      expiryOf('today', now, new Date('2026-06-01T21:59:59Z')),
      '2026-06-01T21:59:59.000Z',
    );
    assert.equal(expiryOf('never', now, now), undefined);
  });

  it('survive being stored', () => {
    assert.deepEqual(parseGrants(JSON.parse(JSON.stringify([grant]))), [grant]);
  });

  for (const [name, change] of [
    ['CRITICAL', { upTo: 'CRITICAL' }],
    ['no level', { upTo: undefined }],
    ['a regular expression', { kind: 'regex' }],
    ['any program', { kind: 'tokens', match: '**' }],
    ['an unknown scope', { scope: 'team' }],
    ['a date that is none', { expires: 'later' }],
    ['no folder', { folder: undefined }],
    ['no files', { pinned: undefined }],
    ['files that are none', { pinned: [{ file: 'a' }] }],
  ] as const) {
    it(`what was stored with ${name} is no grant`, () => {
      assert.deepEqual(parseGrants([{ ...grant, ...change }, 7, null]), []);
    });
  }

  it('are told in one sentence', () => {
    assert.equal(
      grantText(grant),
      'Allows exactly `npm run lint` up to MEDIUM, in this workspace for /w/web, until it is revoked, as long as nothing changes in package.json.',
    );
  });
});
