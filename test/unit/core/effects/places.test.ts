// Where a path lies, in every spelling: by text, from the working directory, and by its real path.
import assert from 'node:assert/strict';
import type { EffectContext, PathPlace } from '../../../../src/core/effects/types.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

const CASES: readonly (readonly [string, PathPlace])[] = [
  ['notes', 'workspace'],
  ['./a/../notes', 'workspace'],
  ['.', 'workspace-root'],
  ['./', 'workspace-root'],
  ['*', 'workspace-root'],
  ['./*', 'workspace-root'],
  ['.*', 'workspace-root'],
  ['..', 'home'],
  ['../app', 'workspace-root'],
  ['../other', 'outside'],
  ['.git', 'workspace-root'],
  ['.git/hooks/pre-commit', 'startup'],
  ['.git/config', 'startup'],
  ['/', 'root'],
  ['/*', 'root'],
  ['/etc', 'root'],
  ['/home', 'root'],
  ['//etc', 'root'],
  ['/usr/../etc', 'root'],
  ['/etc/hosts', 'system'],
  ['/usr/bin/ls', 'system'],
  ['/etc/passwd', 'system'],
  ['/etc/shadow', 'secret'],
  ['/etc/cron.d/x', 'startup'],
  ['/etc/sudoers', 'startup'],
  ['~', 'home'],
  ['~/', 'home'],
  ['$HOME', 'home'],
  ['"$HOME"/*', 'home'],
  ['/home/dev', 'home'],
  ['/home/dev/app/..', 'home'],
  ['~/.bashrc', 'startup'],
  ['~/.ssh/authorized_keys', 'startup'],
  ['~/.ssh/id_rsa', 'secret'],
  ['~/.ssh', 'secret'],
  ['~/.aws/credentials', 'secret'],
  ['.env', 'secret'],
  ['.env.local', 'secret'],
  ['.env.example', 'workspace'],
  ['server.pem', 'secret'],
  ['/dev/sda', 'device'],
  ['/dev/null', 'sink'],
  ['/dev/stdout', 'sink'],
  ['/dev/tty', 'sink'],
  ['/tmp/x', 'temporary'],
  ['/tmp', 'outside'],
  ['/tmp/../etc/hosts', 'system'],
  ['$TMPDIR/x', 'temporary'],
  ['$TMPDIR/../etc', 'unknown'],
  ['node_modules', 'disposable'],
  ['dist/a.js', 'disposable'],
  ['dist/../src', 'workspace'],
  ['/opt/build', 'system'],
  ['~/build', 'outside'],
  ['a.pyc', 'disposable'],
  ['.vscode/settings.json', 'gate'],
  ['app.code-workspace', 'gate'],
  ['.devcontainer/devcontainer.json', 'gate'],
  ['.claude/settings.json', 'gate'],
  ['~/.claude.json', 'gate'],
  ['.mcp.json', 'gate'],
  ['.interlock/sessions', 'gate'],
  ['~/.config/Code/User/settings.json', 'gate'],
  ['$A', 'unknown'],
  ['$A/x', 'unknown'],
  ['src/$A', 'unknown'],
  ['/etc/$A', 'system'],
  ['~other/x', 'unknown'],
  ['data/x', 'protected'],
  ['scratch/x', 'disposable'],
];

describe('places', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });
  const placeOf = (line: string, context: Partial<EffectContext> = {}) =>
    tester.judge(line, { context }).assessment.effects.find(({ target }) => target.kind === 'path')
      ?.target.place;
  const OWN = { protectedPaths: ['data/**'], disposablePaths: ['scratch/**'] };

  for (const [path, place] of CASES)
    it(`${path} is ${place}`, () => assert.equal(placeOf(`rm -r ${path}`, OWN), place));

  it('the working directory counts', () => {
    assert.equal(placeOf('cd /etc && rm hosts'), 'system');
    assert.equal(placeOf('cd .. && rm -r app'), 'workspace-root');
    assert.equal(placeOf('cd $X && rm a'), 'unknown');
  });
  it('a secret is one by its name, wherever the line stands', () => {
    assert.equal(placeOf('cd $X && rm .env'), 'secret');
    assert.equal(placeOf('cd $X && rm -r .vscode'), 'gate');
    assert.equal(placeOf('cd $X && rm -r dist'), 'unknown');
    assert.equal(tester.judge('cd $X && cat .env').ruling.verdict, 'ask');
  });
  it('the real path counts where it is stricter, and one that cannot be resolved is unknown', () => {
    const real = (path: string | null) => ({ realPaths: { '/home/dev/app/link': path } });
    assert.equal(placeOf('rm link', real('/etc/hosts')), 'system');
    assert.equal(placeOf('rm link', real('/home/dev/app/dist/x')), 'workspace');
    assert.equal(placeOf('rm link', real(null)), 'unknown');
  });
  it('another machine has other places', () => {
    assert.equal(placeOf('ssh host rm -r dist'), 'unknown');
    assert.equal(placeOf('ssh host rm -r /'), 'root');
  });
  it('case does not matter on a disk where it does not', () => {
    assert.equal(placeOf('rm .ENV', { isCaseInsensitiveDisk: true }), 'secret');
    assert.equal(placeOf('rm .ENV'), 'workspace');
  });
  it('build output is told below the workspace: a project may lie in a folder called build', () => {
    const root = '/home/dev/build/tmp/app';
    const shell = { cwd: root, home: '/home/dev', variables: {}, dialect: 'bash' as const };
    const inBuild = {
      workspaceRoots: [root],
      shell: { ...shell, files: { read: () => undefined } },
    };
    assert.equal(placeOf('rm -r src', inBuild), 'workspace');
    assert.equal(placeOf('rm -r tmp', inBuild), 'disposable');
  });
  it('a folder that everybody shares is no workspace', () => {
    assert.equal(placeOf('rm -r /tmp/a', { workspaceRoots: ['/tmp'] }), 'temporary');
  });
});
