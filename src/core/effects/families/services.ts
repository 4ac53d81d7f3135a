// Rules on services and schedules: what stops, starts and plans them.
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { first, system, text } from './systemRule.ts';

/** Every word of the call, options with them. */
const said = (call: Call) =>
  call.invocation.argv
    .slice(1)
    .map((word) => word.value ?? '')
    .join(' ');

/** A server's own check of its settings. */
function isServerCheck(call: Call): boolean {
  if (call.mayHaveHiddenOptions) return false;
  if (call.program === 'haproxy') return call.has('-c', '-v', '-V') && !call.has('-D', '-W', '-p');
  if (
    /^(configtest|fullstatus|status|validate|version|healthcheck|list-modules|environ)$/.test(
      first(call),
    )
  )
    return true;
  return (
    call.operands.length === 0 &&
    call.has('-t', '-T', '-v', '-V', '-S', '-M') &&
    !call.has('-s', '-k')
  );
}

/** What of tmux and screen only lists or prints. */
function isTerminalRead(call: Call): boolean {
  if (call.mayHaveHiddenOptions) return false;
  if (call.program === 'screen') return call.has('-ls', '-list', '-v') && !call.has('-X', '-d');
  if (
    /^(ls|list-\w+|has-session|has|info|show-options|show|showw|show-environment|show-messages)$/.test(
      first(call),
    )
  )
    return true;
  if (/^(display-message|display)$/.test(first(call)))
    return call.has('-p') && !/#\(/.test(said(call));
  return /^(capture-pane|capturep)$/.test(first(call)) && call.has('-p');
}

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
    {
      test: (call) => call.program === 'atq' || call.has('-l'),
      none: ['-r', '-e', '-f'],
    },
    { match: ['crontab -l'], noMatch: ['crontab -r'] },
    'none',
  ),

  system({
    id: 'system/service-off',
    programs: words(
      'nginx apachectl apache2ctl httpd caddy lighttpd haproxy traefik squid unit unitd',
    ),
    when: {
      test: (call) =>
        /^(stop|quit|graceful-stop|kill)$/.test(first(call)) ||
        /^(stop|quit)$/.test(call.valueOf('-s', '-k')?.value ?? '') ||
        (call.program === 'haproxy' && call.has('-st', '-sf')),
    },
    why: 'It stops a server: {target}.',
    examples: {
      match: ['nginx -s stop', 'apachectl stop', 'caddy stop'],
      noMatch: ['nginx -t', 'nginx -s reload', 'apachectl configtest'],
    },
  }),
  system({
    id: 'system/service-run',
    programs: words('nginx apachectl apache2ctl httpd caddy lighttpd haproxy traefik'),
    when: {
      test: (call) =>
        !isServerCheck(call) &&
        !/^(stop|quit|graceful-stop|kill)$/.test(first(call)) &&
        !/^(stop|quit)$/.test(call.valueOf('-s', '-k')?.value ?? ''),
    },
    severity: 'moderate',
    why: 'It starts or reloads a server.',
    examples: { match: ['nginx', 'nginx -s reload'], noMatch: ['nginx -t', 'nginx -s stop'] },
  }),
  reader(
    'system/server-check',
    words('nginx apachectl apache2ctl httpd caddy lighttpd haproxy traefik'),
    { test: isServerCheck },
    {
      match: ['nginx -t', 'nginx -v', 'apachectl configtest', 'haproxy -c -f x.cfg'],
      noMatch: ['nginx -s stop', 'nginx'],
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
    examples: { match: ['brew services stop postgresql'], noMatch: ['brew services list'] },
  }),
  system({
    id: 'system/terminal-end',
    programs: ['tmux', 'screen', 'zellij', 'byobu'],
    when: {
      test: (call) =>
        /^(kill-(server|session|window|pane)|kill-all-sessions|delete-(all-)?sessions?)$/.test(
          first(call),
        ) ||
        (call.program === 'screen' && /(^|\s)(quit|kill)(\s|$)/.test(said(call))),
    },
    category: 'data-mutation',
    reversible: 'no',
    why: 'It ends terminals with everything that runs in them.',
    recovery: 'Start the programs again.',
    examples: {
      match: ['tmux kill-server', 'screen -S work -X quit'],
      noMatch: ['tmux ls', 'screen -ls'],
    },
  }),
  system({
    id: 'system/terminal-type',
    programs: ['tmux', 'screen', 'zellij'],
    when: {
      test: (call) =>
        /^(send-keys|send|paste-buffer|pasteb|run-shell|run|if-shell|pipe-pane|respawn-pane|respawn-window|source-file|action)$/.test(
          first(call),
        ) ||
        (call.program === 'screen' && call.has('-X') && !/\b(quit|kill)\b/.test(said(call))),
    },
    verb: 'execute-code',
    category: 'data-mutation',
    reversible: 'unknown',
    why: 'It types into another terminal or runs text there, where the gate does not see it.',
    recovery: 'Depends on what was typed.',
    examples: {
      match: ['tmux send-keys -t 0 ls Enter', 'screen -S a -X stuff ls'],
      noMatch: ['tmux ls', 'tmux capture-pane -p'],
    },
  }),
  system({
    id: 'system/terminal-open',
    programs: ['tmux', 'screen', 'zellij', 'byobu'],
    when: {
      test: (call) =>
        !isTerminalRead(call) &&
        !/^(kill-|delete-|send|paste|run|if-shell|pipe-pane|respawn|source|action)/.test(
          first(call),
        ) &&
        !call.has('-X'),
    },
    verb: 'execute-code',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'unknown',
    why: 'It opens a terminal whose commands the gate does not see.',
    recovery: 'Close it.',
    examples: { match: ['tmux', 'tmux new -d -s x'], noMatch: ['tmux ls', 'screen -ls'] },
  }),
  reader(
    'system/terminal-read',
    ['tmux', 'screen'],
    { test: isTerminalRead },
    {
      match: ['tmux ls', 'tmux capture-pane -t main -p', 'screen -ls'],
      noMatch: ['tmux', 'tmux kill-server', 'tmux capture-pane'],
    },
    'none',
  ),
];
