// The tree of a line's calls, as `explain` prints it.
import assert from 'node:assert/strict';
import { textReport } from '../../../../src/cli/report.ts';
import { type CallNode, callTree } from '../../../../src/core/shell/callTree.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('tree of calls', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  function paths(node: CallNode, above = ''): string[] {
    const path = above === '' ? node.label : `${above} → ${node.label}`;
    return [path, ...node.children.flatMap((child) => paths(child, path))];
  }

  function isTree(line: string, ...wanted: string[]): void {
    it(line, () => {
      assert.deepEqual(paths(callTree(tester.read(line))), ['line', ...wanted]);
    });
  }

  isTree('ls; rm x', 'line → ls', 'line → rm x');
  isTree(
    `ssh host 'bash -c "rm -rf x"'`,
    'line → ssh host',
    'line → ssh host → bash -c',
    'line → ssh host → bash -c → rm -rf x',
  );
  isTree(
    'sudo timeout 5 rm x',
    'line → sudo',
    'line → sudo → timeout',
    'line → sudo → timeout → rm x',
  );
  isTree(
    'echo "$(rm x)" b',
    'line → echo "$(rm x)" b',
    'line → echo "$(rm x)" b → $( )',
    'line → echo "$(rm x)" b → $( ) → rm x',
  );
  isTree(
    'docker run img rm x',
    'line → docker run img rm x',
    'line → docker run img rm x → docker run',
    'line → docker run img rm x → docker run → rm x',
  );
  isTree('A=b > f', 'line → A=b > f');
  isTree('f() { rm x; }; f', 'line → f()', 'line → f() → { }', 'line → f() → { } → rm x');

  it('every call that does something itself stands in it once', () => {
    const line = 'if ls; then (rm a | xargs rm b); fi; eval "rm c; rm d"; find . -exec rm {} +';
    const analysis = tester.read(line);
    const listed = (node: CallNode): number[] => [
      ...(node.invocation === undefined ? [] : [node.invocation]),
      ...node.children.flatMap(listed),
    ];
    const wanted = analysis.invocations.filter((call) => !call.isTransparentWrapper);
    assert.deepEqual(
      listed(callTree(analysis)).sort((a, b) => a - b),
      wanted.map((call) => call.id),
    );
  });

  it('the page of explain shows it with the place of each call, and nothing in it can hide', () => {
    const page = textReport(tester.judge("sudo rm 'a\u202eb'"), true);
    assert.match(
      page,
      /\n {2}line {2}\[0–13\]\n {2}└─ sudo {2}\[0–4\]\n {5}└─ rm 'a\{U\+202E\}b' {2}\[5–13\]\n/,
    );
  });
});
