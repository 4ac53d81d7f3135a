// Words of which it is not known how many they become: what is not quoted is split, and each piece may be an option.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

/** A piece of the word may be an option, the program behind a wrapper, or what a function prints. */
const ASKED = [
  'find ./$(cat f)',
  'rg foo ./$(cat f)',
  'read -r X < f; rg foo ./$X',
  'for x in "$(cat f)"; do rg foo ./$x; done',
  'git log main:$(cat f)',
  'git -C sub$(cat f) log',
  'find . -name x$(cat f)',
  'env A=$(cat f) ls',
  'timeout $(cat f) ls',
  'timeout 5$(cat f) ls',
  'git log --author=$(git config user.name)',
  'git log --output="$(git config user.name)"',
  'rg x $(git log -1 --format=%s)',
  'rg x $(git log -1 --format="%h %s")',
  'rg x $(git log -1 --format=%h --graph)',
  'rg x $(git log -p --format=%h)',
  'rg x $(git rev-parse --sq-quote -- --pre=x)',
  'rg x $(git rev-parse HEAD --pre=x)',
  "rg x $(date '+--pre=x')",
  'find . $(which node)-delete',
  'find $(git rev-parse --show-toplevel) -name a',
  'git(){ echo --pre=./x; }; rg foo $(git rev-parse HEAD)',
  'which(){ echo --pre=./x; }; rg foo $(which node)',
  "wc(){ echo 'a[$(touch x)]'; }; n=$(wc -l < f); echo $((n + 1))",
  "wc(){ echo 'a[$(touch x)]'; }; n=$(wc -l < f); unset -f wc; echo $((n + 1))",
  'n=0; while read -r n; do echo $((n + 1)); done',
  'n=0; while [ $n -lt 3 ]; do n=$(cat f); n=$((n + 1)); done',
];

const FREE = [
  'git show $(git rev-parse HEAD)',
  'git show $(git log -1 --format="%h" -- src)',
  'git diff $(git merge-base origin/main HEAD)..HEAD --stat',
  'x=$(git rev-parse HEAD); git show "$x" --stat',
  'for h in $(git log --format=%h -5); do git show --stat $h; done',
  'for x in $(cat f); do rg foo ./$x; done',
  'git log --author="$(git config user.name)" --oneline',
  'file $(which node)',
  'find "$(git rev-parse --show-toplevel)" -name a',
  'rg x ./"$(cat f)"',
  'find . -name "x$(cat f)"',
  'timeout $((5 * 2)) ls',
  'for f in *.ts; do git log -1 --format=%h -- "$f"; done',
  'n=0; while [ $n -lt 3 ]; do echo $n; n=$((n + 1)); done',
  'i=1; while [ $i -le 5 ]; do echo $i; ((i++)); done',
];

describe('words that may become several', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });
  const verdict = (line: string) =>
    tester.judge(line, { policy: { autoApprove: 'readOnly' } }).ruling.verdict;

  for (const line of ASKED) it(`${line} – asks`, () => assert.equal(verdict(line), 'ask'));
  for (const line of FREE) it(`${line} – does not ask`, () => assert.equal(verdict(line), 'allow'));

  it('the question says which word it is about, and what to do', () => {
    const [effect] = tester
      .effects('find . -name x $(cat f)')
      .filter(({ rule }) => rule === 'unknown/program');
    assert.match(effect?.reason ?? '', /`\$\(cat f\)` may turn out to be an option/);
    assert.match(effect?.alternative ?? '', /quotes/);
    const [unknown] = tester.effects('frobnicate now');
    assert.match(unknown?.reason ?? '', /no rule knows this program/);
  });

  it('what mktemp made is not what a function of that name prints', () => {
    const score = (line: string) => tester.judge(line).assessment.score;
    const own = score('d=$(mktemp -d); rm -rf "$d"');
    assert.ok(score('mktemp(){ echo /home/dev; }; d=$(mktemp -d); rm -rf "$d"') > own);
  });
});
