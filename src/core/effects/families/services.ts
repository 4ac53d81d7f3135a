// Rules on services and schedules: what stops, starts and plans them.
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { first, said, system, text } from './systemRule.ts';

function isServiceRead(call: Call): boolean {
  if (call.program === 'dmesg' && call.has('-n')) return false;
  if (/^(journalctl|dmesg|coredumpctl)$/.test(call.program))
    return !/^(dump|debug|gdb)\b/.test(text(call)) || call.program !== 'coredumpctl';
  if (call.program === 'service')
    return call.has('--status-all') || /^\S+ status$/.test(text(call));
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

/** Rules on services and schedules: what stops, starts and plans them. */
export const serviceRules: readonly Rule[] = [
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
    recovery: 'Start or switch on the service again.',
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
        '-H',
        '--host',
        '--vacuum-size',
        '--vacuum-time',
        '--vacuum-files',
        '--rotate',
        '--flush',
        '--sync',
        '--relinquish-var',
        '--setup-keys',
        '--update-catalog',
        '--cursor-file',
        '--console-level',
        '--console-on',
        '--console-off',
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
    id: 'system/service-boot',
    programs: words('rc-update update-rc.d chkconfig insserv sysv-rc-conf'),
    when: {
      test: (call) => /(^|\s)(del|delete|remove|disable|off|--del)(\s|$)/.test(said(call)),
    },
    why: 'It keeps a service from starting with the machine: {target}.',
    recovery: 'Switch it on again.',
    examples: {
      match: ['rc-update del nginx', 'update-rc.d nginx remove', 'chkconfig nginx off'],
      noMatch: ['rc-update show', 'chkconfig --list'],
    },
  }),
  system({
    id: 'system/service-brew',
    programs: ['brew'],
    when: { test: (call) => /^services (stop|kill)\b/.test(text(call)) },
    why: 'It stops a service: {target}.',
    recovery: '`brew services start` starts it again.',
    examples: { match: ['brew services stop postgresql'], noMatch: ['brew services list'] },
  }),
];
