// Rules on what package managers are told for later: settings, sources, the files of the workspace.
import { pretends } from '../pretending.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { foreign, NODE, second, VERSIONS, verb } from './packageRule.ts';

/** `npm config set script-shell x`: what is set starts with every script. */
function setsCode(call: Call): boolean {
  const line = call.operands.map(({ value }) => value ?? '').join(' ');
  return (
    /^((config|c) )?set (script-shell|shell|git|editor|viewer|node-options|node_options|npm-path|browser|init-module)\b/.test(
      line,
    ) && /^(npm|pnpm|yarn)$/.test(call.program)
  );
}

/** Rules on settings and sources of packages. */
export const packageSettingRules: readonly Rule[] = [
  foreign({
    id: 'packages/versions',
    programs: VERSIONS,
    when: {
      test: (call) =>
        /^(install|i|use|global|local|shell|default|toolchain|update|upgrade|component|target|override|pin|set|trust|settings|alias|self-update|plugin|plugins|sync|reshim|unset|activate|self|cache|link|generate|tool-alias|mcp|en)$/.test(
          call.subcommand[0] ?? verb(call),
        ) && !/^(uninstall|remove|list|ls)$/.test(second(call)),
    },
    why: 'It installs or switches versions of tools.',
    target: 'none',
    recovery: 'Switch back to the old version.',
    examples: {
      match: [
        'rustup toolchain install nightly',
        'nvm use 20',
        'mise use node@20',
        'rustup update',
      ],
      noMatch: ['rustup show', 'mise ls', 'mise run x'],
    },
  }),
  foreign({
    id: 'packages/manage',
    programs: NODE,
    when: {
      test: (call) =>
        /^(link|ln|version|pkg|rebuild|rb|dedupe|ddp|shrinkwrap|pack|patch|patch-commit|fund|set-script|cache|audit|import|store|deploy|approve-builds|self-update|up|unlink|workspaces|policies|plugin|stage|edit|explore|star|unstar|profile|doctor|repo|docs|bugs)$/.test(
          verb(call),
        ) &&
        !pretends(call, '--dry-run') &&
        !(verb(call) === 'audit' && second(call) !== 'fix' && !call.has('--fix')) &&
        !(
          /^(cache|store|pkg)$/.test(verb(call)) &&
          /^(ls|list|verify|path|status|get|dir)$/.test(second(call))
        ),
    },
    verb: 'change-config',
    category: 'config-change',
    severity: 'minor',
    reach: 'workspace',
    why: 'It changes the package files of the workspace, or the cache.',
    target: 'none',
    examples: {
      match: ['npm version patch', 'npm cache clean --force', 'npm pack'],
      noMatch: ['npm ls'],
    },
  }),
  foreign({
    id: 'packages/configure',
    programs: [...NODE, ...words('pip pip3 poetry conda bundle gem composer')],
    when: {
      test: (call) =>
        !setsCode(call) &&
        ((/^(config|c)$/.test(verb(call)) && !/^(get|list|ls|debug|show)?$/.test(second(call))) ||
          (call.program === 'npm' && verb(call) === 'set')),
    },
    verb: 'change-config',
    category: 'config-change',
    why: 'It changes settings of the package manager, such as where packages come from.',
    target: 'none',
    recovery: 'Set the old value again.',
    examples: {
      match: ['npm config set registry http://x', 'npm set init.author.name A'],
      noMatch: ['npm config get registry'],
    },
  }),
  foreign({
    id: 'packages/configure-code',
    programs: ['npm', 'pnpm', 'yarn'],
    when: { test: setsCode },
    verb: 'change-config',
    category: 'config-change',
    severity: 'serious',
    why: 'It sets a shell or a program that the package manager starts from now on.',
    target: 'none',
    recovery: 'Delete the setting: `npm config delete NAME`.',
    examples: {
      match: ['npm config set script-shell /tmp/x', 'npm config set git ./git'],
      noMatch: ['npm config set registry http://x', 'npm config get script-shell'],
    },
  }),
  foreign({
    id: 'packages/sources',
    programs: words('apt-key add-apt-repository apt-add-repository'),
    when: { none: ['--help', '-h', 'list', '--list'] },
    verb: 'change-config',
    category: 'config-change',
    severity: 'moderate',
    why: 'It changes where the software of the machine comes from and whom it trusts.',
    recovery: 'Remove the source and its key again.',
    target: 'none',
    examples: { match: ['add-apt-repository ppa:a/b', 'apt-key add k'], noMatch: ['apt update'] },
  }),
];
