// Rules on single services whose words mean something of their own: names, flags, queues, money, interfaces.
import { deedOf } from '../cliVerbs.ts';
import { READING, reader } from '../readRule.ts';
import type { Rule } from '../types.ts';
import { words } from '../words.ts';
import { apiDeed, deed, service } from './cloudRule.ts';

/** Rules on single services. */
export const cloudSingleRules: readonly Rule[] = [
  service({
    id: 'cloud/apply-names',
    programs: words(
      'dnscontrol octodns-sync octodns ldapmodify ldapadd ldapmodrdn kadmin kadmin.local',
    ),
    when: {
      test: (call) =>
        call.operands[0]?.value === 'push' ||
        call.has('--doit') ||
        call.program.startsWith('ldap') ||
        /\b(delprinc|delete_principal|cpw|change_password|ktrem|purgekeys)\b/.test(
          call.valueOf('-q')?.value ?? '',
        ),
    },
    verb: 'modify',
    reversible: 'effort',
    why: 'It changes names, users or zones that others rely on, as a file or the line says.',
    recovery: 'Apply the last good version again.',
    alternative: 'Preview the change first.',
    examples: {
      match: ['dnscontrol push', 'ldapmodify -f x.ldif', "kadmin.local -q 'delprinc x'"],
      noMatch: ['dnscontrol preview', 'octodns-sync --config-file c'],
    },
  }),
  service({
    id: 'cloud/feature-flags',
    programs: ['split'],
    when: {
      test: (call) =>
        /^(splits?|features?|flags?|segments?|workspaces?|environments?|traffic-types?|definitions?|users?|groups?|api-keys?|flag-sets?|rule-based-segments?)$/.test(
          call.operands[0]?.value ?? '',
        ) && deedOf(call) === 'destroy',
    },
    why: 'It deletes {target} in the service for feature flags.',
    examples: {
      match: ['split segments delete x', 'split splits kill x'],
      noMatch: ['split splits list', 'split -l 5 big.txt'],
    },
  }),
  service({
    id: 'cloud/queue-purge',
    programs: words('celery rq huey dramatiq sidekiq activemq'),
    when: {
      test: (call) =>
        call.operands.some((word) =>
          /^(purge|empty|flush|delete|clear|revoke|terminate|shutdown|queue\.(purge|delete)|exchange\.delete)$/.test(
            word.value ?? '',
          ),
        ),
    },
    why: 'It throws waiting jobs away.',
    recovery: 'The jobs have to be put in again.',
    examples: { match: ['celery -A app purge -f'], noMatch: ['celery -A app inspect active'] },
  }),
  reader(
    'cloud/queue-look',
    ['celery', 'kcat', 'kafkacat', 'act'],
    {
      none: ['-P', '--purge', '--discard'],
      test: (call) =>
        call.program === 'celery'
          ? call.operands.some((word) => /^(inspect|status|report)$/.test(word.value ?? '')) &&
            !call.operands.some((word) => /^(purge|control|shell|worker)$/.test(word.value ?? ''))
          : call.program === 'act'
            ? call.has('-l', '--list', '-n', '--dryrun') && !call.mayHaveHiddenOptions
            : call.has('-L') && !call.mayHaveHiddenOptions,
    },
    {
      match: ['celery -A app inspect active', 'kcat -L -b k', 'act -l'],
      noMatch: ['celery -A app purge -f', 'kcat -P -t x', 'act push'],
    },
    'none',
  ),
  service({
    id: 'cloud/money',
    programs: words('stripe braintree square paypal'),
    when: {
      test: (call) =>
        /^(change|stop)$/.test(deed(call)) &&
        call.operands.some((word) =>
          /^(refunds?|payouts?|charges?|transfers?|transactions?|disputes?|cancel|payment_intents?|topups?)$/.test(
            word.value ?? '',
          ),
        ),
    },
    why: 'It moves money or ends what somebody pays for: {target}.',
    recovery: 'Money that moved comes back only by another transfer.',
    examples: {
      match: ['stripe refunds create --charge x', 'stripe subscriptions cancel x'],
      noMatch: ['stripe refunds list', 'stripe listen'],
    },
  }),
  service({
    id: 'cloud/merge-unchecked',
    programs: ['gh', 'glab'],
    when: {
      all: ['--admin'],
      test: (call) =>
        /^(pr|mr) merge\b/.test(call.operands.map(({ value }) => value ?? '').join(' ')),
    },
    verb: 'modify',
    reversible: 'effort',
    why: 'It merges although reviews or checks that protect the branch are missing.',
    recovery: 'Revert the merge with a new commit.',
    alternative: 'Merge without `--admin` when the checks are done.',
    examples: {
      match: ['gh pr merge 1 --admin --squash'],
      noMatch: ['gh pr merge 1 --squash', 'gh pr view 1'],
    },
  }),
  service({
    id: 'cloud/copilot',
    programs: ['copilot'],
    when: {
      test: (call) =>
        /^(app|svc|env|job|pipeline|task|secret)$/.test(call.operands[0]?.value ?? '') &&
        deed(call) === 'destroy',
    },
    why: 'It deletes {target} on AWS.',
    examples: {
      match: ['copilot app delete'],
      noMatch: ['copilot -p "delete it"', 'copilot app ls'],
    },
  }),
  service({
    id: 'cloud/database-push',
    programs: ['supabase', 'wrangler', 'pscale'],
    when: {
      test: (call) => {
        const text = call.operands.map((word) => word.value ?? '').join(' ');
        if (call.program === 'pscale') return /^deploy-request deploy\b/.test(text);
        return call.program === 'wrangler'
          ? /^d1 migrations apply\b/.test(text) && call.has('--remote')
          : /^(db push|migration (up|repair|squash))\b/.test(text);
      },
    },
    why: 'It changes the tables of the database that the project is linked to.',
    recovery: 'Only a backup of the database helps.',
    alternative: '`supabase db push --dry-run` shows the changes.',
    examples: {
      match: [
        'supabase db push',
        'wrangler d1 migrations apply app --remote',
        'pscale deploy-request deploy db 5',
      ],
      noMatch: ['supabase db diff', 'wrangler d1 migrations apply app --local'],
    },
  }),
  service({
    id: 'cloud/api-delete',
    when: { test: (call) => apiDeed(call) === 'destroy' },
    why: 'It deletes something through the API of the service.',
    examples: {
      match: ['gh api -X DELETE repos/o/r', 'gh api repos/o/r --method DELETE'],
      noMatch: ['gh api repos/o/r', 'gh api -X GET user'],
    },
  }),
  service({
    id: 'cloud/api-write',
    when: { test: (call) => apiDeed(call) === 'change' },
    verb: 'modify',
    severity: 'moderate',
    reversible: 'unknown',
    why: 'It changes something through the API of the service.',
    recovery: 'Set it back.',
    examples: {
      match: ['gh api repos/o/r/issues -f title=x', 'gh api -X POST user/repos'],
      noMatch: ['gh api repos/o/r', 'gh api -X GET user'],
    },
  }),
  service({
    id: 'cloud/api-read',
    when: { test: (call) => apiDeed(call) === 'read' },
    ...READING,
    why: 'It only asks the API of the service.',
    examples: {
      match: ['gh api repos/o/r', "gh api graphql -f query='query { viewer { login } }'"],
      noMatch: ['gh api -X POST user/repos', "gh api graphql -f query='mutation { a }'"],
    },
  }),
];
