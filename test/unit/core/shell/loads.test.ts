// Options of interpreters and readers that run code besides what they are given: none of them rides on a harmless call.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('code that options load', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  for (const line of [
    ...['node -r ./x.js -e 1', 'node --require=./x.js -p 1', 'node --import ./x.mjs -e 1'],
    ...[
      'node --experimental-loader=./x.mjs -p 1',
      'node --env-file=x -e 1',
      'node -r ./x.js --check a.js',
    ],
    ...['node -pe \'require("fs").rmSync("src")\'', 'ruby -r./x -e 1', 'lua -l x -e 1'],
    ...[
      'php -d auto_prepend_file=x -r 1;',
      "python3 -W error::x.y -c 'pass'",
      "python3 -i -c 'pass'",
    ],
    ...["ipython -c '!rm -rf src'", 'gawk -l x BEGIN{}', 'mawk -W exec x', "ghc -e 'x'"],
    ...["python3 -m timeit 'import os'", 'python3 -m cProfile x.py', 'python3 -m trace x.py'],
    ...["less '+!rm -rf src' f", 'less +!rm f', 'less -k x f', "git difftool -x 'rm -rf src'"],
    ...["mysql --pager='rm -rf src' -e 'select 1'", 'make -f /tmp/x.mk', "make --eval='x:;rm y' x"],
  ]) {
    it(`${line} is asked about`, () => {
      for (const autoApprove of ['readOnly', 'contained']) {
        assert.equal(tester.judge(line, { policy: { autoApprove } }).ruling.verdict, 'ask');
      }
    });
  }

  for (const line of [
    ...["node -p '1 + 1'", "node -e 'console.log(1)'", "node -pe '1 + 1'", "python3 -c 'print(1)'"],
    ...["python3 -W ignore -c 'print(1)'", "python3 -W error::DeprecationWarning -c 'print(1)'"],
    ...[
      "ruby -rjson -e 'puts 1'",
      'less +G f',
      'less +/word f',
      'less -N f',
      'python3 -m json.tool a.json',
    ],
  ]) {
    it(`${line} only reads`, () => {
      assert.equal(tester.judge(line).ruling.verdict, 'allow');
    });
  }
});
