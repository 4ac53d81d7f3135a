// Rules on what runs later by itself: cron, at.
import { reader } from '../readRule.ts';
import type { Rule } from '../types.ts';
import { system } from './systemRule.ts';

/** Rules on schedules. */
export const scheduleRules: readonly Rule[] = [
  system({
    id: 'system/schedule-remove',
    programs: ['crontab', 'atrm', 'at'],
    when: {
      test: (call) =>
        (call.program === 'crontab' && call.has('-r', '-i')) ||
        call.program === 'atrm' ||
        (call.program === 'at' && call.has('-d', '-r')),
    },
    category: 'data-mutation',
    verb: 'delete',
    reversible: 'no',
    target: 'none',
    why: 'It deletes all scheduled jobs.',
    recovery: 'Write the jobs again, from a backup of the crontab.',
    alternative: '`crontab -l > saved` keeps them.',
    examples: { match: ['crontab -r', 'atrm 3'], noMatch: ['crontab -l'] },
  }),
  system({
    id: 'system/schedule',
    programs: ['crontab', 'at', 'batch', 'anacron', 'schtasks'],
    when: { none: ['-l', '-r', '-d', '-c'] },
    verb: 'change-config',
    target: 'none',
    why: 'It sets up commands that run later by themselves, without a gate.',
    recovery: 'Remove the job.',
    examples: {
      match: ['crontab jobs.txt', 'crontab -e', 'at now + 1 minute'],
      noMatch: ['crontab -l'],
    },
  }),
  reader(
    'system/schedule-list',
    ['crontab', 'at', 'atq'],
    {
      test: (call) => call.program === 'atq' || call.has('-l'),
      none: ['-r', '-e', '-f'],
    },
    { match: ['crontab -l'], noMatch: ['crontab -r'] },
    'none',
  ),
];
