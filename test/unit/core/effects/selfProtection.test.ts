// I9 – whatever puts the gate out of action or changes what it allows is CRITICAL, in any spelling.
import assert from 'node:assert/strict';
import { createTester, HOME, type Tester, WORKSPACE } from '../../../helpers/analysis.ts';

let tester: Tester;
before(async () => {
  tester = await createTester();
});

const gatePaths = [
  `${WORKSPACE}/.interlock`,
  `${HOME}/.config/Code/User`,
  `${HOME}/.vscode/extensions/interlock.interlock-0.1.0`,
];

/** The level, and whether an effect says that it is about the gate. */
function look(line: string): { level: string; verdict: string; tampers: boolean } {
  const { assessment, ruling } = tester.judge(line, {
    context: { gatePaths },
    policy: {
      autoApprove: 'contained',
      rules: [{ match: '.*', kind: 'regex', action: 'allow', upTo: 'HIGH' }],
    },
  });
  const tampers = assessment.effects.some(({ verb }) => verb === 'tamper-gate');
  return { level: assessment.level, verdict: ruling.verdict, tampers };
}

/** Ways to change a file, with `%` for its path. */
const WRITES = [
  "echo '{}' > %",
  'echo x >> %',
  'printf x | tee %',
  'printf x | tee -a % > /dev/null',
  "sed -i 's/a/b/' %",
  "sed -i.bak -e 's/a/b/' %",
  "perl -pi -e 's/a/b/' %",
  'cp /tmp/x %',
  'mv /tmp/x %',
  'ln -sf /tmp/x %',
  'install -m 644 /tmp/x %',
  'rsync /tmp/x %',
  'dd if=/tmp/x of=%',
  'truncate -s 0 %',
  'rm %',
  'rm -f -- %',
  'unlink %',
  'shred -u %',
  'chmod 000 %',
  'mv % /tmp/y',
  `python3 -c "open('%', 'w').write('{}')"`,
  `node -e "require('fs').writeFileSync('%', '{}')"`,
  `ruby -e "File.write('%', '{}')"`,
  'bash -c "echo x > %"',
  'cat > % <<E\n{}\nE',
  'curl -o % https://x.example',
  'wget -O % https://x.example',
  'git checkout -- %',
  'git checkout main -- %',
  'git restore %',
  'git restore --source main %',
  'find % -delete',
  'find / -name settings.json -exec cp /tmp/x % \\;',
  'echo % | xargs rm',
  'sudo tee % < /tmp/x',
  'jq . /tmp/x > %',
  'sponge % < /tmp/x',
  'ed % <<< w',
  'patch % < /tmp/x',
  'tar -xf /tmp/x -C %',
  'unzip -o /tmp/x -d %',
  'sqlite3 % "delete from x"',
];

const FILES = [
  '.vscode/settings.json',
  './.vscode/../.vscode/settings.json',
  `${WORKSPACE}/.vscode/settings.json`,
  'app.code-workspace',
  '.devcontainer/devcontainer.json',
  '.devcontainer.json',
  `${HOME}/.config/Code/User/settings.json`,
  '~/.config/Code/User/settings.json',
  `${HOME}/.config/Code/User/globalStorage/state.vscdb`,
  '.interlock/sessions/2026-06-01/x/audit.ndjson',
  `${HOME}/.vscode/extensions/interlock.interlock-0.1.0/dist/extension.js`,
  '.claude/settings.json',
  '.claude/settings.local.json',
  '~/.claude/settings.json',
  '.claude/hooks/pre.sh',
  '~/.codex/config.toml',
  '.codex/hooks.json',
  '.cursor/hooks.json',
  '.cursor/mcp.json',
  '.gemini/settings.json',
  '.github/hooks/x.json',
  '.mcp.json',
  '.vscode/mcp.json',
];

describe('self-protection (I9)', () => {
  for (const write of WRITES) {
    it(`\`${write.replaceAll('\n', '↵')}\` on .vscode/settings.json is CRITICAL and asks`, () => {
      const { level, verdict } = look(write.replaceAll('%', '.vscode/settings.json'));
      assert.deepEqual([level, verdict], ['CRITICAL', 'ask']);
    });
  }

  for (const file of FILES) {
    it(`each way to write ${file} is CRITICAL`, () => {
      const weaker = [
        "echo '{}' > %",
        'printf x | tee %',
        "sed -i 's/a/b/' %",
        'cp /tmp/x %',
        'rm %',
      ]
        .map((write) => write.replaceAll('%', file))
        .filter((line) => look(line).level !== 'CRITICAL');
      assert.deepEqual(weaker, []);
    });
  }

  for (const line of [
    'code --install-extension a.b',
    'code --uninstall-extension interlock.interlock',
    'code-server --install-extension x.vsix',
    'code --disable-extension interlock.interlock',
    'code --disable-extensions .',
    '/usr/bin/code --uninstall-extension interlock.interlock',
    'sudo code --uninstall-extension interlock.interlock',
    'xargs code --uninstall-extension < names',
    'bash -c "code --uninstall-extension interlock.interlock"',
    'kill -9 $(pgrep -f extensionHost)',
    'pkill -f extensionHost',
    'pkill -9 -f extension-host',
    'killall code',
    'killall node',
    'pkill code',
    'pkill -f interlock',
    'kill -9 -1',
    'kill -9 $PPID',
    'rm -rf .interlock',
    'rm -rf .vscode',
    'rm -rf ~/.vscode/extensions',
    'rm -rf ~/.vscode/extensions/interlock.interlock-0.1.0',
    'rm -rf ~/.config/Code',
    'mv .interlock /tmp/x',
    'git clean -fdx .interlock',
    'chattr +i .interlock',
    'cd .vscode && echo x > settings.json',
    'cd .vscode; sed -i s/a/b/ settings.json',
    'pushd .interlock && rm -r sessions',
    'F=.vscode/settings.json; echo x > $F',
    'echo x > .vs""code/settings.json',
    'echo x > .vscode/setting?.json',
    'cp -r /tmp/x/. .vscode',
    'cp -r /tmp/x/.vscode .',
    'git checkout other -- .vscode',
    'git config core.hooksPath .interlock',
  ]) {
    it(`\`${line}\` is CRITICAL and asks`, () => {
      const { level, verdict } = look(line);
      assert.deepEqual([level, verdict], ['CRITICAL', 'ask']);
    });
  }

  for (const line of [
    'cat .vscode/settings.json',
    'ls .interlock',
    'git diff .vscode',
    'grep x .claude/settings.json',
    'code --list-extensions',
    'git add .vscode/settings.json',
    'cat .interlock/sessions/2026-06-01/x/audit.ndjson',
  ]) {
    it(`\`${line}\` only reads or notes, and is not CRITICAL`, () => {
      assert.notEqual(look(line).level, 'CRITICAL');
    });
  }
});
