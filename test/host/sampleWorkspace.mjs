// Makes the workspace that `npm start` and the tests open: a small git repository with a bare remote beside it,
// on which an agent's forced push would lose a colleague's commit, and some work that git does not know.
import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { run } from './say.mjs';

/**
 * @typedef {object} SampleWorkspace
 * @property {string} folder the checkout
 * @property {string} remote the bare repository
 * @property {() => Promise<string>} remoteMain the commit that `main` is at on the remote
 */

/** What the sample agent does, one task each; the texts are what it gives as its intent. */
const STEPS = [
  ['Read the project', 'cat README.md src/sum.js', 'See what the project does.'],
  ['Look at the history', 'git log --oneline', 'See what was done lately.'],
  ['Run the tests', 'npm test', 'Check that everything works before the change.'],
  [
    'Push by force',
    'git push --force origin main',
    'My push was rejected, so I push again with force.',
  ],
  ['Delete notes', 'rm -rf notes', 'Tidy up files that nothing uses.'],
  ['Destroy infrastructure', 'terraform destroy -auto-approve', 'Start again from clean state.'],
];

/** Marks a workspace in which the sample agent starts by itself. */
const MARK = '.sample-agent';

/** @type {Readonly<Record<string, string>>} */
const FILES = {
  'README.md':
    '# Sample\n\nAdds numbers. An agent works here; Interlock holds what could do harm.\n',
  '.gitignore': '.interlock/\n',
  'package.json':
    '{\n  "name": "sample",\n  "private": true,\n  "scripts": { "test": "node --test" }\n}\n',
  'src/sum.js': 'exports.sum = (a, b) => a + b;\n',
  'test/sum.test.js':
    "const test = require('node:test');\nconst assert = require('node:assert');\nconst { sum } = require('../src/sum.js');\n\ntest('adds', () => assert.equal(sum(1, 2), 3));\n",
  'main.tf': 'terraform {\n  backend "local" {}\n}\n',
};

/**
 * @param {string} place an empty folder
 * @param {{ runsAgent?: boolean }} [options] the sample agent starts when it is opened
 * @returns {Promise<SampleWorkspace>}
 */
export async function makeSampleWorkspace(place, { runsAgent = false } = {}) {
  const folder = path.join(place, 'sample');
  const remote = path.join(place, 'remote.git');
  const colleague = path.join(place, 'colleague');
  await git(place, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
  await git(place, 'init', '--quiet', '--initial-branch=main', folder);
  await write(folder, FILES);
  await write(folder, { '.vscode/tasks.json': tasks(), ...(runsAgent ? { [MARK]: '' } : {}) });
  await commit(folder, 'Agent', 'Add numbers');
  await git(folder, 'remote', 'add', 'origin', remote);
  await git(folder, 'push', '--quiet', '--set-upstream', 'origin', 'main');

  await git(place, 'clone', '--quiet', remote, colleague);
  await write(colleague, { 'src/difference.js': 'exports.difference = (a, b) => a - b;\n' });
  await commit(colleague, 'Colleague', 'Subtract numbers');
  await git(colleague, 'push', '--quiet', 'origin', 'main');

  await git(folder, 'fetch', '--quiet');
  await write(folder, { 'src/sum.js': 'exports.sum = (a, b) => Number(a) + Number(b);\n' });
  await commit(folder, 'Agent', 'Take texts as numbers');
  await write(folder, { 'notes/ideas.md': '# Ideas\n\nNobody else has this file.\n' });
  return {
    folder,
    remote,
    remoteMain: async () => (await git(remote, 'rev-parse', 'main')).trim(),
  };
}

function tasks() {
  const list = STEPS.map(([label, command, intent]) => ({
    label,
    type: 'interlock',
    command,
    agent: 'Sample agent',
    intent,
    problemMatcher: [],
    presentation: { panel: 'dedicated', reveal: 'always', focus: false },
  }));
  return `${JSON.stringify({ version: '2.0.0', tasks: list }, null, 2)}\n`;
}

/** @param {string} folder @param {Readonly<Record<string, string>>} files */
async function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** @param {string} folder @param {string} who @param {string} title */
async function commit(folder, who, title) {
  const author = ['-c', `user.name=${who}`, '-c', `user.email=${who.toLowerCase()}@example.com`];
  await git(folder, 'add', '--all');
  await git(folder, ...author, 'commit', '--quiet', '--message', title);
}

/** @param {string} cwd @param {readonly string[]} words */
function git(cwd, ...words) {
  // The user's own settings (signing, hooks, templates) do not belong to the sample.
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  return run('git', words, { cwd, env });
}
