// Infrastructure as code: destroying, applying, rewriting state, and planning.

import { pretends } from '../pretending.ts';
import { READING } from '../readRule.ts';
import { SHOWS_SECRET } from '../secretRule.ts';
import { pathTarget } from '../targets.ts';
import type { Call, Family } from '../types.ts';
import { words } from '../words.ts';
import { iac, path, TERRAFORM, verb } from './iacRule.ts';
import { iacToolRules } from './iacTools.ts';

/** `terraform destroy -help` only prints. */
/** Options by which `init` leaves the state where it lay, or copies it. */
const MOVES_STATE = words(
  '-migrate-state --migrate-state -force-copy --force-copy -reconfigure --reconfigure',
);

const asksForHelp = (call: Call) => pretends(call, '-help', '-h', '--help');

export const terraformFamily: Family = {
  name: 'terraform',
  about: 'Infrastructure as code: terraform, tofu, pulumi, CDK, serverless, ansible.',
  syntax: [
    {
      programs: TERRAFORM,
      hasVerb: true,
      singleDashLong: true,
      flags: ['-no-color', '-help', '--terragrunt-non-interactive'],
      valueOptions: words(
        '-out -generate-config-out -chdir --terragrunt-working-dir --terragrunt-config --working-dir --log-level',
      ),
    },
    {
      programs: words(
        'pulumi cdk cdktf serverless sls sst ansible ansible-playbook ansible-galaxy nixos-rebuild vagrant',
      ),
      hasVerb: true,
      abbreviates: false,
      valueOptions: words(
        '-s --stack -C --cwd --app -c --context --profile --stage -i -m --module-name -a -u -e -l --limit --tags --color --logflow --role-arn -r --region --output -o --config',
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
          /^(state (rm|mv|push|replace-provider)|workspace delete|force-unlock.*|taint.*|untaint.*)$/.test(
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
        noMatch: ['terraform state list', 'terraform import a.b c'],
      },
    }),
    iac({
      id: 'terraform/import',
      when: { test: (call) => verb(call) === 'import' },
      verb: 'modify',
      severity: 'moderate',
      reversible: 'effort',
      why: 'It puts {target} under the care of terraform; the next apply changes it.',
      recovery: '`terraform state rm` takes it out again.',
      alternative: 'An `import` block shows the plan first.',
      examples: { match: ['terraform import a.b c'], noMatch: ['terraform plan'] },
    }),
    iac({
      id: 'terraform/local',
      when: {
        test: (call) =>
          /^(fmt|get|workspace|providers|login|logout|test|refresh|hclfmt)$/.test(verb(call)) &&
          !/^providers( schema)? ?$/.test(path(call)) &&
          !/^workspace (list|show|delete)$/.test(path(call)) &&
          !asksForHelp(call) &&
          !(
            /^(fmt|hclfmt)$/.test(verb(call)) &&
            pretends(call, '-check', '--check', '--terragrunt-check')
          ),
      },
      verb: 'modify',
      category: 'config-change',
      severity: 'minor',
      reversible: 'effort',
      reach: 'workspace',
      why: 'It prepares or formats the configuration.',
      recovery: 'Version control has the files.',
      examples: {
        match: ['terraform get', 'terraform fmt'],
        noMatch: ['terraform apply', 'terraform fmt -check'],
      },
    }),
    iac({
      id: 'terraform/init',
      when: {
        test: (call) =>
          verb(call) === 'init' &&
          !call.has(...MOVES_STATE, '-backend=false', '--backend=false') &&
          !asksForHelp(call),
      },
      verb: 'execute-code',
      category: 'config-change',
      severity: 'moderate',
      reversible: 'effort',
      reach: 'machine',
      why: 'It fetches providers and modules, and every later command starts them.',
      recovery: 'Delete `.terraform` and take the lock file from version control.',
      alternative: '`-lockfile=readonly` keeps to the versions that were read.',
      examples: { match: ['terraform init', 'tofu init -upgrade'], noMatch: ['terraform fmt'] },
    }),
    iac({
      id: 'terraform/move-state',
      when: { test: (call) => verb(call) === 'init' && call.has(...MOVES_STATE) },
      verb: 'modify',
      severity: 'serious',
      reversible: 'effort',
      why: 'It moves the state to another place or forgets where it lay.',
      recovery: 'Pull the old state from the versions of the backend.',
      examples: {
        match: ['terraform init -migrate-state', 'terraform init -reconfigure'],
        noMatch: ['terraform init'],
      },
    }),
    iac({
      id: 'terraform/console',
      when: { test: (call) => verb(call) === 'console' && !asksForHelp(call) },
      ...SHOWS_SECRET,
      why: 'It evaluates expressions that can read any file and every value of the state.',
      alternative: '`terraform output NAME` prints one value.',
      examples: { match: ['terraform console'], noMatch: ['terraform output x'] },
    }),
    iac({
      id: 'terraform/plan',
      when: {
        test: (call) =>
          !asksForHelp(call) &&
          (/^(plan|plan-all|validate|validate-all)$/.test(verb(call)) ||
            path(call) === 'providers schema'),
      },
      verb: 'execute-code',
      category: 'data-mutation',
      severity: 'minor',
      reversible: 'effort',
      reach: 'workspace',
      target: 'none',
      why: 'It changes nothing there, but providers and programs that the configuration names run for it.',
      recovery: 'Version control has the configuration.',
      examples: {
        match: ['terraform plan', 'terraform plan -destroy'],
        noMatch: ['terraform apply', 'terraform plan -help', 'terraform state list'],
      },
    }),
    iac({
      id: 'terraform/plan-file',
      when: { any: ['-out', '-generate-config-out'], test: (call) => verb(call) === 'plan' },
      verb: 'overwrite',
      category: 'data-mutation',
      severity: 'minor',
      reversible: 'effort',
      reach: 'workspace',
      target: (call, context) => {
        const file = call.valueOf('-out', '-generate-config-out');
        return file ? [pathTarget(file, call, context)] : [];
      },
      why: 'It writes the plan to {target}.',
      recovery: 'Delete the file, or restore the one that was replaced.',
      examples: { match: ['terraform plan -out=tfplan'], noMatch: ['terraform plan'] },
    }),
    iac({
      id: 'terraform/secret',
      when: {
        test: (call) =>
          path(call) === 'state pull' ||
          (/^(output|show)$/.test(verb(call)) && call.has('-json', '--json', '-raw', '--raw')),
      },
      ...SHOWS_SECRET,
      target: 'none',
      why: 'It prints values of the state in full, also those that are marked as secret.',
      alternative: 'Without `-json` secret values are left out.',
      examples: {
        match: ['terraform output -raw password', 'terraform state pull', 'terraform show -json'],
        noMatch: ['terraform output', 'terraform show', 'terraform state list'],
      },
    }),
    iac({
      id: 'terraform/read',
      when: {
        test: (call) =>
          asksForHelp(call) ||
          /^(show|output|graph|version|metadata|validate-inputs|hclvalidate|output-all)$/.test(
            verb(call),
          ) ||
          /^(state (list|show|pull)|workspace (list|show)|providers ?)$/.test(path(call)) ||
          (/^(fmt|hclfmt)$/.test(verb(call)) &&
            pretends(call, '-check', '--check', '--terragrunt-check')),
      },
      ...READING,
      why: 'It only reads {target}.',
      examples: {
        match: ['terraform show', 'terraform state list', 'terraform plan -help'],
        noMatch: ['terraform apply', 'terraform plan'],
      },
    }),
    ...iacToolRules,
  ],
};
