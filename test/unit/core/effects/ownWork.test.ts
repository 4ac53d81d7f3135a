// Work that stays in the workspace runs where contained changes are free, and asks where only reading is.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

const CONTAINED = [
  'node --test test/',
  'node scripts/build.js',
  'go build -o bin/app ./cmd/app',
  'go test $(go list ./... | grep -v e2e)',
  'php vendor/bin/phpunit --filter a',
  'composer test',
  'flutter test',
  'dart format .',
  'sqlc generate',
  'uvicorn app.main:app --port 8000',
  'dotnet publish -c Release -o out',
  'npm init -y',
  'docker build -t app:1.0 .',
  'docker compose build',
  'docker compose restart api',
  'docker compose exec api pytest -q',
  'gh pr checkout 12',
  'git rebase --continue',
  'git config user.name Dev',
  'git config --local user.email dev@example.org',
];

const ASKED = [
  'node scripts/build-and-deploy.js',
  'node test-release.js',
  'node build.js --deploy',
  'go build -o /opt/x/app ./cmd/app',
  'go build -o /dev/null -toolexec ./x .',
  'go build -o bin/x -toolexec ./x .',
  'go build -o bin/x -ldflags=-extld=./x .',
  'go test -exec="$X" ./...',
  'flask --app /tmp/x run',
  'gunicorn app:app --pythonpath /tmp/x',
  './build-push.sh',
  'node /tmp/build.js',
  'php /tmp/vendor/bin/phpunit',
  'composer run deploy',
  'flutter pub publish',
  'uvicorn app:app --host 0.0.0.0',
  'uvicorn app:app --host=0.0.0.0',
  'dotnet publish /p:PublishProfile=x',
  'npm init vite',
  'docker build --push -t app .',
  'docker build https://example.org/a.git',
  'docker build github.com/a/b',
  'docker build -f ../Dockerfile .',
  'docker compose -p other stop',
  'docker compose down',
  'docker compose exec api rm -rf /data',
  'gh pr checkout -f 12',
  'git rebase --skip',
  'git config --global user.name Dev',
  'git config --file x user.name Dev',
  'go build -ldflags=-extld=./x .',
];

describe('work inside the workspace', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });
  const verdict = (line: string, autoApprove: 'readOnly' | 'contained') =>
    tester.judge(line, { policy: { autoApprove } }).ruling.verdict;

  for (const line of CONTAINED)
    it(`${line} – runs under contained, asks under readOnly`, () => {
      assert.equal(verdict(line, 'contained'), 'allow');
      assert.equal(verdict(line, 'readOnly'), 'ask');
    });
  for (const line of ASKED)
    it(`${line} – asks`, () => assert.equal(verdict(line, 'contained'), 'ask'));

  it('a build into a folder is no publishing', () => {
    assert.equal(tester.judge('dotnet publish -c Release -o out').assessment.level, 'LOW');
  });
});
