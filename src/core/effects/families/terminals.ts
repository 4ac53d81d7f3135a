// Rules on terminals inside of terminals: tmux, screen, zellij.
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { first, said, system } from './systemRule.ts';

/** What of tmux and screen only lists or prints. */
function isTerminalRead(call: Call): boolean {
  // `#(command)` in a format is run.
  if (call.mayHaveHiddenOptions || /#\(/.test(said(call))) return false;
  if (call.program === 'screen') return call.has('-ls', '-list', '-v') && !call.has('-X', '-d');
  if (
    /^(ls|list-\w+|has-session|has|info|show-options|show|showw|show-environment|show-messages)$/.test(
      first(call),
    )
  )
    return true;
  if (/^(display-message|display)$/.test(first(call))) return call.has('-p');
  return /^(capture-pane|capturep)$/.test(first(call)) && call.has('-p');
}

/** Rules on terminals inside of terminals. */
export const terminalRules: readonly Rule[] = [
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
