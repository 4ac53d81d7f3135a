// The shell's own commands: which of them change nothing beyond the line, and which set things for what follows.
import { reader } from '../readRule.ts';
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Family } from '../types.ts';
import { words } from '../words.ts';

/** The script that python's venv makes; a file of that name elsewhere may be anything. */
function isActivation(call: Call, context: EffectContext): boolean {
  const [file] = call.operands;
  if (file?.value === undefined || call.operands.length > 1) return false;
  const { place } = pathTarget(file, call, context);
  return (
    /(^|\/)(\.?venv|\.?env)\/(bin|Scripts)\/activate$/.test(file.value) &&
    (place === 'disposable' || place === 'workspace')
  );
}

export const shellFamily: Family = {
  name: 'shell',
  about: "The shell's own commands: directories, variables, tests, flow.",
  syntax: [
    { programs: ['read'], valueOptions: words('-d -i -n -N -p -t -u -a') },
    { programs: ['export', 'declare', 'typeset', 'local', 'readonly'], abbreviates: false },
  ],
  rules: [
    reader(
      'shell/flow',
      words(
        'cd pushd popd dirs : true false test [ [[ (( break continue return exit logout shift wait jobs fg bg disown getopts times caller let read mapfile readarray local type hash compgen help suspend',
      ),
      {},
      { match: ['cd src', 'test -f a', '[ -d b ]', 'read -r line'], noMatch: ['export A=b'] },
      'none',
    ),
    reader(
      'shell/options',
      ['set', 'shopt', 'ulimit', 'umask', 'unset', 'unsetopt', 'setopt', 'unalias'],
      {
        test: (call) =>
          !call.operands.some((word) => /^HIST|^PROMPT_COMMAND$/.test(word.value ?? '')) &&
          (call.program !== 'set' || call.options.length + call.operands.length > 0),
      },
      {
        match: ['set -euo pipefail', 'shopt -s globstar', 'unset FOO'],
        noMatch: ['unset HISTFILE', 'set'],
      },
      'none',
    ),
    {
      id: 'shell/activate',
      programs: ['source', '.'],
      when: { test: isActivation },
      verb: 'execute-code',
      category: 'config-change',
      severity: 'minor',
      reversible: 'yes',
      reach: 'workspace',
      target: 'first',
      why: "It switches this line to the workspace's own environment of packages.",
      recovery: 'It ends with this line.',
      examples: {
        match: ['source .venv/bin/activate', '. venv/bin/activate'],
        noMatch: ['source setup.sh', '. /tmp/venv/bin/activate', 'source $V/bin/activate'],
      },
    },
    reader(
      'shell/lookup',
      ['command', 'builtin'],
      { any: ['-v', '-V'] },
      { match: ['command -v node'], noMatch: ['command ls'] },
      'none',
    ),
    {
      id: 'shell/export',
      programs: ['export', 'declare', 'typeset', 'readonly'],
      when: { test: (call) => call.operands.length > 0 || call.invocation.assignments.length > 0 },
      verb: 'change-config',
      category: 'config-change',
      severity: 'minor',
      reversible: 'yes',
      reach: 'nothing',
      target: 'none',
      why: 'It sets a variable for what follows in this line.',
      recovery: 'It ends with this line.',
      examples: { match: ['export FOO=bar'], noMatch: ['cd a'] },
    },
    {
      id: 'shell/alias',
      programs: ['alias'],
      when: { operands: { min: 1 } },
      verb: 'change-config',
      category: 'config-change',
      severity: 'moderate',
      reversible: 'yes',
      reach: 'machine',
      target: 'none',
      why: 'It gives a name another meaning for the commands that follow.',
      recovery: '`unalias` takes it back.',
      examples: { match: ['alias ll="ls -l"'], noMatch: ['alias', 'unalias ll'] },
    },
    {
      id: 'shell/print-variables',
      programs: [
        'export',
        'declare',
        'typeset',
        'readonly',
        'set',
        'alias',
        'bind',
        'complete',
        'enable',
        'history',
      ],
      when: {
        operands: { max: 0 },
        none: words('-f -u -x -c -w -d -a -s -r'),
        test: (call) =>
          call.invocation.assignments.length === 0 &&
          (call.program !== 'set' || call.invocation.argv.length === 1),
      },
      verb: 'read',
      category: 'read-only',
      severity: 'minor',
      reversible: 'yes',
      reach: 'nothing',
      target: 'none',
      why: 'It prints variables, and secrets may be among them.',
      recovery: 'Renew a secret that was shown.',
      examples: {
        match: ['export -p', 'set', 'declare -p'],
        noMatch: ['export A=b', 'history -c', 'set -e'],
      },
    },
  ],
};
