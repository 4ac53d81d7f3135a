// Rules on pulumi, CDK, serverless and other tools that build infrastructure from code, and on ansible.
import { pretends } from '../pretending.ts';
import { READING } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { iac, path, verb } from './iacRule.ts';

/** Modules of ansible that only look. */
const isAnsibleProbe = (call: Call) =>
  call.program === 'ansible' &&
  /^(ansible\.builtin\.)?(ping|setup|debug|stat|gather_facts|package_facts|service_facts)$/.test(
    call.valueOf('-m', '--module-name')?.value ?? '',
  );

function isIacRead(call: Call): boolean {
  if (call.mayHaveHiddenOptions || call.has('--show-secrets')) return false;
  if (pretends(call, '--preview-only')) return true;
  if (
    /^(preview|diff|synth|list|ls|status|info|print|whoami|about|logs|global-status|ssh-config|version)$/.test(
      verb(call),
    )
  )
    return true;
  return /^(stack ?|stack (ls|output|graph|history|export)|config ?|config get|plugin ls)$/.test(
    path(call),
  );
}

/** A dry run, a list, a syntax check, or a module that only looks. */
function onlyLooksByAnsible(call: Call): boolean {
  switch (call.program) {
    case 'ansible-inventory':
    case 'ansible-doc':
    case 'ansible-config':
      return true;
    case 'ansible-galaxy':
      return /^((role|collection) )?(list|info|search)\b/.test(path(call));
    default:
      return (
        pretends(
          call,
          '--check',
          '-C',
          '--list-hosts',
          '--list-tasks',
          '--list-tags',
          '--syntax-check',
        ) || isAnsibleProbe(call)
      );
  }
}

/** A preview runs the program that describes the infrastructure. */
const runsProgram = (call: Call) =>
  (/^(preview|diff|synth|print|info)$/.test(verb(call)) ||
    (/^(cdk|cdktf)$/.test(call.program) && /^(list|ls)$/.test(verb(call))) ||
    pretends(call, '--preview-only')) &&
  call.program !== 'vagrant';

/** Rules on other tools that build infrastructure. */
export const iacToolRules: readonly Rule[] = [
  iac({
    id: 'iac/destroy',
    programs: words('pulumi cdk cdktf serverless sls sst vagrant'),
    when: {
      test: (call) =>
        !pretends(call, '--preview-only') &&
        (/^(destroy|down|remove|rm|state delete|stack rm|cancel|delete)$/.test(verb(call)) ||
          /^(stack rm|state delete|stack delete)$/.test(path(call))),
    },
    why: 'It destroys {target}.',
    alternative: 'Preview it first: `pulumi destroy --preview-only`, `cdk diff`.',
    examples: {
      match: ['pulumi destroy', 'cdk destroy', 'pulumi stack rm dev', 'serverless remove'],
      noMatch: ['pulumi preview', 'cdk diff', 'pulumi destroy --preview-only'],
    },
  }),
  iac({
    id: 'iac/deploy',
    programs: words('pulumi cdk cdktf serverless sls sst vagrant nixos-rebuild'),
    when: {
      test: (call) =>
        /^(up|update|deploy|import|refresh|bootstrap|provision|switch|boot|test|watch|dev|reload|state)$/.test(
          verb(call),
        ) &&
        !/^(stack rm|state delete|state export)$/.test(path(call)) &&
        call.program !== 'vagrant',
    },
    verb: 'modify',
    severity: 'serious',
    reversible: 'effort',
    why: 'It changes {target}.',
    alternative: 'Preview it first: `pulumi preview`, `cdk diff`.',
    examples: { match: ['pulumi up', 'cdk deploy'], noMatch: ['pulumi preview'] },
  }),
  iac({
    id: 'iac/set-up',
    programs: words('pulumi cdk cdktf serverless sls sst vagrant'),
    when: {
      test: (call) =>
        (/^(set|config|login|logout|new|init|stack|env|plugin|esc)$/.test(verb(call)) &&
          !isIacRead(call) &&
          !/^stack (rm|delete)$/.test(path(call))) ||
        (call.program === 'vagrant' &&
          /^(up|halt|suspend|reload|provision|resume|box|ssh|package|snapshot|plugin|upload)$/.test(
            verb(call),
          )),
    },
    verb: 'modify',
    severity: 'moderate',
    reversible: 'effort',
    why: 'It changes settings of {target}, or virtual machines of this computer.',
    recovery: 'Set the old value again.',
    examples: {
      match: ['pulumi config set a b', 'vagrant up', 'pulumi stack init dev'],
      noMatch: ['pulumi up', 'pulumi config', 'vagrant destroy -f'],
    },
  }),
  iac({
    id: 'iac/preview',
    programs: words('pulumi cdk cdktf serverless sls sst'),
    when: { test: (call) => isIacRead(call) && runsProgram(call) },
    verb: 'execute-code',
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target: 'none',
    why: "It runs the workspace's own program to show what would change.",
    recovery: 'Version control has the sources.',
    examples: { match: ['pulumi preview', 'cdk diff', 'cdk synth'], noMatch: ['pulumi stack ls'] },
  }),
  iac({
    id: 'iac/read',
    programs: words('pulumi cdk cdktf serverless sls sst vagrant'),
    when: { test: (call) => isIacRead(call) && !runsProgram(call) },
    ...READING,
    why: 'It only reads {target}.',
    examples: { match: ['pulumi stack ls', 'vagrant status'], noMatch: ['cdk deploy', 'cdk diff'] },
  }),
  iac({
    id: 'iac/ansible-read',
    programs: words(
      'ansible ansible-playbook ansible-inventory ansible-doc ansible-galaxy ansible-config',
    ),
    when: {
      test: (call) => !call.mayHaveHiddenOptions && onlyLooksByAnsible(call),
      none: ['--vault-password-file', '--playbook-dir'],
    },
    verb: 'read',
    category: 'read-only',
    severity: 'minor',
    reversible: 'yes',
    reach: 'workspace',
    why: 'It asks machines or playbooks and changes nothing.',
    recovery: 'Nothing to undo.',
    examples: {
      match: ['ansible-playbook site.yml --check', 'ansible all -m ping', 'ansible-doc copy'],
      noMatch: ['ansible-playbook site.yml', 'ansible-galaxy install x'],
    },
  }),
  iac({
    id: 'iac/ansible',
    programs: [
      'ansible',
      'ansible-playbook',
      'ansible-pull',
      'salt',
      'puppet',
      'chef-client',
      'knife',
      'fab',
      'pyinfra',
      'cap',
    ],
    when: {
      test: (call) => !call.has('--version') && !onlyLooksByAnsible(call),
    },
    verb: 'modify',
    severity: 'serious',
    reversible: 'unknown',
    why: 'It runs changes on many machines.',
    alternative: '`--check --diff` shows what would change.',
    examples: {
      match: ['ansible-playbook site.yml', 'ansible all -m shell -a reboot'],
      noMatch: ['ansible-playbook site.yml --check', 'ansible all -m ping'],
    },
  }),
];
