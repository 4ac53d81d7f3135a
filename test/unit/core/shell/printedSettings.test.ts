// What a tool prints for a shell to take over is understood; what anything else prints is not.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('settings that tools print', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });
  const contained = (line: string) =>
    tester.judge(line, { policy: { autoApprove: 'contained' } }).ruling.verdict;

  for (const line of [
    'eval "$(brew shellenv)"',
    'eval "$(ssh-agent -s)" && ls',
    'eval `ssh-agent`',
    'eval "$(pyenv init -)"; pyenv version',
    'source <(kubectl completion bash)',
    '. <(gh completion -s bash); ls',
    'eval "$(mise activate bash)"; git status',
  ])
    it(`understood – ${line}`, () => {
      assert.deepEqual(tester.read(line).notUnderstood, []);
      assert.equal(tester.judge(line).ruling.verdict, 'ask', 'it is no plain reading');
    });

  it('it stays inside the line', () => {
    assert.equal(contained('source <(kubectl completion bash); ls'), 'allow');
  });

  for (const line of [
    'eval "$(./brew shellenv)"',
    'eval "$(brew shellenv; cat x)"',
    'eval "$(brew shellenv | cat x)"',
    'eval "$(brew shellenv)" "$(cat x)"',
    'eval "$(brew shellenv)$(cat x)"',
    'eval "rm $(brew shellenv)"',
    'eval "$(evil completion bash)"',
    'eval "$(A=b brew shellenv)"',
    'eval "$(brew shellenv > f)"',
    'source "$(kubectl completion bash)"',
    'bash <(kubectl completion bash)',
    'brew() { echo rm -rf src; }; eval "$(brew shellenv)"',
    'alias brew=x; eval "$(brew shellenv)"',
    'source x.sh; eval "$(brew shellenv)"',
    'PATH=.:$PATH; eval "$(brew shellenv)"',
    'ssh h \'eval "$(brew shellenv)"\'',
  ])
    it(`not taken for it – ${line}`, () => assert.equal(contained(line), 'ask'));

  it('what the shell knew of variables is not trusted behind it', () => {
    assert.ok(tester.read('x=ls; eval "$(brew shellenv)"; $x').notUnderstood.length > 0);
  });
});
