// Programs that start other programs: what they start is named, whatever stands around it.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

/** Each starts `rm -rf src`, here or elsewhere. */
const STARTERS = [
  ...[
    'sudo',
    'sudo -u root -- ',
    'sudo -nE',
    'doas -u x',
    'pkexec',
    'gosu x',
    'su-exec x',
    'runuser -u x --',
  ],
  ...[
    'env',
    'env -i A=b',
    'env -C /',
    'env --',
    'nice -n 5',
    'nice -19',
    'ionice -c3',
    'nohup',
    'setsid -f',
  ],
  ...[
    'timeout -k 1 5',
    'stdbuf -oL',
    'taskset -c 0',
    'chrt -b 0',
    'prlimit --nofile=9',
    'choom -n 5 --',
  ],
  ...[
    'setarch x86_64',
    'setarch',
    'linux64',
    'runcon -t x',
    'unshare -r',
    'nsenter -t 1 -m',
    'chroot /',
  ],
  ...[
    'strace -f -o log',
    'ltrace',
    'valgrind',
    'perf stat',
    'perf record --',
    'xvfb-run',
    'dbus-launch',
  ],
  ...[
    'watch -n1',
    'watch -x',
    'watchexec',
    'entr -r',
    'flock x',
    'flock -n x',
    'systemd-run --scope',
  ],
  ...[
    'command',
    'command -p',
    'builtin command',
    'exec',
    'exec -a x',
    'time',
    '! time -p',
    'coproc',
    'eval',
  ],
  ...[
    'xargs',
    'xargs -0 -n1',
    'xargs -I% ',
    'parallel',
    'sem',
    'find . -exec',
    'find . -execdir',
    'fd -x',
  ],
  ...['ssh h', 'ssh -p 22 u@h --', 'docker run img', 'docker exec -it c', 'docker compose run web'],
  ...[
    'kubectl exec p --',
    'kubectl -n n exec p -c c --',
    'oc rsh p',
    'lxc exec c --',
    'crictl exec c',
  ],
  ...[
    'podman run --rm -v /:/x img',
    'buildah run c --',
    'multipass exec x --',
    'heroku run',
    'railway run',
  ],
  ...[
    'npx',
    'npm exec --',
    'npm explore p --',
    'pnpm exec',
    'pnpm -r exec',
    'yarn exec',
    'lerna exec --',
  ],
  ...[
    'poetry run',
    'pipenv run',
    'uv run',
    'bundle exec',
    'mise exec --',
    'direnv exec .',
    'conda run -n x',
  ],
  ...[
    'busybox',
    'toybox',
    'cross-env A=b',
    'dotenv --',
    'op run --',
    'aws-vault exec p --',
    'sshpass -p x',
  ],
];

/** Each runs the text in its place as shell. */
const TEXTS = [
  ...[
    'bash -c %',
    'bash -lic %',
    'bash -o errexit -c %',
    'sh -ec %',
    'dash -c %',
    'eval %',
    'trap % EXIT',
  ],
  ...[
    'bash <<< %',
    'su -c %',
    'su root -- -c %',
    'su <<< %',
    'sudo -s <<< %',
    'sudo su - root -c %',
  ],
  ...[
    'ssh h %',
    'ssh -o ProxyCommand=% h',
    'scp -oProxyCommand=% a h:b',
    'ssh h bash -s <<< %',
    'sg x -c %',
  ],
  ...[
    'watch %',
    'flock x -c %',
    'script -qec % /dev/null',
    'hyperfine %',
    'nix-shell --run %',
    'nodemon -x %',
  ],
  ...[
    'nodemon --exec %',
    'concurrently %',
    'concurrently -k ls %',
    'cargo watch -s %',
    'sops exec-env f %',
  ],
  ...[
    'doppler run --command=%',
    'gcloud compute ssh h --command=%',
    'fly ssh console -C %',
    'npx -c %',
  ],
  ...[
    'npm exec --call=%',
    'rsync -e % a h:b',
    'rsync --rsh=% a h:b',
    'tar cf a --checkpoint-action=exec=% b',
  ],
  ...[
    'tar -I % -xf a',
    'sort --compress-program=% a',
    'git -c core.sshCommand=% fetch',
    'git rebase -x % a',
  ],
  ...[
    'git submodule foreach %',
    'git bisect run sh -c %',
    'man -P % ls',
    'split --filter=% a',
    'vim -c :!%',
  ],
  ...[
    'find . -exec sh -c % _ {} +',
    'ls | xargs -I{} sh -c %',
    'env -S "sh -c" %',
    'echo % | sh',
    'at now <<< %',
  ],
];

describe('wrappers', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  const rulesOf = (line: string): string[] => tester.effects(line).map(({ rule }) => rule);

  for (const starter of STARTERS) {
    const end = starter.startsWith('find') ? ' \\;' : '';
    const line = `${starter} rm -rf src${end}`;
    it(line, () => {
      assert.ok(rulesOf(line).includes('files/delete-recursive'), rulesOf(line).join(', '));
      assert.equal(
        tester.judge(line, { policy: { autoApprove: 'contained' } }).ruling.verdict,
        'ask',
      );
    });
  }

  for (const text of TEXTS) {
    const line = text.replace('%', "'rm -rf src'").replace(":!'rm -rf src'", "':!rm -rf src'");
    it(line, () => {
      assert.ok(rulesOf(line).includes('files/delete-recursive'), rulesOf(line).join(', '));
      assert.equal(
        tester.judge(line, { policy: { autoApprove: 'contained' } }).ruling.verdict,
        'ask',
      );
    });
  }

  it('eight layers are unwrapped, and what lies deeper is not understood', () => {
    const nested = (depth: number) => `${'sudo '.repeat(depth)}rm -rf src`;
    assert.ok(rulesOf(nested(8)).includes('files/delete-recursive'));
    assert.deepEqual(tester.read(nested(8)).notUnderstood, []);
    assert.equal(tester.read(nested(9)).notUnderstood[0]?.code, 'too-deep');
    assert.equal(tester.judge(nested(40)).ruling.verdict, 'ask');
  });

  for (const line of [
    'env',
    'sudo -l',
    'timeout',
    'nice',
    'xargs --help',
    'docker run img',
    'npx',
    'su',
    'watch',
  ]) {
    it(`${line} starts nothing that is not there`, () => {
      assert.equal(tester.read(line).invocations.length, 1);
    });
  }
});
