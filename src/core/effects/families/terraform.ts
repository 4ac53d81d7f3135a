// Infrastructure as code: destroying, applying, rewriting state, and planning.
import type { Call, Family, Rule } from '../types.ts';
import { words } from '../words.ts';

type Spec = Pick<Rule, 'id' | 'when' | 'why' | 'examples'> & Partial<Rule>;
const TERRAFORM = words('terraform tofu terragrunt');
const verb = (call: Call) =>
  call.operands
    .map((word) => word.value ?? '')
    .find((word) => word !== 'run-all' && word !== 'run' && word !== 'stack') ?? '';
const path = (call: Call) =>
  call.operands
    .slice(0, 2)
    .map((word) => word.value ?? '')
    .join(' ');

/** `terraform destroy -help` only prints. */
const asksForHelp = (call: Call) => call.has('-help', '-h', '--help');

function iac(spec: Spec): Rule {
  return {
    programs: TERRAFORM,
    verb: 'destroy-infrastructure',
    category: 'infrastructure',
    severity: 'severe',
    reversible: 'no',
    reach: 'shared',
    target: { kind: 'infrastructure', name: 'the infrastructure of this configuration' },
    recovery: 'Apply the last good state again; data that was in it comes from a backup.',
    ...spec,
  };
}

/** Modules of ansible that only look. */
const isAnsibleProbe = (call: Call) =>
  call.program === 'ansible' &&
  /^(ansible\.builtin\.)?(ping|setup|debug|stat|gather_facts|package_facts|service_facts)$/.test(
    call.valueOf('-m', '--module-name')?.value ?? '',
  );

export const terraformFamily: Family = {
  name: 'terraform',
  about: 'Infrastructure as code: terraform, tofu, pulumi, CDK, serverless, ansible.',
  syntax: [
    { programs: TERRAFORM, singleDashLong: true, valueOptions: [] },
    {
      programs: words(
        'pulumi cdk cdktf serverless sls sst ansible ansible-playbook nixos-rebuild vagrant',
      ),
      abbreviates: false,
      valueOptions: words(
        '-s --stack -C --cwd --app -c --context --profile --stage -i -m --module-name -a -u -e -l --limit --tags',
      ),
    },
  ],
  rules: [
    iac({
      id: 'terraform/destroy',
      when: {
        test: (call) =>
          !asksForHelp(call) &&
          (/^destroy(-all)?$/.test(verb(call)) ||
            (/^apply(-all)?$/.test(verb(call)) && call.has('-destroy', '--destroy'))),
      },
      why: 'It destroys {target}.',
      alternative: '`terraform plan -destroy` shows what would go.',
      examples: {
        match: [
          'terraform destroy',
          'tofu apply -destroy -auto-approve',
          'terragrunt run-all destroy',
        ],
        noMatch: ['terraform plan -destroy', 'terraform apply', 'terraform destroy -help'],
      },
    }),
    iac({
      id: 'terraform/apply',
      when: {
        test: (call) =>
          /^apply(-all)?$/.test(verb(call)) &&
          !call.has('-destroy', '--destroy') &&
          !asksForHelp(call),
      },
      verb: 'modify',
      severity: 'serious',
      reversible: 'effort',
      why: 'It changes {target}, and can replace or delete parts of it.',
      alternative: '`terraform plan` shows what would change.',
      examples: {
        match: ['terraform apply', 'terraform apply -auto-approve'],
        noMatch: ['terraform plan', 'terraform apply -destroy'],
      },
    }),
    iac({
      id: 'terraform/state',
      when: {
        test: (call) =>
          /^(state (rm|mv|push|replace-provider)|workspace delete|force-unlock.*|taint.*|untaint.*|import.*)$/.test(
            path(call),
          ),
      },
      verb: 'modify',
      severity: 'serious',
      reversible: 'effort',
      why: 'It rewrites what is known about {target}; the next apply can destroy things.',
      recovery: 'Pull the old state from the versions of the backend.',
      examples: {
        match: ['terraform state rm a.b', 'terraform workspace delete x', 'terraform taint a.b'],
        noMatch: ['terraform state list'],
      },
    }),
    iac({
      id: 'terraform/local',
      when: {
        test: (call) =>
          /^(init|fmt|get|workspace|providers|login|logout|test|refresh|console|hclfmt)$/.test(
            verb(call),
          ) &&
          !/^providers( schema)? ?$/.test(path(call)) &&
          !/^workspace (list|show|delete)$/.test(path(call)) &&
          !(verb(call) === 'fmt' && call.has('-check')),
      },
      verb: 'modify',
      category: 'config-change',
      severity: 'minor',
      reversible: 'effort',
      reach: 'workspace',
      why: 'It prepares or formats the configuration.',
      recovery: 'Version control has the files.',
      examples: {
        match: ['terraform init', 'terraform fmt'],
        noMatch: ['terraform apply', 'terraform fmt -check'],
      },
    }),
    iac({
      id: 'terraform/read',
      when: {
        test: (call) =>
          asksForHelp(call) ||
          /^(plan|show|validate|output|graph|version|metadata|validate-inputs|hclvalidate|output-all|plan-all|validate-all)$/.test(
            verb(call),
          ) ||
          /^(state (list|show|pull)|workspace (list|show)|providers( schema)? ?)$/.test(
            path(call),
          ) ||
          (verb(call) === 'fmt' && call.has('-check')),
      },
      verb: 'read',
      category: 'read-only',
      severity: 'none',
      reversible: 'yes',
      reach: 'nothing',
      why: 'It only reads {target}.',
      recovery: 'Nothing to undo.',
      examples: {
        match: ['terraform plan', 'terraform state list', 'terraform plan -destroy'],
        noMatch: ['terraform apply'],
      },
    }),
    iac({
      id: 'iac/destroy',
      programs: words('pulumi cdk cdktf serverless sls sst vagrant'),
      when: {
        test: (call) =>
          /^(destroy|down|remove|rm|state delete|stack rm|cancel|delete)$/.test(verb(call)) ||
          /^(stack rm|state delete|stack delete)$/.test(path(call)),
      },
      why: 'It destroys {target}.',
      examples: {
        match: ['pulumi destroy', 'cdk destroy', 'pulumi stack rm dev', 'serverless remove'],
        noMatch: ['pulumi preview', 'cdk diff'],
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
      why: 'It changes settings of {target}, or machines on this computer.',
      recovery: 'Set the old value again.',
      examples: {
        match: ['pulumi config set a b', 'vagrant up', 'pulumi stack init dev'],
        noMatch: ['pulumi up', 'pulumi config', 'vagrant destroy -f'],
      },
    }),
    iac({
      id: 'iac/read',
      programs: words('pulumi cdk cdktf serverless sls sst vagrant'),
      when: {
        test: isIacRead,
      },
      verb: 'read',
      category: 'read-only',
      severity: 'none',
      reversible: 'yes',
      reach: 'nothing',
      why: 'It only reads {target}.',
      recovery: 'Nothing to undo.',
      examples: { match: ['pulumi preview', 'cdk diff'], noMatch: ['cdk deploy'] },
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
        none: ['--check', '--list-hosts', '--list-tasks', '--syntax-check', '--version', '-C'],
        test: (call) => !isAnsibleProbe(call),
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
  ],
};

function isIacRead(call: Call): boolean {
  if (call.mayHaveHiddenOptions || call.has('--show-secrets')) return false;
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
        call.has(
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
