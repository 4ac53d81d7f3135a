// Calls that destroy and calls that do not, each in spellings that mean the same to the program.

/** A call that must stay what it is however it is written. */
export interface Seed {
  /** Rule id that names its effect; undefined for harmless calls. */
  rule: string | undefined;
  /** The same call with its options spelled in other ways, as argv. The first is the plain one. */
  argvs: readonly (readonly string[])[];
}

function seed(rule: string | undefined, ...argvs: (string | readonly string[])[]): Seed {
  return { rule, argvs: argvs.map((argv) => (typeof argv === 'string' ? argv.split(' ') : argv)) };
}

/** Each names its rule. */
export const DESTRUCTIVE: readonly Seed[] = [
  seed(
    'files/delete-recursive',
    ...['rm -rf src', 'rm -fr src', 'rm -r -f src', 'rm -f -R src', 'rm src -rf', 'rm -r src -f'],
    ...['rm --recursive --force src', 'rm --recurs --forc src', 'rm -rfv -- src', 'rm -Rf ./src'],
    ...['/bin/rm -rf src', '/usr/bin/rm -r src --force', 'rm -rf src/ lib', 'rm --rec -f src'],
  ),
  seed(
    'git/push-force',
    ...['git push --force origin main', 'git push -f origin main', 'git push origin main --force'],
    ...['git push -uf origin main', 'git push origin +main', 'git push --forc origin main'],
    ...['git -C . push -f origin main', 'git --no-pager push origin main -f'],
  ),
  seed(
    'git/reset-hard',
    ...['git reset --hard HEAD~3', 'git reset --har HEAD~3', 'git reset HEAD~3 --hard'],
    ...['git reset -q --hard HEAD~3', 'git -c a.b=c reset --hard HEAD~3'],
  ),
  seed(
    'git/clean',
    'git clean -xdf',
    'git clean -fdx',
    'git clean -x -d -f',
    'git clean --forc -d',
  ),
  seed('git/branch-delete', 'git branch -D topic', 'git branch --delete --force topic'),
  seed('git/stash-drop', 'git stash drop', 'git stash clear', 'git -C . stash drop'),
  seed('terraform/destroy', 'terraform destroy -auto-approve', 'terraform -chdir=x destroy'),
  seed(
    'kubernetes/delete',
    ...['kubectl delete deployment web', 'kubectl -n prod delete deployment web'],
    ...['kubectl delete deployment/web --namespace=prod', 'kubectl --context=c delete pod web'],
  ),
  seed('helm/remove', 'helm uninstall app', 'helm delete app -n web', 'helm -n web uninstall app'),
  seed(
    'databases/drop',
    ['psql', '-c', 'DROP TABLE users'],
    ['psql', '--command=drop table users;'],
    ['psql', '-cDROP TABLE users', 'app'],
    ['psql', 'app', '-c', 'select 1; DROP TABLE users'],
    ['sqlite3', 'app.db', 'DROP TABLE users'],
    ['mysql', '-e', 'DROP TABLE users'],
    ['mysql', '--execute=DROP TABLE users', 'app'],
  ),
  seed('disks/dd', 'dd if=/dev/zero of=/dev/sda', 'dd of=/dev/sda if=/dev/zero bs=1M'),
  seed('disks/make-file-system', 'mkfs.ext4 /dev/sda1', 'mkfs -t ext4 /dev/sda1'),
  seed('permissions/whole', 'chmod -R 777 /', 'chmod 777 / -R', 'chmod --recursive 777 /'),
  seed(
    'files/find-delete',
    ...['find . -delete', 'find . -type f -delete', 'find src lib -mtime +3 -delete'],
  ),
  seed('files/shred', 'shred -u key', 'shred --remove key', 'shred -uz key'),
  seed('containers/delete-data', 'docker system prune -af', 'docker volume rm data'),
  seed('system/service-stop', 'systemctl stop postgresql', 'systemctl --now stop postgresql'),
  seed('system/kill-many', 'kill -9 -1', 'kill -KILL -1', 'kill -s KILL -- -1'),
  seed('system/schedule-remove', 'crontab -r', 'crontab -u dev -r'),
  seed(
    'network/delete',
    ...['curl -X DELETE https://h.example/x', 'curl -XDELETE https://h.example/x'],
    ...['curl https://h.example/x --request DELETE', 'curl -sX DELETE https://h.example/x'],
  ),
  seed('inline/shell-out', ['python3', '-c', "import os\nos.system('rm -rf src')"]),
  seed(
    'inline/delete',
    ['python3', '-c', 'import shutil; shutil.rmtree("src")'],
    ['node', '-e', 'require("fs").rmSync("src", { recursive: true })'],
  ),
];

/** None of them changes anything. */
export const HARMLESS: readonly Seed[] = [
  seed(undefined, 'ls -la', 'ls src -l -a', 'ls --all'),
  seed(undefined, 'cat README.md', 'cat -n README.md'),
  seed(undefined, 'git status', 'git status -sb', 'git --no-pager status'),
  seed(undefined, 'git log --oneline -5', 'git log -n 5', 'git diff --stat'),
  seed(undefined, 'grep -rn foo src', ['grep', '-E', 'rm -rf|drop table', 'notes.md']),
  seed(undefined, 'echo hi', ['echo', 'rm -rf /; $(reboot)'], ['printf', '%s\\n', 'git push -f']),
  seed(undefined, 'pwd', 'date', 'which node', 'wc -l README.md', 'head -n 5 README.md'),
  seed(undefined, 'node --version', 'npm test'),
];
