// Rules on the kernel, the firewall and the network of the machine.
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { first, system, text } from './systemRule.ts';

/** Every word of the call says that it only lists. */
function listsFirewall(call: Call): boolean {
  if (call.mayHaveHiddenOptions) return false;
  const names = call.options.map(({ name }) => name);
  switch (call.program) {
    case 'nft':
      return /^list\b/.test(text(call)) && !call.has('-f', '--file');
    case 'ufw':
      return /^(status|show|version|app (list|info))\b/.test(text(call));
    case 'firewall-cmd':
      return (
        names.length > 0 &&
        names.every((name) =>
          /^--(list|get|query|info|state|check|version|zone|permanent)/.test(name),
        )
      );
    case 'ipset':
      return /^(list|save|test|version)\b/.test(text(call));
    case 'pfctl':
      return names.length > 0 && names.every((name) => /^-[sv]$/.test(name));
    case 'conntrack':
      return call.has('-L', '-S', '-C', '-G') && !call.has('-D', '-F', '-U', '-I');
    case 'ipvsadm':
      return names.every((name) => /^-(L|l|n)$/.test(name)) && call.operands.length === 0;
    default:
      return (
        call.has('-L', '--list', '-S', '--list-rules', '-C', '--check') &&
        !call.has(
          ...words('-A -D -I -R -F -Z -N -X -P -E --flush --zero --delete --append --policy'),
        )
      );
  }
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

/** Rules on the kernel, the firewall and the network of the machine. */
export const machineRules: readonly Rule[] = [
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
        !call.has('--status', '-g') &&
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
    id: 'system/clock',
    programs: ['date', 'gdate'],
    when: {
      test: (call) =>
        call.has('-s', '--set') ||
        (call.operands.length > 0 &&
          !call.has('-d', '--date', '-r', '-j', '-f') &&
          !call.operands.every((word) => word.value?.startsWith('+') ?? false)),
    },
    why: 'It sets the clock of the machine; certificates, logs and schedules rely on it.',
    recovery: 'Set the clock again, best from the network.',
    examples: { match: ['date -s 2020-01-01'], noMatch: ['date', 'date +%F', 'date -d yesterday'] },
  }),
  reader(
    'system/attributes-read',
    ['getfacl', 'lsattr', 'getcap', 'getfattr'],
    {},
    { match: ['getfacl a', 'lsattr a'], noMatch: ['setfacl -b a'] },
  ),
  reader(
    'system/firewall-read',
    words('iptables ip6tables nft ufw firewall-cmd ebtables ipset pfctl conntrack ipvsadm'),
    { test: (call) => listsFirewall(call) },
    {
      match: ['iptables -L -n', 'iptables -t nat -S', 'nft list ruleset', 'ufw status verbose'],
      noMatch: ['iptables -F', 'nft flush ruleset', 'ufw disable', 'iptables -L -Z'],
    },
    'none',
  ),
];
