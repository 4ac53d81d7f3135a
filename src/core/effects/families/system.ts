// Services, processes, schedules, the kernel, the network of the machine.
import type { Family } from '../types.ts';
import { words } from '../words.ts';
import { daemonRules } from './daemonControls.ts';
import { desktopRules } from './desktop.ts';
import { firewallRules } from './firewalls.ts';
import { machineRules } from './machine.ts';
import { machineLossRules } from './machineLosses.ts';
import { processRules } from './processes.ts';
import { scheduleRules } from './schedules.ts';
import { serverRules } from './servers.ts';
import { serviceRules } from './services.ts';
import { terminalRules } from './terminals.ts';

export const systemFamily: Family = {
  name: 'system',
  about: 'Services, processes, schedules, the kernel and the network of the machine.',
  syntax: [
    {
      programs: words('systemctl journalctl loginctl hostnamectl timedatectl'),
      hasVerb: true,
      valueOptions: words(
        '-H -M -t -p -n -u -o -k --type --property --unit --lines --output --since --until --host',
      ),
      flags: words('--user --system --now --failed --all -a -l -q -r -f -e -x --no-pager'),
    },
    {
      programs: ['tmux', 'zellij', 'byobu'],
      abbreviates: false,
      valueOptions: words('-t -s -L -S -f -c -n -F -x -y'),
    },
    { programs: ['screen'], singleDashLong: true, valueOptions: ['-S', '-r', '-p', '-c', '-t'] },
    {
      programs: words('nginx httpd apachectl apache2ctl'),
      valueOptions: ['-s', '-c', '-g', '-p', '-k', '-f', '-d', '-e'],
      abbreviates: false,
    },
    { programs: ['haproxy'], singleDashLong: true, valueOptions: ['-f', '-p'] },
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
    { programs: ['ip'], singleDashLong: true },
    { programs: words('dscl networksetup tmutil'), singleDashLong: true },
    {
      programs: [
        'sysctl',
        'launchctl',
        'service',
        'nvram',
        'scutil',
        'defaults',
        'csrutil',
        'spctl',
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
    ...serviceRules,
    ...serverRules,
    ...daemonRules,
    ...scheduleRules,
    ...terminalRules,
    ...processRules,
    ...machineRules,
    ...machineLossRules,
    ...firewallRules,
    ...desktopRules,
  ],
};
