// Services, processes, schedules, the kernel, the network of the machine.
import { reader } from '../readRule.ts';
import type { Call, Family, Rule } from '../types.ts';
import { words } from '../words.ts';

type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

function system(spec: Spec): Rule {
  return {
    verb: 'modify',
    category: 'config-change',
    severity: 'serious',
    reversible: 'effort',
    reach: 'machine',
    target: (call) => [
      {
        kind: 'service',
        name: call.operands
          .map((word) => word.value ?? word.text)
          .slice(0, 3)
          .join(' '),
      },
    ],
    recovery: 'Start it or set it back.',
    ...spec,
  };
}

const text = (call: Call) => call.operands.map((word) => word.value ?? '').join(' ');
const first = (call: Call) => call.operands[0]?.value ?? '';

/** Names whose end would end the gate, the editor or the session itself. */
const HOSTS =
  /(^|[^a-z])(code|code-server|code-insiders|cursor|windsurf|codium|vscodium|electron|vscode|extensionhost|extension-host|interlock|claude|codex|sshd|systemd|init|launchd|bash|zsh|Xorg|gnome-shell)([^a-z]|$)/i;

export const systemFamily: Family = {
  name: 'system',
  about: 'Services, processes, schedules, the kernel and the network of the machine.',
  syntax: [
    {
      programs: words('systemctl journalctl loginctl hostnamectl timedatectl'),
      valueOptions: words(
        '-H -M -t -p -n -u -o -k --type --property --unit --lines --output --since --until --host',
      ),
      flags: ['--user', '--system', '--now'],
    },
    { programs: ['crontab'], valueOptions: ['-u'] },
    {
      programs: ['kill', 'pkill', 'killall', 'skill', 'xkill'],
      singleDashLong: true,
      valueOptions: ['-s', '-u', '-U', '-g', '-P', '-t', '-signal'],
    },
    {
      programs: words('iptables ip6tables nft ufw firewall-cmd'),
      abbreviates: false,
      valueOptions: words('-t -A -D -I -p -s -d -j --dport --sport -i -o -m'),
    },
    { programs: ['ip'], abbreviates: false },
    {
      programs: [
        'sysctl',
        'launchctl',
        'service',
        'dscl',
        'networksetup',
        'nvram',
        'scutil',
        'defaults',
        'csrutil',
        'spctl',
        'tmutil',
        'pmset',
        'route',
        'ifconfig',
        'nmcli',
        'tc',
      ],
      abbreviates: false,
    },
  ],
  rules: [
    system({
      id: 'system/power',
      programs: words(
        'shutdown reboot halt poweroff init telinit pm-suspend pm-hibernate kexec runlevel6',
      ),
      when: {
        none: ['-c', '--help', '-k', '--show', '-w', '--wtmp-only'],
        test: (call) => !/^(init|telinit)$/.test(call.program) || /^[06sS1]$/.test(first(call)),
      },
      category: 'data-mutation',
      severity: 'extreme',
      reversible: 'no',
      why: 'It stops or restarts the machine; running work is lost.',
      recovery: 'Start the machine again.',
      examples: {
        match: ['reboot', 'shutdown -h now', 'init 0'],
        noMatch: ['shutdown -c', 'uptime'],
      },
    }),
    system({
      id: 'system/service-power',
      programs: ['systemctl', 'loginctl'],
      when: {
        test: (call) =>
          /^(poweroff|reboot|halt|kexec|suspend|hibernate|hybrid-sleep|rescue|emergency|isolate|exit|terminate-(user|session|seat)|kill-(user|session)|soft-reboot)\b/.test(
            text(call),
          ),
      },
      category: 'data-mutation',
      severity: 'severe',
      reversible: 'no',
      why: 'It stops the machine or somebody’s session.',
      recovery: 'Start the machine again.',
      examples: {
        match: ['systemctl reboot', 'loginctl terminate-user dev'],
        noMatch: ['systemctl status x'],
      },
    }),
    system({
      id: 'system/service-stop',
      programs: [
        'systemctl',
        'service',
        'launchctl',
        'rc-service',
        'supervisorctl',
        'sv',
        'initctl',
        'svcadm',
        'pm2',
        'monit',
      ],
      when: {
        test: (call) =>
          /(^|\s)(stop|disable|mask|kill|unload|bootout|remove|delete|shutdown|isolate|reset-failed|revert|set-default|down|force-stop|forever|flush|unmask-x)(\s|$)/.test(
            text(call),
          ),
      },
      why: 'It stops or switches off a service: {target}.',
      examples: {
        match: [
          'systemctl stop nginx',
          'service nginx stop',
          'launchctl unload x.plist',
          'systemctl disable --now ssh',
        ],
        noMatch: ['systemctl status nginx', 'systemctl start nginx'],
      },
    }),
    system({
      id: 'system/service-start',
      programs: [
        'systemctl',
        'service',
        'launchctl',
        'rc-service',
        'supervisorctl',
        'sv',
        'initctl',
        'pm2',
      ],
      when: {
        test: (call) =>
          /(^|\s)(start|restart|reload|enable|try-restart|reload-or-restart|daemon-reload|daemon-reexec|edit|link|preset|set-property|set-environment|import-environment|unmask|load|bootstrap|kickstart|submit|reread|update|up|once|save|resurrect|startup)(\s|$)/.test(
            text(call),
          ),
      },
      severity: 'moderate',
      why: 'It starts, restarts or sets up a service: {target}.',
      examples: {
        match: ['systemctl restart nginx', 'systemctl daemon-reload', 'systemctl enable x'],
        noMatch: ['systemctl stop nginx', 'systemctl status x'],
      },
    }),
    reader(
      'system/service-read',
      [
        'systemctl',
        'service',
        'launchctl',
        'journalctl',
        'loginctl',
        'hostnamectl',
        'timedatectl',
        'supervisorctl',
        'pm2',
        'localectl',
        'bootctl',
        'resolvectl',
        'coredumpctl',
        'dmesg',
      ],
      {
        test: (call) => isServiceRead(call),
        none: [
          '--vacuum-size',
          '--vacuum-time',
          '--vacuum-files',
          '--rotate',
          '--flush',
          '--sync',
          '--relinquish-var',
          '--setup-keys',
          '--update-catalog',
          '-C',
          '--clear',
          '-c',
          '--read-clear',
          '-D',
          '-E',
          '-n=x',
          '--set',
        ],
      },
      {
        match: [
          'systemctl status nginx',
          'journalctl -u nginx -n 50',
          'systemctl list-units --failed',
          'dmesg',
        ],
        noMatch: ['systemctl stop nginx', 'journalctl --vacuum-time=1d', 'dmesg -C'],
      },
      'none',
    ),
    system({
      id: 'system/log-clear',
      programs: ['journalctl', 'dmesg', 'wevtutil', 'auditctl', 'logrotate', 'history', 'aureport'],
      when: {
        any: [
          '--vacuum-size',
          '--vacuum-time',
          '--vacuum-files',
          '--rotate',
          '-C',
          '--clear',
          '-c',
          '--read-clear',
          '-D',
          '-f',
          '-w',
          '-d',
          '-e',
        ],
        test: (call) => call.program !== 'history' || call.has('-c', '-d', '-w'),
      },
      category: 'data-mutation',
      verb: 'delete',
      reversible: 'no',
      target: 'none',
      why: 'It clears logs or the history, which are evidence of what happened.',
      recovery: 'They cannot be brought back.',
      examples: {
        match: ['journalctl --vacuum-time=1s', 'history -c', 'dmesg -C'],
        noMatch: ['journalctl -u x', 'history'],
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
      examples: {
        match: ['unset HISTFILE', 'export HISTFILE=/dev/null'],
        noMatch: ['unset FOO', 'export A=b'],
      },
    }),
    system({
      id: 'system/kill-many',
      programs: ['kill', 'pkill', 'killall', 'skill', 'taskkill', 'killall5'],
      when: { test: (call) => killsMany(call) },
      category: 'data-mutation',
      severity: 'severe',
      reversible: 'no',
      target: { kind: 'process', operand: 0 },
      why: 'It ends every process that it may, the first process, or the host of this gate.',
      recovery: 'Start what was ended again; unsaved work is lost.',
      examples: {
        match: ['kill -9 -1', 'kill 1', 'pkill -u dev', 'killall code', 'pkill -f extensionHost'],
        noMatch: ['kill 12345', 'pkill node'],
      },
    }),
    system({
      id: 'system/kill',
      programs: ['kill', 'pkill', 'killall', 'skill', 'fuser', 'xkill', 'taskkill'],
      when: {
        none: ['-l', '-L', '-0', '--list'],
        test: (call) => !killsMany(call) && (call.program !== 'fuser' || call.has('-k', '--kill')),
      },
      category: 'data-mutation',
      severity: 'moderate',
      reversible: 'effort',
      target: { kind: 'process', operand: 0 },
      why: 'It ends {target}.',
      recovery: 'Start the program again; what it had not saved is lost.',
      examples: {
        match: ['kill 12345', 'pkill node', 'kill -9 %1', 'fuser -k 8080/tcp'],
        noMatch: ['kill -l', 'kill -9 -1', 'fuser 8080/tcp'],
      },
    }),
    reader(
      'system/kill-list',
      ['kill', 'fuser'],
      {
        test: (call) =>
          call.program === 'fuser'
            ? !call.has('-k', '--kill', '-K')
            : call.has('-l', '-L', '-0', '--list'),
      },
      { match: ['kill -l', 'kill -0 5', 'fuser 80/tcp'], noMatch: ['kill 5'] },
      'none',
    ),
    system({
      id: 'system/schedule-remove',
      programs: ['crontab', 'atrm', 'at'],
      when: {
        test: (call) =>
          (call.program === 'crontab' && call.has('-r', '-i')) ||
          call.program === 'atrm' ||
          (call.program === 'at' && call.has('-d', '-r')),
      },
      category: 'data-mutation',
      verb: 'delete',
      reversible: 'no',
      target: 'none',
      why: 'It deletes all scheduled jobs.',
      recovery: 'Write the jobs again, from a backup of the crontab.',
      alternative: '`crontab -l > saved` keeps them.',
      examples: { match: ['crontab -r', 'atrm 3'], noMatch: ['crontab -l'] },
    }),
    system({
      id: 'system/schedule',
      programs: ['crontab', 'at', 'batch', 'anacron', 'schtasks'],
      when: { none: ['-l', '-r', '-d', '-c'] },
      verb: 'change-config',
      target: 'none',
      why: 'It sets up commands that run later by themselves, without a gate.',
      recovery: 'Remove the job.',
      examples: {
        match: ['crontab jobs.txt', 'crontab -e', 'at now + 1 minute'],
        noMatch: ['crontab -l'],
      },
    }),
    reader(
      'system/schedule-list',
      ['crontab', 'at', 'atq'],
      { any: ['-l'], none: ['-r', '-e'] },
      { match: ['crontab -l'], noMatch: ['crontab -r'] },
      'none',
    ),
    system({
      id: 'system/kernel',
      programs: words(
        'insmod rmmod modprobe depmod update-initramfs dracut grub-install update-grub grub-mkconfig efibootmgr kexec sysctl setenforce aa-disable aa-teardown apparmor_parser setsebool semanage chcon restorecon auditctl nvram csrutil spctl bless systemsetup pmset ldconfig update-alternatives mokutil fwupdmgr flashrom memdump',
      ),
      when: {
        none: [
          '-a',
          '--show',
          '-p=x',
          '--version',
          '--list',
          '-l',
          '--display',
          '--dry-run',
          '-n',
          '--all',
        ],
        test: (call) =>
          !/^(status|list|-p|get|display)\b/.test(text(call)) &&
          (call.program !== 'sysctl' ||
            call.has('-w', '-p', '--write', '--load', '--system') ||
            call.operands.some((word) => /=/.test(word.value ?? '='))) &&
          (call.program !== 'nvram' || !isKernelRead(call)) &&
          (call.program !== 'efibootmgr' || call.options.some((option) => option.name !== '-v')),
      },
      severity: 'serious',
      why: 'It changes the kernel, the boot or the protection of the machine.',
      examples: {
        match: ['modprobe -r x', 'sysctl -w a.b=1', 'setenforce 0', 'nvram -c', 'csrutil disable'],
        noMatch: ['sysctl a.b', 'csrutil status', 'nvram -p', 'sysctl -a'],
      },
    }),
    reader(
      'system/kernel-read',
      words(
        'sysctl lsmod modinfo getenforce sestatus aa-status csrutil nvram efibootmgr pmset update-alternatives spctl',
      ),
      { test: (call) => isKernelRead(call) },
      {
        match: ['sysctl -a', 'sysctl kernel.hostname', 'lsmod', 'csrutil status', 'nvram -p'],
        noMatch: ['sysctl -w a=b', 'csrutil disable', 'nvram -c'],
      },
      'none',
    ),
    system({
      id: 'system/firewall',
      programs: words(
        'iptables ip6tables iptables-restore nft ufw firewall-cmd ebtables ipset pfctl netsh tc ipvsadm conntrack',
      ),
      when: {
        none: [
          '-L',
          '--list',
          '-S',
          '--list-rules',
          '--list-all',
          '--state',
          '--check',
          '-C',
          '--list-all-zones',
          '--get-zones',
        ],
        test: (call) =>
          !/^(list|status|show|version|app list|-s)\b/.test(text(call)) &&
          !(call.program === 'pfctl' && call.has('-s')),
      },
      why: 'It changes the firewall or the traffic of the machine; you can be locked out.',
      examples: {
        match: ['iptables -F', 'ufw disable', 'nft flush ruleset'],
        noMatch: ['iptables -L', 'ufw status', 'nft list ruleset'],
      },
    }),
    system({
      id: 'system/network',
      programs: words(
        'ip ifconfig route nmcli ifdown ifup networksetup dhclient resolvectl systemd-resolve arp brctl ethtool iw iwconfig wg wg-quick scutil netplan hostname hostnamectl timedatectl localectl ntpdate hwclock',
      ),
      when: { test: (call) => changesNetwork(call) },
      why: 'It changes the network, the name or the clock of the machine.',
      examples: {
        match: [
          'ip link set eth0 down',
          'ip addr flush dev eth0',
          'ifconfig eth0 down',
          'route del default',
          'hostnamectl set-hostname x',
        ],
        noMatch: ['ip addr', 'ip route show', 'ifconfig', 'route -n', 'hostname'],
      },
    }),
    reader(
      'system/network-read',
      words(
        'ip ifconfig route nmcli networksetup resolvectl arp ethtool wg scutil timedatectl hostnamectl',
      ),
      { test: (call) => !changesNetwork(call) && first(call) !== 'netns' },
      {
        match: ['ip addr', 'ip -4 route show', 'ifconfig', 'route -n'],
        noMatch: ['ip link set eth0 down'],
      },
      'none',
    ),
    system({
      id: 'system/directory-service',
      programs: [
        'dscl',
        'sysadminctl',
        'dseditgroup',
        'defaults',
        'tmutil',
        'osascript',
        'profiles',
        'PlistBuddy',
        'plutil',
        'lsregister',
        'open',
        'xdg-open',
        'gsettings',
        'dconf',
        'gnome-extensions',
        'xset',
        'xrandr',
      ],
      when: {
        test: (call) =>
          !/^(\S+ )?-?(list|read|search|find|domains|help|get|dump|listbackups|destinationinfo|list-keys|list-schemas|info|show|status|latestbackup)\b/.test(
            text(call),
          ) && !call.has('-p', '-lint', '-list', '-read', '-q'),
      },
      severity: 'moderate',
      why: 'It changes settings of the desktop or of users.',
      examples: {
        match: ['defaults write com.apple.dock x 1', 'tmutil disable'],
        noMatch: ['defaults read com.apple.dock', 'dscl . list /Users'],
      },
    }),
    system({
      id: 'system/directory-service-loss',
      programs: ['dscl', 'sysadminctl', 'defaults', 'tmutil', 'profiles', 'dconf', 'gsettings'],
      when: {
        test: (call) =>
          /(^|\s)-?(delete|deletelocalsnapshots|deleteUser|remove|reset|reset-recursively)(\s|$)/.test(
            text(call),
          ) || call.options.some((option) => /^-(delete|deleteUser|remove|R)$/.test(option.name)),
      },
      verb: 'delete',
      category: 'data-mutation',
      reversible: 'no',
      why: 'It deletes users, backups or settings.',
      recovery: 'Only a backup helps.',
      examples: {
        match: ['dscl . delete /Users/x', 'tmutil delete /x'],
        noMatch: ['dscl . list /Users'],
      },
    }),
    reader(
      'system/desktop-read',
      [
        'dscl',
        'defaults',
        'tmutil',
        'gsettings',
        'dconf',
        'profiles',
        'plutil',
        'xset',
        'xrandr',
        'gnome-extensions',
      ],
      {
        test: (call) =>
          /^(\S+ )?-?(list|read|search|find|domains|get|dump|listbackups|list-keys|list-schemas|info|show|status|latestbackup|readall)\b/.test(
            text(call),
          ) || call.has('-p', '-lint', '-list', '-read', '-q'),
      },
      { match: ['defaults read a', 'dscl . list /Users'], noMatch: ['defaults write a b'] },
      'none',
    ),
    system({
      id: 'system/fork-bomb',
      programs: [':', 'bomb', 'fork', 'f', 'b'],
      when: {
        test: (call) =>
          call.invocation.pipedTo.length > 0 &&
          call.invocation.nesting.some(
            (step) => step.kind === 'compound' && step.label === `${call.program}()`,
          ),
      },
      category: 'data-mutation',
      severity: 'severe',
      reversible: 'no',
      target: { kind: 'process', name: 'every process' },
      why: 'It starts itself again and again until the machine stops.',
      recovery: 'Restart the machine.',
      examples: {
        match: [':(){ :|:& };:', 'bomb() { bomb | bomb & }; bomb'],
        noMatch: [': x', 'f() { ls; }; f'],
      },
    }),
  ],
};

function isServiceRead(call: Call): boolean {
  if (/^(journalctl|dmesg|coredumpctl)$/.test(call.program))
    return !/^(dump|debug|gdb)\b/.test(text(call)) || call.program !== 'coredumpctl';
  if (call.program === 'service') return call.has('--status-all') || /\sstatus$/.test(text(call));
  if (
    /^(hostnamectl|timedatectl|loginctl|localectl|bootctl)$/.test(call.program) &&
    call.operands.length === 0
  )
    return true;
  return (
    /^(status|show|list[\w-]*|is-[\w-]+|cat|get-default|help|print\w*|dumpstate|ls|logs|info|describe|jlist|prettylist|monit|show-environment|version|tail|pid|avail|user-status|session-status|query|statistics|timesync-status|blame|hostname)\b/.test(
      first(call),
    ) ||
    (call.operands.length === 0 &&
      call.options.length > 0 &&
      /^(systemctl|launchctl)$/.test(call.program) &&
      call.has('--version', '--failed', '--all', '-a', '--type', '-t', '--state'))
  );
}

function isKernelRead(call: Call): boolean {
  switch (call.program) {
    case 'sysctl':
      return (
        !call.has('-w', '-p', '--write', '--load', '--system', '-f') &&
        !call.operands.some((word) => /=/.test(word.value ?? '='))
      );
    case 'csrutil':
    case 'spctl':
      return /^(status|--status)/.test(text(call)) || call.has('--status');
    case 'nvram':
      return (
        call.has('-p', '-xp') ||
        (call.operands.length === 1 && call.options.length === 0 && !/=/.test(first(call)))
      );
    case 'efibootmgr':
      return call.operands.length === 0 && call.options.every((option) => option.name === '-v');
    case 'pmset':
      return call.has('-g');
    case 'update-alternatives':
      return call.has('--list', '--display', '--query', '--get-selections');
    default:
      return true;
  }
}

function killsMany(call: Call): boolean {
  const targets = call.operands.map((word) => word.value ?? '');
  const argv = call.invocation.argv.slice(1).map((word) => word.value ?? '');
  if (call.program === 'killall5') return true;
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

function changesNetwork(call: Call): boolean {
  const line = text(call);
  switch (call.program) {
    case 'ip':
      return (
        /(^|\s)(set|add|del|delete|flush|change|replace|append|restore|exec)(\s|$)/.test(line) &&
        !/^netns exec/.test(line)
      );
    case 'ifconfig':
      return call.operands.length > 1;
    case 'route':
      return /^(add|del|delete|flush|change)\b/.test(line) || call.has('-f');
    case 'nmcli':
      return /(^|\s)(up|down|add|modify|delete|edit|off|on|connect|disconnect|reload|rescan-x|hotspot|set|kill)(\s|$)/.test(
        line,
      );
    case 'networksetup':
      return (
        call.options.some((option) =>
          /^-(set|add|remove|delete|create|switch|enable|disable|order|rename|connect|detect)/.test(
            option.name,
          ),
        ) || /^-?(set|remove|delete|create|switch)/.test(line)
      );
    case 'resolvectl':
    case 'systemd-resolve':
      return (
        /^(dns|domain|revert|flush-caches|reset-\w+|llmnr|mdns)\b/.test(line) ||
        call.has('--flush-caches', '--set-dns', '--revert')
      );
    case 'arp':
      return call.has('-d', '-s', '-f');
    case 'ethtool':
      return call.has('-s', '-K', '-G', '-C', '-A', '-L', '-E', '-f', '--change', '--offload');
    case 'wg':
      return /^(set|setconf|addconf|syncconf)\b/.test(line);
    case 'scutil':
      return call.has('--set') || call.options.length === 0;
    case 'hostname':
      return call.operands.length > 0;
    case 'hostnamectl':
    case 'timedatectl':
    case 'localectl':
      return /^(set-|hostname \S)/.test(line);
    case 'hwclock':
      return call.has('-w', '-s', '--systohc', '--hctosys', '--set');
    default:
      return true;
  }
}
