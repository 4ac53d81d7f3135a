// The gate itself: extensions, hooks and settings of the editor and of agents. Writing to their files is told by place.
import { READING } from '../readRule.ts';
import type { Call, Family, Rule } from '../types.ts';
import { words } from '../words.ts';

type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

function gate(spec: Spec): Rule {
  return {
    verb: 'tamper-gate',
    category: 'config-change',
    severity: 'extreme',
    reversible: 'effort',
    reach: 'machine',
    target: { kind: 'setting', name: 'the gate' },
    recovery: 'Install and switch on the extension again; look at what ran in between.',
    ...spec,
  };
}

const EDITORS = words(
  'code code-insiders code-server cursor windsurf codium vscodium code-oss positron trae kiro antigravity',
);

/** A tool for migrations of databases has the name of an agent: `goose -dir migrations up`. */
const isMigration = (call: Call) =>
  call.program === 'goose' &&
  (call.has('-dir', '-table') ||
    /^(up|up-by-one|up-to|down|down-to|redo|reset|status|version|create|fix|validate|postgres|mysql|sqlite3)$/.test(
      call.operands[0]?.value ?? '',
    ));

export const gateFamily: Family = {
  name: 'gate',
  about: 'What would put the gate out of action or change what it allows.',
  syntax: [
    {
      programs: EDITORS,
      abbreviates: false,
      valueOptions: words(
        '--install-extension --uninstall-extension --disable-extension --extensions-dir --user-data-dir --profile -g --goto --add --remove --locate-extension --enable-proposed-api',
      ),
    },
    {
      programs: words('claude codex gemini copilot cursor-agent aider goose amp opencode'),
      abbreviates: false,
      valueOptions: words(
        '-p --print --model -m --settings --config -c --permission-mode --allowedTools --mcp-config --sandbox -s',
      ),
    },
  ],
  rules: [
    gate({
      id: 'gate/extensions',
      programs: EDITORS,
      when: {
        any: words(
          '--install-extension --uninstall-extension --disable-extension --disable-extensions --extensions-dir --enable-proposed-api --user-data-dir --update-extensions --extensionDevelopmentPath --inspect-extensions --inspect-brk-extensions --disable-workspace-trust',
        ),
      },
      why: 'It installs, removes or switches off extensions of the editor; the gate is one of them.',
      examples: {
        match: ['code --uninstall-extension a.b', 'code --disable-extensions .'],
        noMatch: ['code a.ts', 'code --list-extensions'],
      },
    }),
    gate({
      id: 'gate/open-editor',
      programs: EDITORS,
      when: {
        none: words(
          '--install-extension --uninstall-extension --disable-extension --disable-extensions --extensions-dir --enable-proposed-api --user-data-dir --update-extensions --extensionDevelopmentPath --inspect-extensions --inspect-brk-extensions --disable-workspace-trust --list-extensions --version -v --status -s --help -h',
        ),
      },
      verb: 'execute-code',
      severity: 'moderate',
      target: 'none',
      why: 'It opens the editor, which can run tasks and extensions.',
      recovery: 'Close the window.',
      examples: { match: ['code .', 'code tunnel'], noMatch: ['code --version'] },
    }),
    gate({
      id: 'gate/editor-read',
      programs: EDITORS,
      when: {
        any: words('--list-extensions --version -v --status -s --help -h'),
        none: words(
          '--install-extension --uninstall-extension --disable-extension --extensions-dir --user-data-dir',
        ),
      },
      ...READING,
      target: 'none',
      why: 'It only lists.',
      examples: { match: ['code --list-extensions'], noMatch: ['code --install-extension a.b'] },
    }),
    gate({
      id: 'gate/agent-unbound',
      programs: words(
        'claude codex gemini copilot cursor-agent aider goose amp opencode qwen crush',
      ),
      when: {
        test: (call) =>
          call.options.some(
            ({ name, value }) =>
              /^--(dangerously-\S+|yolo|full-auto|allow-all-tools|allow-all-paths|force|trust-all-tools|skip-permissions\S*|bypass\S*|no-sandbox|auto-approve|yes-always|approve-mcps|unsafe-\S+)$/.test(
                name,
              ) ||
              (name === '--permission-mode' &&
                /bypass|acceptEdits|dontAsk/i.test(value?.value ?? '')) ||
              (name === '--sandbox' && /danger/.test(value?.value ?? '')) ||
              (/^(-s)$/.test(name) && /danger/.test(value?.value ?? '')) ||
              name === '--settings' ||
              name === '--approval-mode',
          ) || call.has('--yes'),
      },
      severity: 'severe',
      verb: 'execute-code',
      category: 'data-mutation',
      reversible: 'unknown',
      target: { kind: 'program', name: 'another agent' },
      why: 'It starts another agent that asks nobody.',
      recovery: 'Stop it and look at what it did.',
      examples: {
        match: ['claude --dangerously-skip-permissions -p hi', 'codex --yolo'],
        noMatch: ['claude --version', 'claude -p hi'],
      },
    }),
    gate({
      id: 'gate/agent',
      programs: words(
        'claude codex gemini copilot cursor-agent aider goose amp opencode qwen crush',
      ),
      when: {
        test: (call) =>
          !isMigration(call) &&
          !/^(--version|mcp list|config list|config get|doctor)$/.test(
            call.operands
              .slice(0, 2)
              .map((word) => word.value)
              .join(' '),
          ) &&
          call.invocation.argv.length > 0,
      },
      verb: 'execute-code',
      category: 'data-mutation',
      severity: 'moderate',
      reversible: 'unknown',
      target: { kind: 'program', name: 'another agent' },
      why: 'It starts another agent, whose commands pass its own gate, not this one.',
      recovery: 'Stop it and look at what it did.',
      examples: { match: ['claude -p hi', 'codex exec hi'], noMatch: ['git status'] },
    }),
  ],
};
