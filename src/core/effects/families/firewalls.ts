// Rules on firewalls and on what shapes the traffic of the machine.
import { pretends } from '../pretending.ts';
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { system, text } from './systemRule.ts';

/** Every word of the call says that it only lists. */
function listsFirewall(call: Call): boolean {
  if (call.mayHaveHiddenOptions) return false;
  const names = call.options.map(({ name }) => name);
  switch (call.program) {
    case 'nft':
      return /^list\b[^;{\n]*$/.test(text(call)) && !call.has('-f', '--file');
    case 'ufw':
      return (
        pretends(call, '--dry-run') || /^(status|show|version|app (list|info))\b/.test(text(call))
      );
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
      return (
        names.length > 0 && names.every((name) => /^-[svrnIAiq]$/.test(name)) && call.has('-s')
      );
    case 'tc':
      return /^(-\w+ )*(qdisc|class|filter|action|chain)? ?(show|list|ls)?$/.test(
        call.operands
          .slice(0, 2)
          .map(({ value }) => value ?? '')
          .join(' '),
      );
    case 'iptables-save':
    case 'ip6tables-save':
      return !call.has('-f', '--file');
    case 'netsh':
      return (
        /(^|\s)(show|dump)(\s|$)/.test(text(call)) &&
        !/(^|\s)(set|add|delete|reset)(\s|$)/.test(text(call))
      );
    case 'fail2ban-client':
      return (
        /^(status|ping|version|get \S+ \w+)\b/.test(text(call)) || call.has('-V', '--version', '-d')
      );
    case 'ipfw':
      return /^(list|show)\b/.test(text(call));
    case 'csf':
      return call.has('-l', '-v', '-t', '-g') && call.options.length === 1;
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

/** Rules on firewalls. */
export const firewallRules: readonly Rule[] = [
  system({
    id: 'system/firewall',
    programs: words(
      'iptables ip6tables iptables-restore ip6tables-restore iptables-legacy iptables-nft nft ufw firewall-cmd ebtables arptables ipset pfctl netsh tc ipvsadm conntrack csf ipfw npf shorewall fail2ban-client tcpkill',
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
        !listsFirewall(call) &&
        !(call.program === 'pfctl' && call.has('-s')),
    },
    why: 'It changes the firewall or the traffic of the machine; you can be locked out.',
    recovery: 'Load the saved rules again.',
    alternative: 'Save the rules first: `iptables-save`, `nft list ruleset`.',
    examples: {
      match: ['iptables -F', 'ufw disable', 'nft flush ruleset', 'ipfw -f flush'],
      noMatch: [
        'iptables -L',
        'ufw status',
        'nft list ruleset',
        'tc qdisc show',
        'ufw --dry-run enable',
      ],
    },
  }),
  reader(
    'system/firewall-read',
    words(
      'iptables ip6tables iptables-save ip6tables-save nft ufw firewall-cmd ebtables ipset pfctl tc netsh conntrack ipvsadm fail2ban-client ipfw csf',
    ),
    { test: (call) => listsFirewall(call) },
    {
      match: [
        'iptables -L -n',
        'iptables -t nat -S',
        'iptables-save',
        'nft list ruleset',
        'ufw status verbose',
        'tc qdisc show',
        'pfctl -sr',
      ],
      noMatch: ['iptables -F', 'nft flush ruleset', 'ufw disable', 'iptables -L -Z'],
    },
    'none',
  ),
];
