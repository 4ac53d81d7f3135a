// Rules on shells, commands and ports of other machines: ssh and its like.
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { network } from './networkRule.ts';

/** `ssh host bash -s`: a shell over there reads what stands in the input here. */
const runsItsInput = (call: Call) =>
  /^((sudo |env )*(ba|z|da|k)?sh( -[a-z]+)*|python3? -|node -|perl -)( --.*)?$/.test(
    call.operands
      .slice(1)
      .map(({ value }) => value ?? '')
      .join(' '),
  );

/** `-g`, or an address before the port: others may come in through this machine. */
const listensToAll = (call: Call) =>
  call.has('-g') || /^(\*|0\.0\.0\.0|\[?::\]?)?:/.test(call.valueOf('-L')?.value ?? ':');

/** `ssh -G HOST`; with other settings than the user's own, a line of these may start a program. */
const printsSettings = (call: Call) =>
  call.program === 'ssh' &&
  call.has('-G') &&
  !call.mayHaveHiddenOptions &&
  call.operands.length === 1 &&
  call.options.every(({ name }) => /^-[G46lpv]$/.test(name));

/** Rules on shells and ports of other machines. */
export const remoteShellRules: readonly Rule[] = [
  reader(
    'network/ssh-settings',
    ['ssh'],
    { test: printsSettings },
    {
      match: ['ssh -G example.org'],
      noMatch: ['ssh example.org', 'ssh -G -F ./own example.org', 'ssh -G -o A=b example.org'],
    },
    'none',
  ),
  network({
    id: 'network/remote-shell',
    programs: ['ssh', 'mosh', 'autossh', 'telnet', 'rlogin', 'rsh', 'mstsc', 'xfreerdp'],
    when: {
      test: (call) =>
        call.operands.length > 0 &&
        !call.invocation.isTransparentWrapper &&
        !printsSettings(call) &&
        !call.has('-R', '-D', '-L', '-w'),
    },
    severity: 'moderate',
    target: { kind: 'host', operand: 0 },
    why: 'It opens a shell on another machine, which the gate does not see.',
    recovery: 'Close the shell; look there at what was typed.',
    alternative: 'Give the command on the line, so that it can be read: `ssh host command`.',
    examples: { match: ['ssh example.org'], noMatch: ['ssh example.org ls'] },
  }),
  network({
    id: 'network/tunnel',
    programs: words(
      'ssh autossh ngrok cloudflared localtunnel lt bore frpc chisel serveo tailscale zrok localhost.run inlets',
    ),
    when: {
      test: (call) =>
        /^(auto)?ssh$/.test(call.program)
          ? call.has('-R', '-D', '-w') || (call.has('-L') && listensToAll(call))
          : !call.operands.some((word) =>
              /^(version|help|status|ip|list|ping|netcheck|info|whois|validate|config|diag\w*)$/.test(
                word.value ?? '',
              ),
            ) && !call.has('--version', '-v', '--help'),
    },
    severity: 'serious',
    target: 'none',
    why: 'It opens a way from the network to this machine, or around its borders.',
    recovery: 'End the program.',
    examples: {
      match: ['ssh -R 80:localhost:3000 serveo.net', 'ngrok http 3000'],
      noMatch: ['ssh host ls', 'ngrok version', 'cloudflared tunnel list', 'ssh -L 80:db:80 host'],
    },
  }),
  network({
    id: 'network/forward',
    programs: ['ssh', 'autossh'],
    when: { any: ['-L'], none: ['-R', '-D', '-w'], test: (call) => !listensToAll(call) },
    severity: 'moderate',
    target: { kind: 'host', operand: 0 },
    why: 'It brings a port of {target} to this machine; whoever uses the port here reaches what is there.',
    recovery: 'End the program.',
    examples: {
      match: ['ssh -N -L 5432:localhost:5432 db.example.org'],
      noMatch: ['ssh -R 80:localhost:80 host', 'ssh -L 0.0.0.0:80:db:80 host'],
    },
  }),
  network({
    id: 'network/remote-text',
    programs: ['ssh', 'sftp', 'mosh', 'rsh', 'lftp', 'ftp'],
    when: {
      test: (call) =>
        (!call.invocation.isTransparentWrapper || runsItsInput(call)) &&
        (call.invocation.input.kind !== 'inherit' ||
          call.has('-b') ||
          (/^(lftp|ftp)$/.test(call.program) && call.has('-e', '-c', '-f'))),
    },
    verb: 'execute-code',
    severity: 'serious',
    target: { kind: 'host', operand: 0 },
    why: 'It hands commands that are not read here to another machine.',
    recovery: 'Depends on what they do.',
    examples: {
      match: ['ssh prod < script.sh', 'ssh prod bash -s < script.sh', 'sftp -b batch host'],
      noMatch: ['ssh prod', 'ssh prod ls'],
    },
  }),
  network({
    id: 'network/remote-command',
    programs: ['ssh', 'autossh', 'mosh', 'rsh'],
    when: { test: (call) => call.invocation.isTransparentWrapper },
    category: 'read-only',
    severity: 'minor',
    reversible: 'yes',
    target: { kind: 'host', operand: 0 },
    why: 'It signs in to {target} and sends the command there.',
    recovery: 'Nothing to undo.',
    examples: { match: ['ssh host ls'], noMatch: ['ssh host'] },
  }),
];
