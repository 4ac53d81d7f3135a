// What is said of files in odd folders, by commands of all kinds, held against what the commands then really do there.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { compareLoss } from '../../../helpers/lossCheck.ts';
import { commitFiles, createMachine, type TestMachine } from '../../../helpers/machine.ts';

/** Prepares a repository with work in it; gives the folder that the commands start in where it is another. */
type Prepare = (machine: TestMachine) => string | undefined;

const place = (machine: TestMachine, file: string) => path.join(machine.workspace, file);

function start(machine: TestMachine): void {
  const names = ['a.txt', 'src/b.ts', 'src/deep/c.ts', 'docs/d.md'];
  const files = Object.fromEntries(names.map((name) => [name, `${name}\n`]));
  commitFiles(machine, { '.gitignore': 'build/\n*.log\n', ...files });
}

const withStart =
  (prepare: (machine: TestMachine) => unknown): Prepare =>
  (machine) => {
    start(machine);
    const folder = prepare(machine);
    return typeof folder === 'string' ? folder : undefined;
  };

const FOLDERS: Readonly<Record<string, Prepare>> = {
  'changes and new files': withStart((machine) => {
    machine.write('a.txt', 'changed\n');
    machine.write('src/new.ts', 'new\n');
  }),
  'a file and a folder that changed places': withStart((machine) => {
    fs.rmSync(place(machine, 'src/b.ts'));
    machine.write('src/b.ts/inside.txt', 'work\n');
    fs.rmSync(place(machine, 'docs'), { recursive: true });
    machine.write('docs', 'a file now\n');
  }),
  'a link in the place of a folder': withStart((machine) => {
    fs.rmSync(place(machine, 'src'), { recursive: true });
    const other = path.join(machine.home, 'other');
    fs.mkdirSync(path.join(other, 'deep'), { recursive: true });
    fs.writeFileSync(path.join(other, 'b.ts'), 'work elsewhere\n');
    fs.symlinkSync(other, place(machine, 'src'));
  }),
  'links that lead nowhere, and in a circle': withStart((machine) => {
    fs.symlinkSync('nowhere', place(machine, 'src/gone'));
    fs.symlinkSync('round', place(machine, 'src/round'));
    fs.symlinkSync('nowhere', place(machine, 'new.txt'));
  }),
  'a link to a file with work': withStart((machine) => {
    machine.write('docs/notes.md', 'notes\n');
    fs.rmSync(place(machine, 'a.txt'));
    fs.symlinkSync('docs/notes.md', place(machine, 'a.txt'));
  }),
  'two names of one file': withStart((machine) => {
    machine.write('src/new.ts', 'new\n');
    fs.linkSync(place(machine, 'src/new.ts'), place(machine, 'docs/same.ts'));
  }),
  'names that differ in case': withStart((machine) => {
    machine.write('A.txt', 'another\n');
    machine.write('SRC/b.ts', 'another\n');
  }),
  'names with odd bytes': withStart((machine) => {
    fs.writeFileSync(
      Buffer.concat([Buffer.from(place(machine, 'src/')), Buffer.from([0xff, 0x41])]),
      'x',
    );
  }),
  'hidden files': withStart((machine) => {
    machine.write('.notes', 'work\n');
    machine.write('src/.notes', 'work\n');
  }),
  'a bare repository beside': withStart((machine) => {
    machine.gitIn(machine.workspace, 'clone', '-q', '--bare', '.', 'src/store.git');
  }),
  'large files that git only points to': withStart((machine) => {
    machine.write('.gitattributes', '*.bin filter=large -text\n');
    machine.write('src/x.bin', 'version 1\noid sha256:00\n');
    machine.git('add', '.');
    machine.git('commit', '-qm', 'pointer');
    machine.git('config', 'filter.large.clean', 'sed s/.*/version/');
    machine.git('config', 'filter.large.smudge', 'cat');
    machine.write('src/x.bin', 'version 2: work\n');
  }),
  'a huge file with holes': withStart((machine) => {
    fs.truncateSync(machine.write('src/huge.img'), 3_000_000);
  }),
  'a submodule that was never fetched': withStart((machine) => {
    machine.gitIn(machine.base, 'clone', '-q', machine.workspace, 'module');
    machine.git('submodule', 'add', '-q', path.join(machine.base, 'module'), 'src/module');
    machine.git('commit', '-qm', 'module');
    machine.git('submodule', 'deinit', '-q', '-f', 'src/module');
    machine.write('src/module/left.txt', 'left over\n');
  }),
  'a work tree of its own inside': withStart((machine) => {
    machine.git('worktree', 'add', '-q', 'src/tree', '-b', 'other');
    machine.write('src/tree/a.txt', 'work\n');
    machine.write('src/tree/new.txt', 'work\n');
  }),
  'sparse, with work outside of what is shown': withStart((machine) => {
    machine.git('sparse-checkout', 'set', '--no-cone', '/docs/', '/.gitignore');
    machine.write('src/deep/c.ts', 'work\n');
    machine.write('a.txt', 'a.txt\n');
  }),
  'a merge that is not settled': withStart((machine) => {
    machine.git('switch', '-qc', 'topic');
    machine.write('src/b.ts', 'topic\n');
    machine.git('commit', '-qam', 'topic');
    machine.git('switch', '-q', 'main');
    fs.rmSync(place(machine, 'src/b.ts'));
    machine.git('commit', '-qam', 'deleted');
    try {
      machine.git('merge', '-q', 'topic');
    } catch {
      // It stops at the conflict.
    }
    machine.write('src/b.ts', 'resolved by hand\n');
  }),
  'exceptions from what is ignored': withStart((machine) => {
    machine.write('.gitignore', 'build/*\n!build/keep.txt\n');
    machine.git('commit', '-qam', 'ignore');
    machine.write('build/keep.txt', 'work\n');
    machine.write('build/out.o', 'made\n');
  }),
  'a list of what is ignored that is not committed': withStart((machine) => {
    machine.write('src/.gitignore', 'new.ts\n');
    machine.write('src/new.ts', 'work that a new list hides\n');
  }),
  'a folder below, and paths that climb': withStart((machine) => {
    machine.write('a.txt', 'changed\n');
    machine.write('src/deep/new.ts', 'new\n');
    return place(machine, 'src/deep');
  }),
  'a folder that is not ours to read': withStart((machine) => {
    machine.write('src/closed/work.txt', 'work\n');
    fs.chmodSync(place(machine, 'src/closed'), 0o500);
  }),
};

const COMMANDS: readonly string[] = [
  'rm -rf src/* docs',
  'rm -f src/*',
  'git checkout HEAD -- src a.txt',
  'git restore --staged --worktree .',
  'git switch -f --detach HEAD',
  'cp -r docs/. src',
  "find . -name '*.ts' -delete",
  'echo new > a.txt',
  'cd src && rm -rf deep ../docs',
];

describe('facts in odd folders', () => {
  for (const [name, prepare] of Object.entries(FOLDERS)) {
    it(`are true: ${name}`, async function () {
      this.timeout(180_000);
      const machine = createMachine();
      try {
        const folder = prepare(machine) ?? machine.workspace;
        for (const command of COMMANDS) await compareLoss(machine, command, folder);
      } finally {
        machine.dispose();
      }
    });
  }
});
