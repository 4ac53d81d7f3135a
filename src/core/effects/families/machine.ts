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

function changesNetwork(call: Call): boolean {
  const line = text(call);
  switch (call.program) {
    case 'ip':
      return (
        call.has('-b', '-batch', '--batch') ||
        (/(^|\s)(set|add|del|delete|flush|change|replace|append|restore|exec)(\s|$)/.test(line) &&
          !/^netns exec/.test(line))
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
    case 'brctl':
      return /^(add|del|set|stp|hairpin)\w*\b/.test(line);
    case 'bridge':
      return /(^|\s)(set|add|del|delete|replace|append)(\s|$)/.test(line);
    case 'iwconfig':
      return call.operands.length > 1;
    case 'iw':
      return /(^|\s)(del|set|add|connect|disconnect|scan trigger)(\s|$)/.test(line);
    case 'ovs-vsctl':
    case 'ovs-ofctl':
      return !/^(show|list\S*|get|find|dump\S*|br-exists|iface-to-br|port-to-br)\b/.test(line);
    case 'networkctl':
      return !/^(list|status|lldp|label|cat)?(\s|$)/.test(line);
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
