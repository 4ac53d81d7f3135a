// Rules on the kernel and the network of the machine.
import { reader } from '../readRule.ts';
import { SHOWS_SECRET } from '../secretRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { first, system, text } from './systemRule.ts';

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
        (call.has('-p', '-xp') && !call.has('-c', '-d', '-f') && call.operands.length === 0) ||
        (call.operands.length === 1 && call.options.length === 0 && !/=/.test(first(call)))
      );
    case 'efibootmgr':
      return call.operands.length === 0 && call.options.every((option) => option.name === '-v');
    case 'pmset':
      return call.has('-g');
    case 'update-alternatives':
      return (
        call.options.length === 1 && call.has('--list', '--display', '--query', '--get-selections')
      );
    default:
      return true;
  }
}

/** WireGuard's keys and the passwords that NetworkManager keeps. */
const showsNetworkSecret = (call: Call) =>
  call.program === 'wg'
    ? /^showconf\b|\b(private-key|preshared-keys|dump)\b/.test(text(call))
    : call.program === 'nmcli' &&
      (call.has('-s', '--show-secrets') || /\bshow-password\b/.test(text(call)));

type Changes = (call: Call, line: string) => boolean;

const setsNames: Changes = (call, line) =>
  /^(dns|domain|revert|flush-caches|reset-\w+|llmnr|mdns)\b/.test(line) ||
  call.has('--flush-caches', '--set-dns', '--revert');

const changesSwitch: Changes = (_call, line) =>
  !/^(show|list\S*|get|find|dump\S*|br-exists|iface-to-br|port-to-br)\b/.test(line);

/** `hostnamectl`, `timedatectl`, `localectl`. */
const sets: Changes = (_call, line) => /^(set-|hostname \S)/.test(line);

/** How a call shows that it changes the network; `line` is its words. A program that is not here always does. */
const CHANGES: ReadonlyMap<string, Changes> = new Map(
  Object.entries<Changes>({
    ip: (call, line) =>
      call.has('-b', '-batch', '--batch') ||
      (/(^|\s)(set|add|del|delete|flush|change|replace|append|restore|exec)(\s|$)/.test(line) &&
        !/^netns exec/.test(line)),
    ifconfig: (call) => call.operands.length > 1,
    route: (call, line) => /^(add|del|delete|flush|change)\b/.test(line) || call.has('-f'),
    nmcli: (_call, line) =>
      /(^|\s)(up|down|add|modify|delete|edit|off|on|connect|disconnect|reload|rescan-x|hotspot|set|kill)(\s|$)/.test(
        line,
      ),
    networksetup: (call, line) =>
      call.options.some((option) =>
        /^-(set|add|remove|delete|create|switch|enable|disable|order|rename|connect|detect)/.test(
          option.name,
        ),
      ) || /^-?(set|remove|delete|create|switch)/.test(line),
    resolvectl: setsNames,
    'systemd-resolve': setsNames,
    arp: (call) => call.has('-d', '-s', '-f'),
    ethtool: (call) =>
      call.has('-s', '-K', '-G', '-C', '-A', '-L', '-E', '-f', '--change', '--offload'),
    brctl: (_call, line) => /^(add|del|set|stp|hairpin)\w*\b/.test(line),
    bridge: (_call, line) => /(^|\s)(set|add|del|delete|replace|append)(\s|$)/.test(line),
    iwconfig: (call) => call.operands.length > 1,
    iw: (_call, line) => /(^|\s)(del|set|add|connect|disconnect|scan trigger)(\s|$)/.test(line),
    'ovs-vsctl': changesSwitch,
    'ovs-ofctl': changesSwitch,
    networkctl: (_call, line) => !/^(list|status|lldp|label|cat)?(\s|$)/.test(line),
    wg: (_call, line) => /^(set|setconf|addconf|syncconf)\b/.test(line),
    scutil: (call) => call.has('--set') || call.options.length === 0,
    hostname: (call) => call.operands.length > 0,
    hostnamectl: sets,
    timedatectl: sets,
    localectl: sets,
    hwclock: (call) => call.has('-w', '-s', '--systohc', '--hctosys', '--set'),
  }),
);

function changesNetwork(call: Call): boolean {
  return CHANGES.get(call.program)?.(call, text(call)) ?? true;
}

/** Rules on the kernel and the network of the machine. */
export const machineRules: readonly Rule[] = [
  system({
    id: 'system/kernel',
    programs: words(
      'insmod rmmod modprobe depmod update-initramfs dracut grub-install update-grub grub-mkconfig efibootmgr kexec sysctl setenforce mkinitcpio bcdboot aa-disable aa-teardown apparmor_parser setsebool semanage chcon restorecon auditctl nvram csrutil spctl bless systemsetup pmset ldconfig update-alternatives mokutil fwupdmgr flashrom memdump',
    ),
    when: {
      none: [
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
        !(call.program === 'sysctl' && call.has('-a', '-A')) &&
        !(
          /^(modprobe|insmod)$/.test(call.program) &&
          call.has('-a') &&
          call.operands.length === 0
        ) &&
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
    recovery: 'Set it back; what was not saved is undone by a restart.',
    examples: {
      match: ['modprobe -r x', 'sysctl -w a.b=1', 'setenforce 0', 'nvram -c', 'csrutil disable'],
      noMatch: ['sysctl a.b', 'csrutil status', 'nvram -p', 'sysctl -a'],
    },
  }),
  reader(
    'system/kernel-read',
    words(
      'sysctl lsmod modinfo getenforce getsebool sestatus aa-status csrutil nvram efibootmgr pmset update-alternatives spctl',
    ),
    { test: (call) => isKernelRead(call) },
    {
      match: ['sysctl -a', 'sysctl kernel.hostname', 'lsmod', 'csrutil status', 'nvram -p'],
      noMatch: ['sysctl -w a=b', 'csrutil disable', 'nvram -c'],
    },
    'none',
  ),
  system({
    id: 'system/network',
    programs: words(
      'ip ifconfig route nmcli ifdown ifup networksetup dhclient resolvectl systemd-resolve arp brctl bridge ovs-vsctl ovs-ofctl networkctl ethtool iw iwconfig wg wg-quick scutil netplan hostname hostnamectl timedatectl localectl ntpdate hwclock',
    ),
    when: { test: (call) => changesNetwork(call) },
    why: 'It changes the network, the name or the clock of the machine.',
    recovery: 'Set it back; what was not saved is undone by a restart.',
    examples: {
      match: [
        'ip link set eth0 down',
        'ip addr flush dev eth0',
        'ifconfig eth0 down',
        'route del default',
        'hostnamectl set-hostname x',
      ],
      noMatch: ['ip addr', 'ip route show', 'ifconfig', 'route -n', 'hostname', 'brctl show'],
    },
  }),
  system({
    id: 'system/network-secret',
    programs: ['nmcli', 'wg'],
    when: { test: showsNetworkSecret },
    ...SHOWS_SECRET,
    target: 'none',
    why: 'It prints keys or passwords of networks.',
    examples: {
      match: [
        'wg showconf wg0',
        'wg show all dump',
        'nmcli -s con show x',
        'nmcli dev wifi show-password',
      ],
      noMatch: ['wg show', 'nmcli con show'],
    },
  }),
  reader(
    'system/network-read',
    words(
      'ip ifconfig route nmcli networksetup resolvectl arp ethtool wg scutil timedatectl hostnamectl brctl bridge iwconfig iw ovs-vsctl ovs-ofctl networkctl',
    ),
    {
      test: (call) => !changesNetwork(call) && !showsNetworkSecret(call) && first(call) !== 'netns',
    },
    {
      match: ['ip addr', 'ip -4 route show', 'ifconfig', 'route -n'],
      noMatch: ['ip link set eth0 down', 'wg showconf wg0'],
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
];
