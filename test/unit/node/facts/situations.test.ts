// What is said about files and git in odd repositories, held against what the commands then really do there.
// Invariant: where the assessment takes comfort from a fact, nothing is lost; more is never lost than is said.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { compareLoss } from '../../../helpers/lossCheck.ts';
import { commitFiles, createMachine, type TestMachine } from '../../../helpers/machine.ts';

type Prepare = (machine: TestMachine) => string | undefined;

const base: Prepare = (machine) => {
  const names = ['a.txt', 'src/b.ts', 'src/deep/c.ts', 'docs/d.md'];
  const files = Object.fromEntries(names.map((name) => [name, `${name}\n`]));
  commitFiles(machine, { '.gitignore': 'build/\n*.log\n', ...files });
  return undefined;
};

/** Work of all kinds on top of a repository. */
function work(machine: TestMachine): void {
  machine.write('a.txt', 'changed\n');
  machine.write('src/new.ts', 'new\n');
  machine.write('build/out.o', 'made\n');
  machine.write('src/run.log', 'log\n');
}

const withBase =
  (prepare: (machine: TestMachine) => unknown): Prepare =>
  (machine) => {
    base(machine);
    const place = prepare(machine);
    return typeof place === 'string' ? place : undefined;
  };

const SITUATIONS: Readonly<Record<string, Prepare>> = {
  clean: base,
  work: withBase(work),
  'staged work': withBase((machine) => {
    work(machine);
    machine.git('add', 'a.txt', 'src/new.ts');
    machine.write('src/new.ts', 'newer\n');
  }),
  'staged deletion': withBase((machine) => machine.git('rm', '-q', '--cached', 'src/b.ts')),
  'deleted by hand': withBase((machine) => fs.rmSync(path.join(machine.workspace, 'src/b.ts'))),
  'staged rename': withBase((machine) => machine.git('mv', 'src/b.ts', 'src/e.ts')),
  'intent to add': withBase((machine) => {
    machine.write('src/new.ts', 'new\n');
    machine.git('add', '-N', 'src/new.ts');
  }),
  'touched, not changed': withBase((machine) => {
    const file = path.join(machine.workspace, 'a.txt');
    fs.utimesSync(file, new Date(), new Date(Date.now() + 5000));
  }),
  'mode changed': withBase((machine) =>
    fs.chmodSync(path.join(machine.workspace, 'src/b.ts'), 0o755),
  ),
  'assume unchanged': withBase((machine) => {
    machine.git('update-index', '--assume-unchanged', 'src/b.ts');
    machine.write('src/b.ts', 'hidden work\n');
  }),
  'skip worktree': withBase((machine) => {
    machine.git('update-index', '--skip-worktree', 'src/b.ts');
    machine.write('src/b.ts', 'hidden work\n');
  }),
  'sparse checkout': withBase((machine) => {
    machine.git('sparse-checkout', 'set', 'docs');
    machine.write('src/b.ts', 'again\n');
  }),
  'sparse index': withBase((machine) =>
    machine.git('sparse-checkout', 'set', '--sparse-index', 'docs'),
  ),
  'detached head': withBase((machine) => {
    machine.git('checkout', '-q', '--detach');
    work(machine);
  }),
  'unborn branch': (machine) => {
    machine.git('init', '-q');
    machine.write('src/b.ts');
    machine.git('add', '.');
    machine.write('src/new.ts');
    return undefined;
  },
  'no repository at all': (machine) => {
    machine.write('src/b.ts');
    machine.write('a.txt');
    return undefined;
  },
  'linked work tree': withBase((machine) => {
    machine.git('worktree', 'add', '-q', '../tree', '-b', 'other');
    const tree = path.join(machine.home, 'tree');
    fs.writeFileSync(path.join(tree, 'a.txt'), 'changed\n');
    fs.writeFileSync(path.join(tree, 'src/new.ts'), 'new\n');
    return tree;
  }),
  'separate git folder': (machine) => {
    machine.git('init', '-q', '--separate-git-dir', path.join(machine.base, 'apart'));
    base(machine);
    work(machine);
    return undefined;
  },
  'work tree by a setting': (machine) => {
    base(machine);
    work(machine);
    machine.git('config', 'core.worktree', path.join(machine.workspace, 'src'));
    return undefined;
  },
  'a folder below': withBase((machine) => {
    work(machine);
    return path.join(machine.workspace, 'src');
  }),
  'through a link': withBase((machine) => {
    work(machine);
    fs.symlinkSync(machine.workspace, path.join(machine.home, 'link'));
    return path.join(machine.home, 'link');
  }),
  'links in the tree': withBase((machine) => {
    fs.symlinkSync('../a.txt', path.join(machine.workspace, 'src/link'));
    machine.git('add', '.');
    machine.git('commit', '-qm', 'link');
    fs.rmSync(path.join(machine.workspace, 'src/link'));
    fs.symlinkSync('/etc/hostname', path.join(machine.workspace, 'src/link'));
  }),
  'a repository inside': withBase((machine) => {
    const inner = path.join(machine.workspace, 'src/inner');
    fs.mkdirSync(inner);
    machine.gitIn(inner, 'init', '-q');
    machine.write('src/inner/work.txt', 'inner work\n');
  }),
  'a submodule with work': withBase((machine) => {
    machine.gitIn(machine.base, 'clone', '-q', machine.workspace, 'module');
    machine.git('submodule', 'add', '-q', path.join(machine.base, 'module'), 'src/module');
    machine.git('commit', '-qm', 'module');
    machine.write('src/module/a.txt', 'work in the module\n');
  }),
  'in a submodule': withBase((machine) => {
    machine.gitIn(machine.base, 'clone', '-q', machine.workspace, 'module');
    machine.git('submodule', 'add', '-q', path.join(machine.base, 'module'), 'module');
    machine.git('commit', '-qm', 'module');
    machine.write('module/a.txt', 'work in the module\n');
    machine.write('module/src/new.ts', 'new\n');
    return path.join(machine.workspace, 'module');
  }),
  'rebase stopped at a conflict': withBase((machine) => {
    machine.git('switch', '-qc', 'topic');
    machine.write('src/b.ts', 'topic\n');
    machine.git('commit', '-qam', 'topic');
    machine.git('switch', '-q', 'main');
    machine.write('src/b.ts', 'main\n');
    machine.git('commit', '-qam', 'main');
    machine.git('switch', '-q', 'topic');
    assert.throws(() => machine.git('rebase', '-q', 'main'));
    machine.write('src/b.ts', 'resolved by hand\n');
  }),
  'split index': withBase((machine) => {
    work(machine);
    machine.git('update-index', '--split-index');
  }),
  'index version 4': withBase((machine) => {
    machine.git('update-index', '--index-version', '4');
    work(machine);
  }),
  'long names': withBase((machine) => {
    for (const letter of 'abcdefgh')
      machine.write(`src/${`${letter}${'x'.repeat(200)}/`.repeat(4)}f.ts`, letter);
    machine.git('add', '.');
    machine.git('commit', '-qm', 'long');
    work(machine);
  }),
  'another kind of hash': (machine) => {
    machine.git('init', '-q', '--object-format=sha256');
    base(machine);
    work(machine);
    return undefined;
  },
  'an index with many extensions': withBase((machine) => {
    machine.git('config', 'index.threads', '2');
    machine.git('update-index', '--untracked-cache');
    machine.git('read-tree', 'HEAD');
    work(machine);
    machine.git('status');
  }),
  'packed refs': withBase((machine) => {
    machine.git('branch', 'topic');
    machine.git('pack-refs', '--all');
    work(machine);
  }),
  'odd names': withBase((machine) => {
    machine.write('src/ä "quoted"\ttab.ts', 'odd\n');
    machine.write('src/two\nlines.ts', 'odd\n');
    machine.git('add', 'src');
    machine.git('commit', '-qm', 'odd');
    machine.write('src/ä "quoted"\ttab.ts', 'changed\n');
    machine.write('src/-rf', 'dash\n');
    machine.write('src/*.ts', 'star\n');
  }),
  'tracked below an ignored folder': withBase((machine) => {
    machine.write('build/keep.txt', 'kept\n');
    machine.git('add', '-f', 'build/keep.txt');
    machine.git('commit', '-qm', 'keep');
    machine.write('build/keep.txt', 'work\n');
    machine.write('build/out.o', 'made\n');
  }),
  'ignored by the user’s own list': withBase((machine) => {
    fs.writeFileSync(path.join(machine.home, 'ignore'), '*.mine\n');
    machine.git('config', '--global', 'core.excludesFile', path.join(machine.home, 'ignore'));
    machine.write('src/x.mine', 'mine\n');
  }),
  'a filter that is not installed': withBase((machine) => {
    machine.write('.gitattributes', '*.bin filter=big\n');
    machine.write('src/x.bin', 'data\n');
    machine.git('add', '.');
    machine.git('commit', '-qm', 'big');
    machine.git('config', 'filter.big.clean', 'false');
    machine.git('config', 'filter.big.required', 'true');
    machine.write('src/new.ts', 'new\n');
  }),
  'line ends by a setting': withBase((machine) => {
    machine.git('config', 'core.autocrlf', 'true');
    machine.write('a.txt', 'a.txt\r\n');
    machine.write('src/b.ts', 'work\r\n');
  }),
  'a shallow clone': (machine) => {
    const origin = path.join(machine.base, 'origin');
    fs.mkdirSync(origin);
    machine.gitIn(origin, 'init', '-q');
    for (const name of ['one', 'two']) {
      fs.mkdirSync(path.join(origin, 'src'), { recursive: true });
      fs.writeFileSync(path.join(origin, 'src/b.ts'), name);
      machine.gitIn(origin, 'add', '.');
      machine.gitIn(origin, 'commit', '-qm', name);
    }
    machine.git('clone', '-q', '--depth=1', `file://${origin}`, '.');
    work(machine);
    return undefined;
  },
  'many new files': withBase((machine) => {
    for (let index = 0; index < 30; index++) machine.write(`src/many/${index}.ts`, `${index}\n`);
  }),
  'an index that cannot be read': withBase((machine) => {
    work(machine);
    fs.writeFileSync(path.join(machine.workspace, '.git/index'), 'garbage');
  }),
  'a head that cannot be read': withBase((machine) => {
    work(machine);
    fs.writeFileSync(path.join(machine.workspace, '.git/HEAD'), 'garbage');
  }),
  'lost objects': withBase((machine) => {
    work(machine);
    fs.rmSync(path.join(machine.workspace, '.git/objects'), { recursive: true });
    fs.mkdirSync(path.join(machine.workspace, '.git/objects'));
  }),
  'a dangling .git file': (machine) => {
    machine.write('src/b.ts');
    machine.write('.git', 'gitdir: /nowhere\n');
    return undefined;
  },
  'a folder that looks like a bare repository': withBase((machine) => {
    machine.gitIn(machine.workspace, 'init', '-q', '--bare', 'src/bare');
    machine.write('src/bare/work.txt', 'work\n');
    return path.join(machine.workspace, 'src/bare');
  }),
};

const COMMANDS: readonly string[] = [
  'rm -rf src',
  'rm -f a.txt src/b.ts',
  'git reset --hard',
  'git checkout -- .',
  'git clean -fd',
  'git clean -ffdx',
];

describe('facts in odd repositories', () => {
  for (const [name, prepare] of Object.entries(SITUATIONS)) {
    it(`are true: ${name}`, async function () {
      this.timeout(120_000);
      const machine = createMachine();
      try {
        const cwd = prepare(machine) ?? machine.workspace;
        for (const command of COMMANDS) await compareLoss(machine, command, cwd);
      } finally {
        machine.dispose();
      }
    });
  }
});
