// A proof that a call only reads must not hold where one option of it starts a program, writes a file or shows a secret.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

const ASKED = [
  'service nginx force-reload status',
  'passwd -S -l bob',
  'chage -l -E 0 bob',
  'nvram -p boot-args=x',
  'update-alternatives --list editor --set editor /tmp/x',
  "nft 'list ruleset; flush ruleset'",
  'plutil -p -convert xml1 a.plist',
  'dmesg -n 1',
  'journalctl -u x --cursor-file=src/app.ts',
  'rpm -qa --rebuilddb',
  'dnf list --setopt=pluginpath=./own',
  'gpg -k --import a.asc',
  'gpg --list-keys --homedir ./own',
  'tsc --listFiles',
  'just --list --evaluate',
  'nc -z -o src/app.ts localhost 80',
  'go doc -http',
  'rclone size r: --log-file src/app.ts',
  'vault status -address=http://example.org',
  'consul members -http-addr=http://example.org',
  'aws --endpoint-url http://example.org s3 ls',
  'firebase database:get / -o src/app.ts',
  "splunk search 'index=a | delete'",
  "newrelic nerdgraph query 'mutation { a }'",
  'gh api -X GET --input a.json /user',
  "gh api /user -H 'X-HTTP-Method-Override: DELETE'",
  'terraform output -raw password',
  'helm list --kube-apiserver http://example.org',
  'flux get all --kubeconfig ./own',
  'hdparm -i -W0 /dev/sda',
  'cryptsetup resize x -t 5',
  'nvme fw-download -i 5 /dev/nvme0',
  'diskutil rename disk2 -i x',
  `perl -lane 'system("touch $F[0]")' a.txt`,
  'perl -l012e \'unlink "a"\'',
  "ruby -e '%x(touch y)'",
  "ruby -e 'puts %x{touch y}'",
  'curl telnet://example.org:23',
  'curl --url https://example.org localhost',
  'terraform console',
  'git reflog drop --all',
  'git sparse-checkout set src',
  'borg check --repair repo',
  'az search admin-key renew --service-name s',
  'echo $API_TOKEN',
  'cat ~/.codex/auth.json',
  "sqlite3 ~/.config/chromium/Default/Cookies 'select 1'",
  `node -e 'console.log(require("fs").readFileSync(".env","utf8"))'`,
  `ruby -e 'puts File.read(".env")'`,
  'tshark -r a.pcap -X lua_script:a.lua',
  'tcpdump -r a.pcap -z gzip',
  'git ls-remote https://example.org/x',
  "cypher-shell 'CALL db.clear()'",
  'postqueue -f',
  'ceph osd down 1',
  `python3 -c 'import inspect; print(inspect.getsource(open))'`,
  `python3 -c 'import argparse, inspect; f = argparse.HelpFormatter.add_text; f()'`,
  `mlr --icsv put '$x = system("touch y")' a.csv`,
  `mlr -n put 'end { exec("touch", ["y"]) }'`,
  'qsv foreach name "touch {}" a.csv',
  'dasel put -f a.json -v 1 b',
  'jq -n env',
  `jq -n '$ENV.HOME'`,
  'cowsay -f ./own.cow hi',
  'dc -e "!touch y"',
  `less '+!touch y' a.txt`,
  'cloc --extract-with="touch y" .',
  'cloc --out=src/app.ts .',
  'scc -o src/app.ts',
  'jsonlint -i a.json',
  'base64 -i a -o src/app.ts',
  'shuf -o src/app.ts a',
  'strings --plugin ./own.so a',
  'nm --plugin ./own.so a',
  'objdump --plugin=./own.so a',
  'ss -K dst 192.0.2.1',
  'nvidia-smi --gpu-reset',
  'info --output=src/app.ts ls',
  'sdiff --diff-program=./own a b',
  'openssl dgst -out src/app.ts a',
  'openssl version -engine ./own.so',
  'rpm -q --eval "%(touch y)"',
  'pip list --python ./own',
  "tmux list-sessions -F '#(touch y)'",
  'git help --web log',
  'git bisect visualize',
  'git diff --no-index /dev/null /home/dev/.ssh/id_rsa',
  'terraform plan',
  'terraform plan -out=src/app.ts',
  'bundle list',
  'yarn why a',
  'cargo tree',
  'npm pack --dry-run',
  'pip list --log src/app.ts',
  'docker compose config --output src/app.ts',
  'kubectl --server https://example.org get pods',
  'kubectl get pods --cache-dir src',
  'systemctl -H other status a',
  'ip -b own.txt',
  "ack --output='a' b",
  'pulumi preview',
  'helm template . --post-renderer ./own',
  'helm template . --output-dir src',
  'kubectl --kubeconfig ./own.yaml get pods',
  'kubectl cluster-info dump --output-directory=src',
  'kubectl config view --raw',
  'psql -o src/app.ts -c "select 1"',
  'restic snapshots --password-command "touch y"',
  'restic -o sftp.command="touch y" snapshots',
  'rclone ls r: --sftp-ssh ./own',
  'aws s3api get-object --bucket b --key k src/app.ts',
  's3cmd get s3://b/k src/app.ts',
  'consul watch -type=key -key=a ./own',
  'gh auth status --show-token',
  'gh pr view 1 --web',
];

/** Options that say that nothing happens, taken back in every way that a program accepts. */
const TAKEN_BACK = [
  'git clean -n --no-dry-run -fd',
  'git push -n --no-dry-run --force origin main',
  'git push --dry-run --no-dry-run --force origin main',
  'git rm -n --no-dry-run -rf src',
  'git prune -n --no-dry',
  'helm uninstall app --dry-run=false',
  'npm publish --dry-run=false',
  'npm publish --dry-run --no-dry-run',
  'rsync -an --no-n --delete a/ src/',
  'rsync -a --dry-run --no-dry-run --delete a/ src/',
  'aws ec2 terminate-instances --instance-ids i --dry-run --no-dry-run',
  'restic forget --keep-last 1 --prune --dry-run=F',
  'kubectl delete pod a --dry-run=none',
  'pulumi destroy --preview-only=false',
  'ansible-playbook site.yml --check --no-check',
  'apt-get remove -s=no a',
  'apt-get remove -s --no-simulate a',
  "bq query --dry_run=false 'DELETE FROM d.t WHERE true'",
  'terraform destroy -help=false',
  'heroku apps:destroy a --dry-run',
  'zfs destroy -n=0 tank/a',
  'helm uninstall app --description --dry-run',
  'rsync -a --delete -e -n a/ src/',
  'npm publish --tag --dry-run',
  'git clean -fd -e -n',
];

/** A reading word that is the value of an option: the deed stands behind it. */
const HIDDEN_DEEDS = [
  'kubectl --tls-server-name get delete pod a',
  'kubectl --not-known get delete ns a',
  'helm --registry-config list uninstall a',
  'helm --not-known list uninstall a',
  'docker --tlscacert ps rm -f a',
  'docker compose --progress ps down -v',
  'docker compose --not-known ps down -v',
  'aws --ca-bundle list s3 rb s3://b --force',
  'gcloud --verbosity list projects delete a',
  'fly -t list apps destroy a',
  'glab -R list repo delete o/r',
  'npm --userconfig ls unpublish a',
  'npm --not-known ls publish',
  'pnpm --store-dir ls publish',
  'pip --proxy list install a',
  'poetry -C show publish',
  'composer --working-dir show remove a',
  'brew --not-known list uninstall a',
  'terraform -chdir show destroy',
  'terraform -not-known show destroy',
  'pulumi --color preview destroy',
  'redis-cli --cacert get FLUSHALL',
  'redis-cli --not-known get FLUSHALL',
  'argocd --config list app delete a',
  'jj --color log abandon',
  'p4 -p info obliterate -y //d',
  'cargo --not-known tree publish',
  'helm repo --not-known list remove a',
  'gcloud compute --not-known list instances delete a',
];

/** `--help` that is handed on to what is started. */
const HELP_HANDED_ON = [
  'npx own --help',
  'uvx own --help',
  'npm exec own --help',
  'pnpm dlx own --help',
  'yarn deploy --help',
  'docker run own --help',
  'docker compose run web --help',
  'python3 script --help',
  'node app --help',
  'bash script --help',
  'source script --help',
  'deno run app --help',
  'rails runner x --help',
  'rake deploy --help',
];

const FREE = [
  "perl -lane 'print $F[1]' a.txt",
  "perl -0777ne 'print length' a.txt",
  'watch -n 5 date',
  "trap 'date' EXIT; ls",
  'git sparse-checkout list',
  'git replace -l',
  'echo $HOME',
  'tshark -r a.pcap -q -z io,phs',
  'cargo -Vv',
  "cypher-shell 'MATCH (n) RETURN n LIMIT 5'",
  'postqueue -p',
  'ceph -s',
  `python3 -c 'import argparse, inspect; print(inspect.getsource(argparse.HelpFormatter._format_text))'`,
  'git push --help',
  'docker system prune --help',
  'kubectl delete --help',
  'aws ec2 terminate-instances --help',
  'npm publish --help',
  'own-program --help',
  'kubectl -v 6 get pods',
  'docker -D ps',
  'aws --no-cli-pager s3 ls',
  'helm --debug list',
  'pip --disable-pip-version-check list',
  'ip -br link',
  'mlr --icsv head a.csv',
  'qsv count a.csv',
  'dasel -f a.json b',
  'jq .env a.json',
  'cowsay hi',
  'less a.txt',
  'cloc src',
  'base64 -d a',
  'shuf -n 3 a',
  'strings a',
  'ss -tlnp',
  'openssl x509 -in a.crt -noout -text',
  'openssl rand -hex 8',
  'tmux ls',
  'git help log',
  'git diff --no-index a b',
  'terraform show',
  'kubectl get pods -o wide',
  'restic snapshots',
  'rclone ls r:',
  'gh auth status',
  'journalctl -xe',
  'dmesg -w',
  'tc qdisc show',
  'hg status',
  'svn log -l 5',
  'git commit --dry-run',
  'git prune -n',
  'zfs destroy -nv tank/a',
  'rsync -avz --progress -n --delete src/ dst/',
  'kubectl delete pod a --force --dry-run=client',
  'git clean -d -n',
  'ceph osd tree',
  'tar xOf a.tgz b',
  'unzip -p a.zip b',
  'gzip -l a.gz',
  'set -euo pipefail; ls',
  'npm run',
  'mise tasks ls',
];

/** Python that calls modules which are not looked at: trusted as the tests of the workspace are, and no further. */
const OWN_CODE = [
  'import app; print(app.__version__)',
  'from app.core import parse; print(parse("a"))',
  'import django; from django.conf import settings; settings.configure(DEBUG=True); django.setup()',
  'import numpy as np; print(np.long)',
  'import app; print(app.x.__class__.__name__)',
  'from tests.shell.tests import ShellTestCase; print(ShellTestCase)',
];
const NOT_OWN_CODE = [
  'import app; app.__class__.__base__',
  'import app; app.x.__class__.__name__()',
  'from tests.shell.tests import delete_all; delete_all()',
  'import deploy.shell; print(1)',
  'import app; f = app.x; f()',
  'import app; app.delete_all()',
  'from app import run; run("a")',
  'import app; app.io.open("a")',
  'import app; getattr(app, "a")()',
  'import app; app.table["a"]()',
  'from app import *',
  'import boto3; boto3.client("s3")',
  'import webbrowser; webbrowser.get()',
  'import app; open("src/app.py", "w")',
  'import pip; pip.main(["install", "a"])',
];

describe('proofs of reading', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });
  const verdict = (line: string, autoApprove: 'readOnly' | 'contained' = 'readOnly') =>
    tester.judge(line, { policy: { autoApprove } }).ruling.verdict;
  const python = (code: string) => `python3 -c '${code}'`;
  const rules = (line: string) => tester.effects(line).map(({ rule }) => rule);

  for (const line of TAKEN_BACK)
    it(`${line} – is no preview`, () => assert.equal(verdict(line, 'contained'), 'ask'));
  for (const line of HELP_HANDED_ON) it(`${line} – asks`, () => assert.equal(verdict(line), 'ask'));
  for (const line of HIDDEN_DEEDS)
    it(`${line} – asks`, () => assert.equal(verdict(line, 'contained'), 'ask'));
  for (const line of ASKED) it(`${line} – asks`, () => assert.equal(verdict(line), 'ask'));
  for (const line of FREE) it(`${line} – does not ask`, () => assert.equal(verdict(line), 'allow'));

  it('python takes a module that stands beside the line before its own', () => {
    const line = `python3 -c 'import json; print(json.dumps(1))'`;
    const own = { '/home/dev/app/json.py': 'x = 1' };
    const found = (files = {}) => tester.effects(line, files).map(({ rule }) => rule);
    assert.deepEqual(found(), ['inline/reads']);
    assert.deepEqual(found(own), ['inline/own-code']);
    const module = (files = {}) =>
      tester.effects('python3 -m json.tool a.json', files).map(({ rule }) => rule);
    assert.deepEqual(module(), ['interpreters/safe-module']);
    assert.deepEqual(module(own), ['interpreters/module']);
  });

  describe('python that calls modules of the workspace', () => {
    for (const code of OWN_CODE)
      it(`${code} – asks under readOnly, not under contained`, () => {
        assert.equal(verdict(python(code)), 'ask');
        assert.equal(verdict(python(code), 'contained'), 'allow');
      });
    for (const code of NOT_OWN_CODE)
      it(`${code} – is not taken for that`, () =>
        assert.ok(!rules(python(code)).includes('inline/own-code'), rules(python(code)).join()));
  });
});
