// Rules on processes and on the traces that they leave in logs and histories.
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { system } from './systemRule.ts';

/** Names whose end would end the gate, the editor or the session itself. */
const HOSTS =
  /(^|[^a-z])(code|code-server|code-insiders|cursor|windsurf|codium|vscodium|electron|vscode|extensionhost|extension-host|interlock|claude|codex|sshd|systemd|init|launchd|bash|zsh|Xorg|gnome-shell)([^a-z]|$)/i;

/** Services whose data suffers when they end at once, and those that hold others up. */
const SERVICES =
  /^(postgres|postmaster|mysqld|mariadbd|mongod|redis-server|valkey-server|memcached|cassandra|elasticsearch|kafka|rabbitmq|etcd|dockerd|containerd|kubelet|nginx|apache2|httpd|haproxy|NetworkManager|systemd-\w+|cron|crond|rsyslogd|auditd|sshd)$/i;

/** `$(pgrep postgres)` and `$(pidof mysqld)` as the process to end. */
const FINDS_SERVICE = new RegExp(
  `\\b(pgrep|pidof)\\b(\\s+-\\S+)*\\s+['"]?(${SERVICES.source.slice(2, -2)})\\b`,
  'i',
);

/** Jobs of this shell: `%1`, `$!`, `$(jobs -p)`; the shell is new, so the line itself has started them. */
const killsOwnJobs = (call: Call) =>
  call.program === 'kill' &&
  call.operands.length > 0 &&
  call.operands.every(({ text }) => /^(%[\d+%-]*|"?\$!"?|"?\$\(jobs -p\)"?)$/.test(text));

function killsMany(call: Call): boolean {
  const targets = call.operands.map((word) => word.value ?? '');
  const argv = call.invocation.argv.slice(1).map((word) => word.value ?? '');
  if (call.program === 'killall5') return true;
  // Everybody who has a file of that disk open.
  if (call.program === 'fuser') return call.has('-k', '--kill') && call.has('-m', '-M', '--mount');
  if (call.program === 'xkill') return call.has('-a', '-all') || call.operands.length > 0;
  if (call.program === 'kill') {
    const pids = argv.filter(
      (word, index) => !(index === 0 && /^-\w+$/.test(word) && argv.length > 1) && word !== '--',
    );
    return pids.some((word) => word === '1' || word === '-1' || word === '0');
  }
  if (call.has('-u', '-U', '--user', '-v') && targets.length === 0) return true;
  if (
    call.program === 'pkill' &&
    targets.some((word) => word === '.' || word === '.*' || word === '')
  )
    return true;
  return targets.some((word) => HOSTS.test(word));
}

/** Options that clear logs or histories; every program has its own letters. */
const CLEARS: Readonly<Record<string, readonly string[]>> = {
  journalctl: words('--vacuum-size --vacuum-time --vacuum-files --rotate'),
  dmesg: words('-C --clear -c --read-clear -D --console-off'),
  auditctl: words('-D -e -W -d'),
  logrotate: words('-f --force'),
  history: words('-c -d -w'),
};

const clearsByWord = (call: Call) =>
  call.program === 'wevtutil' && /^(cl|clear-log)$/i.test(call.operands[0]?.value ?? '');

/** Rules on processes and on the traces that they leave in logs and histories. */
export const processRules: readonly Rule[] = [
  system({
    id: 'system/log-clear',
    programs: words('journalctl dmesg wevtutil auditctl logrotate history'),
    when: { test: (call) => call.has(...(CLEARS[call.program] ?? [])) || clearsByWord(call) },
    category: 'data-mutation',
    verb: 'delete',
    reversible: 'no',
    target: 'none',
    why: 'It clears logs or the history, which are evidence of what happened.',
    recovery: 'They cannot be brought back.',
    examples: {
      match: ['journalctl --vacuum-time=1s', 'history -c', 'dmesg -C'],
      noMatch: ['journalctl -u x', 'journalctl -xe', 'journalctl -f', 'dmesg -w', 'history'],
    },
  }),
  system({
    id: 'system/hide-history',
    programs: ['unset', 'set', 'export'],
    when: {
      test: (call) =>
        call.operands.some((word) => /^HISTFILE(=.*)?$|^HISTSIZE=0$/.test(word.value ?? '')) ||
        call.invocation.assignments.some(({ name }) =>
          /^HIST(FILE|SIZE|CONTROL|IGNORE)/.test(name),
        ),
    },
    target: 'none',
    why: 'It keeps later commands out of the shell history.',
    recovery: 'Set HISTFILE and HISTSIZE again.',
    examples: {
      match: ['unset HISTFILE', 'export HISTFILE=/dev/null'],
      noMatch: ['unset FOO', 'export A=b'],
    },
  }),
  system({
    id: 'system/kill-many',
    programs: words('kill pkill killall skill taskkill killall5 fuser xkill'),
    when: { test: (call) => killsMany(call) },
    category: 'data-mutation',
    severity: 'severe',
    reversible: 'no',
    target: { kind: 'process', operand: 0 },
    why: 'It ends processes without choosing: every one it may, the first process of the system, or those of the editor and the session.',
    recovery: 'Start what was ended again; unsaved work is lost.',
    alternative: 'End one process by its number, or by a name that only it has.',
    examples: {
      match: [
        'kill -9 -1',
        'kill 1',
        'pkill -u dev',
        'killall code',
        'pkill -f extensionHost',
        'fuser -km /srv',
      ],
      noMatch: ['kill 12345', 'pkill node'],
    },
  }),
  system({
    id: 'system/kill',
    programs: ['kill', 'pkill', 'killall', 'skill', 'fuser', 'xkill', 'taskkill'],
    when: {
      none: ['-l', '-L', '-0', '--list'],
      test: (call) =>
        !killsMany(call) &&
        !killsOwnJobs(call) &&
        (call.program !== 'fuser' || call.has('-k', '--kill')),
    },
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'effort',
    target: { kind: 'process', operand: 0 },
    why: 'It ends {target}.',
    recovery: 'Start the program again; what it had not saved is lost.',
    examples: {
      match: ['kill 12345', 'pkill node', 'kill -9 12345', 'fuser -k 8080/tcp'],
      noMatch: ['kill -l', 'kill -9 -1', 'fuser 8080/tcp', 'kill %1'],
    },
  }),
  system({
    id: 'system/kill-own',
    programs: ['kill'],
    when: { none: ['-l', '-L', '-0', '--list'], test: killsOwnJobs },
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target: 'none',
    why: 'It ends what this very line has started in the background.',
    recovery: 'Start it again.',
    examples: {
      match: ['kill %1', 'npm start & kill $!', 'kill $(jobs -p)'],
      noMatch: ['kill 12345', 'kill $PID', 'kill $PPID', 'kill $(pgrep node)'],
    },
  }),
  reader(
    'system/kill-list',
    ['kill', 'killall', 'fuser', 'tasklist'],
    {
      test: (call) =>
        call.program === 'tasklist' ||
        (call.program === 'fuser'
          ? !call.has('-k', '--kill', '-K')
          : call.has('-l', '-L', '-0', '--list')),
    },
    { match: ['kill -l', 'kill -0 5', 'fuser 80/tcp'], noMatch: ['kill 5'] },
    'none',
  ),
  system({
    id: 'system/load-test',
    programs: words('stress stress-ng slowhttptest'),
    when: {},
    category: 'data-mutation',
    target: 'none',
    why: 'It takes as much of a machine as it can, so that others on it stand still.',
    recovery: 'Stop it.',
    examples: { match: ['stress-ng --all 0', 'stress --cpu 64'], noMatch: ['uptime'] },
  }),
  system({
    id: 'system/kill-service',
    programs: ['pkill', 'killall', 'skill', 'taskkill', 'kill'],
    when: {
      test: (call) =>
        call.operands.some(
          (word) =>
            SERVICES.test(word.value ?? '') ||
            (call.program === 'kill' && FINDS_SERVICE.test(word.text)),
        ),
    },
    category: 'data-mutation',
    reversible: 'no',
    target: { kind: 'process', operand: 0 },
    why: 'It ends {target}, a service, without letting it finish; what it had not written is lost.',
    recovery: 'Start the service again, and check its data.',
    alternative: 'Stop the service in its own way, such as `systemctl stop`.',
    examples: {
      match: ['pkill postgres', 'killall -9 mysqld', 'kill -9 $(pgrep postgres)'],
      noMatch: ['pkill node', 'kill $(pgrep vite)'],
    },
  }),
];
