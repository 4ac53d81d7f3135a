// Facts about files, against real git repositories: the same deletion is another one where git has the file.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createRepository, type TestMachine } from '../../../helpers/machine.ts';

describe('facts about files', () => {
  let machine: TestMachine;

  beforeEach(() => {
    const names = ['clean.txt', 'dirty.txt', 'src/a.ts', 'src/b.ts'];
    const files = Object.fromEntries(names.map((name) => [name, 'x\n']));
    machine = createRepository({ '.gitignore': 'build/\nlocal/\n', ...files });
    machine.write('dirty.txt', 'changed\n');
    machine.write('new.txt');
    machine.write('build/out.o');
    machine.write('local/data.db');
  });

  afterEach(() => machine.dispose());

  const levels: readonly (readonly [string, string])[] = [
    ['rm clean.txt', 'MEDIUM'],
    ['rm -rf src', 'MEDIUM'],
    ['rm dirty.txt', 'HIGH'],
    ['rm new.txt', 'HIGH'],
    ['rm clean.txt new.txt', 'HIGH'],
    ['rm *.txt', 'HIGH'],
    ['rm -rf build', 'LOW'],
    ['rm -rf local', 'MEDIUM'],
    ['rm -f nothing.txt', 'LOW'],
    ['rm -rf ../other', 'LOW'],
    ['git rm -f dirty.txt', 'HIGH'],
    ['> new.txt', 'HIGH'],
    ['> clean.txt', 'MEDIUM'],
    ['> brand-new.txt', 'LOW'],
    ['cp /dev/null new.txt', 'HIGH'],
    ['echo x > clean.txt', 'LOW'],
    ['cp clean.txt new.txt', 'MEDIUM'],
    ['mv new.txt other.txt', 'LOW'],
    ['mv clean.txt new.txt', 'MEDIUM'],
  ];
  it('decide the level of a line', async () => {
    for (const [command, level] of levels) {
      const { assessment } = await machine.assess(command);
      assert.equal(assessment.level, level, `${command} ${JSON.stringify(assessment.parts)}`);
    }
  });

  it('say what is replaced only where something stands there', async () => {
    const said = async (command: string) => (await machine.assess(command)).assessment.headline;
    for (const [command, other] of [
      ['cp clean.txt other.txt', 'cp src/a.ts clean.txt'],
      ['mv clean.txt other.txt', 'mv src/a.ts clean.txt'],
      ['echo x > other.txt', 'echo x > dirty.txt'],
      ['tar czf other.tgz src', 'tar czf clean.txt src'],
      ['> other.txt', '> clean.txt'],
    ] as const) {
      assert.doesNotMatch(await said(command), /stands|replaced|lost/, command);
      assert.match(await said(other), /stands|replaced|lost/, other);
    }
  });

  it('finds what find would delete, and only that', async () => {
    const count = async (command: string) => {
      const assessed = await machine.assess(command);
      return machine.fact(assessed, 'files.count')?.value;
    };
    assert.equal(await count("find src -name '*.ts' -delete"), 2);
    assert.equal(await count("find . -name 'a.*' -type f -delete"), 1);
    assert.equal(await count("find src -name '*.py' -delete"), 0);
    assert.equal(await count("find src -name '*.ts' -exec touch ran \\; -delete"), 'unknown');
    assert.equal(await count('find src -fprint out -delete'), 'unknown');
    assert.equal(await count('find src -newermt "$T" -delete'), 'unknown');
    assert.ok(fs.existsSync(path.join(machine.workspace, 'src/a.ts')));
    assert.ok(!fs.existsSync(path.join(machine.workspace, 'ran')));
    assert.ok(!fs.existsSync(path.join(machine.workspace, 'out')));
    const { assessment } = await machine.assess("find src -name '*.ts' -delete");
    assert.equal(assessment.level, 'MEDIUM');
  });

  it('shows names with hidden characters so that they cannot mislead', async () => {
    machine.write('src/\u202Etxt.exe\u001b[2J');
    const { assessment } = await machine.assess('rm -rf src');
    assert.doesNotMatch(assessment.facts.map(({ text }) => text).join(), /[\u202e\u001b]/);
  });

  it('says how many files, how large, and which of them git does not have', async () => {
    machine.write('src/new.ts', 'x'.repeat(3000));
    const assessed = await machine.assess('rm -rf src');
    assert.match(machine.fact(assessed, 'files.count')?.text ?? '', /3 files, 2\.9 KB/);
    assert.match(machine.fact(assessed, 'git.files.untracked')?.text ?? '', /src\/new\.ts/);
    assert.equal(assessed.assessment.questions.reversible.answer, 'no');
  });

  it('our own growing records do not make an approval outdated', async () => {
    machine.write('work/.interlock/sessions/d/s/audit.ndjson', 'a line\n');
    machine.write('work/a.txt');
    const extent = async () => {
      const { assessment } = await machine.assess('rm -rf work');
      return assessment.facts.filter(({ id }) => id.startsWith('files.'));
    };
    const before = await extent();
    machine.write('work/.interlock/sessions/d/s/audit.ndjson', 'a line\nanother line\n');
    assert.ok(before.length > 0);
    assert.deepEqual(await extent(), before);
    machine.write('work/b.txt');
    assert.notDeepEqual(await extent(), before);
  });

  it('answers that committed files can be brought back', async () => {
    const { assessment } = await machine.assess('rm -rf src');
    assert.equal(assessment.questions.reversible.answer, 'yes');
    assert.match(assessment.questions.reversible.why, /git restore/);
  });

  it('counts a repository inside a folder as work, even where the outer one ignores it', async () => {
    fs.mkdirSync(path.join(machine.workspace, 'local/inner'));
    machine.gitIn(path.join(machine.workspace, 'local/inner'), 'init', '-q');
    const assessed = await machine.assess('rm -rf local');
    assert.equal(assessed.assessment.level, 'HIGH');
    assert.match(machine.fact(assessed, 'git.files.untracked')?.text ?? '', /repository/);
  });

  it('does not take a file for committed that git was told not to watch', async () => {
    machine.git('update-index', '--assume-unchanged', 'clean.txt');
    machine.write('clean.txt', 'work\n');
    assert.equal((await machine.assess('rm clean.txt')).assessment.level, 'HIGH');
  });

  it('does not take a staged file for committed', async () => {
    machine.git('add', 'new.txt');
    assert.equal((await machine.assess('rm new.txt')).assessment.level, 'HIGH');
  });

  it('counts what lies behind a cap as more', async () => {
    for (let index = 0; index < 2100; index++) machine.write(`local/many/${index}`);
    const assessed = await machine.assess('rm -rf local/many');
    assert.match(machine.fact(assessed, 'files.count')?.text ?? '', /more than \d+ files/);
  });

  const open: readonly string[] = [
    'mv new.txt clean2.txt; rm clean2.txt',
    'cp new.txt build/x && rm -rf build',
    'git stash; rm clean.txt',
    './script.sh; rm clean.txt',
    'sed -i s/x/y/ clean.txt && rm clean.txt',
    'mv new.txt nothing.txt && rm nothing.txt',
    "find src -name '*.ts' -exec rm {} +",
    "find src -name '*.ts' -exec rm -rf {} ';'",
    'ls src | xargs rm -f nothing.txt',
    "find src -name '*.ts' | xargs rm",
  ];
  it('give no comfort where the line may change it first', async () => {
    for (const command of open) {
      const { assessment } = await machine.assess(command);
      const comforts = assessment.parts.filter(
        ({ id, points }) => id.startsWith('fact/') && points < 0,
      );
      assert.deepEqual(comforts, [], command);
    }
  });

  it('lets committed files go under the dial `contained`, and asks for the others', async () => {
    machine.policy = { autoApprove: 'contained' };
    assert.equal((await machine.assess('rm clean.txt')).ruling.verdict, 'allow');
    assert.equal((await machine.assess('rm new.txt')).ruling.verdict, 'ask');
    assert.equal((await machine.assess('rm -rf local')).ruling.verdict, 'ask');
  });

  it('says that it is unknown where git does not answer', async () => {
    machine.environment.PATH = '/nowhere';
    const assessed = await machine.assess('rm clean.txt');
    assert.equal(assessed.assessment.level, 'HIGH');
  });

  it('looks at nothing without facts', async () => {
    fs.symlinkSync('/etc', path.join(machine.workspace, 'link'));
    machine.write('script.sh', 'rm -rf /\n');
    const { assessment } = await machine.assess('rm clean.txt', undefined, false);
    assert.deepEqual([assessment.facts.length, assessment.level], [0, 'HIGH']);
    const through = await machine.assess('bash script.sh', undefined, false);
    assert.ok(!through.assessment.effects.some(({ rule }) => rule.startsWith('files/')));
    const linked = await machine.assess('touch link/x', undefined, false);
    assert.equal(linked.assessment.effects[0]?.target.place, 'workspace');
  });
});

describe('looking at a hostile repository', () => {
  let machine: TestMachine;
  let marker: string;

  beforeEach(() => {
    const attributes = { '.gitattributes': '* filter=evil diff=evil\n' };
    machine = createRepository({ 'a.txt': 'x\n', ...attributes });
    marker = path.join(machine.base, 'ran');
  });

  afterEach(() => machine.dispose());

  const traps: Readonly<Record<string, string>> = {
    'core.fsmonitor': 'TRAP',
    'filter.evil.clean': 'TRAP',
    'filter.evil.smudge': 'TRAP',
    'filter.evil.process': 'TRAP',
    'filter.e=v i"l.clean': 'TRAP',
    'core.pager': 'TRAP',
    'pager.status': 'TRAP',
    'diff.external': 'TRAP',
    'diff.evil.textconv': 'TRAP',
    'core.sshCommand': 'TRAP',
    'core.hooksPath': 'HOOKS',
    'alias.status': '!TRAP',
    'credential.helper': '!TRAP',
    'gpg.program': 'TRAP',
    'log.showSignature': 'true',
    'core.askPass': 'TRAP',
    'core.editor': 'TRAP',
    'core.alternateRefsCommand': 'TRAP',
    'uploadpack.packObjectsHook': 'TRAP',
    'extensions.partialClone': 'origin',
    'remote.origin.promisor': 'true',
    'remote.origin.url': 'ext::TRAP',
    'remote.origin.uploadpack': 'TRAP',
    'protocol.ext.allow': 'always',
  };

  it('runs nothing that it names, and writes nothing', async () => {
    const trap = path.join(machine.base, 'trap.sh');
    fs.writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >> ${marker}\ncat\n`, { mode: 0o755 });
    const hooks = path.join(machine.base, 'hooks');
    fs.mkdirSync(hooks);
    for (const name of ['post-index-change', 'post-checkout', 'reference-transaction', 'pre-push'])
      fs.copyFileSync(trap, path.join(hooks, name));
    for (const [key, value] of Object.entries(traps))
      machine.git('config', key, value.replace('TRAP', trap).replace('HOOKS', hooks));
    fs.writeFileSync(path.join(machine.workspace, 'a.txt'), 'y\n');
    const planted = path.join(machine.workspace, 'bin');
    fs.mkdirSync(planted);
    fs.copyFileSync(trap, path.join(planted, 'git'));
    fs.copyFileSync(trap, path.join(planted, 'gh'));
    machine.environment.PATH = `${planted}:.:${machine.environment.PATH}`;
    fs.rmSync(marker, { force: true });
    const before = snapshot(machine.workspace);
    for (const command of [
      'rm a.txt',
      'rm -rf .',
      'git reset --hard',
      'git clean -fdx',
      'git checkout -- a.txt',
      'git stash drop',
      'git branch -D main',
      'git rebase main',
      'git commit --amend',
      'git push --force origin main',
    ])
      await machine.assess(command);
    assert.equal(
      fs.existsSync(marker),
      false,
      fs.existsSync(marker) ? fs.readFileSync(marker, 'utf8') : '',
    );
    assert.deepEqual(snapshot(machine.workspace), before);
    // The traps are real: git by itself falls into them.
    machine.git('status');
    assert.ok(fs.existsSync(marker));
  });

  it('starts no git in its submodules, whose own settings name programs too', async () => {
    const trap = path.join(machine.base, 'trap.sh');
    fs.writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >> ${marker}\ncat\n`, { mode: 0o755 });
    machine.gitIn(machine.base, 'clone', '-q', machine.workspace, 'origin');
    machine.git('submodule', 'add', '-q', path.join(machine.base, 'origin'), 'module');
    machine.git('commit', '-qm', 'module');
    const module = path.join(machine.workspace, 'module');
    machine.gitIn(module, 'config', 'core.fsmonitor', trap);
    machine.gitIn(module, 'config', 'filter.evil.clean', trap);
    fs.writeFileSync(path.join(module, 'a.txt'), 'z\n');
    fs.rmSync(marker, { force: true });
    for (const command of [
      'git reset --hard',
      'git checkout -- .',
      'git checkout HEAD -- .',
      'git restore .',
      'git clean -ffdx',
      'rm -rf module',
      'git worktree remove --force .',
    ])
      await machine.assess(command);
    assert.equal(fs.existsSync(marker), false);
    machine.git('status');
    assert.ok(fs.existsSync(marker), 'the trap is real');
  });

  it('does not say that a submodule stays as it is, where git goes on into it', async () => {
    machine.gitIn(machine.base, 'clone', '-q', machine.workspace, 'origin');
    machine.git('submodule', 'add', '-q', path.join(machine.base, 'origin'), 'module');
    machine.git('commit', '-qm', 'module');
    machine.write('module/a.txt', 'work\n');
    const loses = async (command: string) =>
      machine.fact(await machine.assess(command), 'git.loses')?.value;
    assert.equal(await loses('git reset --hard'), 0);
    assert.equal(await loses('git reset --hard --recurse-submodules'), 'unknown');
    machine.git('config', 'submodule.recurse', 'true');
    assert.equal(await loses('git reset --hard'), 'unknown');
    assert.equal(await loses('git checkout -- .'), 'unknown');
  });
});

/** Every file below a folder with its content and time. */
function snapshot(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const { mtimeMs } = fs.lstatSync(file);
    found[file] = entry.isFile() ? `${mtimeMs} ${fs.readFileSync(file, 'base64')}` : 'folder';
  }
  return found;
}
