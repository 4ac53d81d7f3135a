// What a line says of directories and start-up files in variables: the shell goes by it, so the reader does too.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('directories and files that variables name', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  function runsIn(line: string, directory: string | undefined): void {
    it(`${line} – the last call runs in ${directory ?? 'a directory that is not known'}`, () => {
      const cwd = tester.read(line).invocations.at(-1)?.cwd;
      assert.equal(cwd?.kind === 'known' ? cwd.path : undefined, directory);
    });
  }

  runsIn('cd /a && cd /b && cd - && ls', '/a');
  runsIn('cd /a && OLDPWD=/etc && cd - && ls', '/etc');
  runsIn('cd /a && read OLDPWD <<< /etc && cd - && ls', undefined);
  runsIn('cd /a && PWD=/etc && cd /b && cd - && ls', '/etc');
  runsIn('cd /a && PWD=/etc && ls', '/a');
  runsIn('read "$name" <<< /etc; cd sub && ls', undefined);
  runsIn('CDPATH=/etc; cd sub && ls', undefined);
  runsIn('HOME=/etc cd && ls', '/etc');
  runsIn('cd /a && OLDPWD=/etc cd - && ls', '/etc');
  runsIn('CDPATH=/etc cd sub && ls', undefined);
  runsIn('HOME=/etc cd /a && HOME=/b ls && cd && ls', '/home/dev');
  runsIn("trap 'cd /etc' DEBUG; ls", undefined);
  runsIn('f() { cd /etc; }; trap f DEBUG; ls', undefined);
  runsIn("trap 'cd /etc' EXIT; ls", '/home/dev/app');

  it('~- and ~+ are what OLDPWD and PWD say', () => {
    const { invocations } = tester.read('cd /a; OLDPWD=/etc; PWD=/usr; ls ~- ~+');
    assert.deepEqual(
      invocations.at(-1)?.argv.map((word) => word.value),
      ['ls', '/etc', '/usr'],
    );
  });

  function isNotUnderstood(line: string, code: string | undefined): void {
    it(`${line} is ${code ? 'not understood' : 'understood'}`, () => {
      assert.equal(tester.read(line).notUnderstood[0]?.code, code);
    });
  }

  isNotUnderstood('pushd /a; DIRSTACK[1]=/etc; popd', 'unsupported-construct');
  isNotUnderstood('HOME=. bash -ic ls', 'unseen-code');
  isNotUnderstood('env HOME=. bash --login -c ls', 'unseen-code');
  isNotUnderstood('ENV=./f sh -i', 'unseen-code');
  isNotUnderstood('export ZDOTDIR=.; zsh -c ls', 'unseen-code');
  isNotUnderstood('HOME=. bash -c ls', undefined);
  isNotUnderstood('ENV=test bash -c ls', undefined);
  isNotUnderstood('bash -ic ls', undefined);
});
