// Rules on the settings of the desktop, of users and of macOS.
import { reader } from '../readRule.ts';
import type { Rule } from '../types.ts';
import { words } from '../words.ts';
import { said, system, text } from './systemRule.ts';

/** Rules on the settings of the desktop, of users and of macOS. */
export const desktopRules: readonly Rule[] = [
  system({
    id: 'system/directory-service',
    programs: [
      'dscl',
      'sysadminctl',
      'dseditgroup',
      'defaults',
      'tmutil',
      'tccutil',
      'osascript',
      'profiles',
      'PlistBuddy',
      'plutil',
      'lsregister',
      'gsettings',
      'dconf',
      'gnome-extensions',
      'xset',
      'xrandr',
    ],
    when: {
      test: (call) =>
        !/^(\S+ )?-?(list|read|search|find|domains|help|get|dump|listbackups|destinationinfo|list-keys|list-schemas|info|show|status|latestbackup)\b/.test(
          text(call),
        ) && !call.has('-p', '-lint', '-list', '-read', '-search', '-readall', '-q'),
    },
    severity: 'moderate',
    why: 'It changes settings of the desktop or of users.',
    examples: {
      match: ['defaults write com.apple.dock x 1', 'tmutil disable'],
      noMatch: ['defaults read com.apple.dock', 'dscl . list /Users'],
    },
  }),
  system({
    id: 'system/open',
    programs: ['open', 'xdg-open'],
    when: { test: (call) => !call.has('--help', '--version') },
    severity: 'moderate',
    target: 'operands',
    why: 'It opens {target} with whatever program the desktop has for it.',
    recovery: 'Close the window.',
    alternative: 'Say what there is to look at, and let a person open it.',
    examples: { match: ['open index.html', 'xdg-open a.pdf'], noMatch: ['open --help'] },
  }),
  system({
    id: 'system/directory-service-loss',
    programs: words(
      'dscl sysadminctl dseditgroup defaults tmutil tccutil profiles dconf gsettings',
    ),
    when: {
      test: (call) =>
        /(^|\s)-?(delete|deletelocalsnapshots|deleteUser|remove|reset|reset-recursively)(\s|$)/.test(
          said(call),
        ) ||
        /(^|\s)-?(create|append|addUser|newPassword|resetPasswordFor|LoginHook|LogoutHook)(\s|$)/.test(
          /^(dscl|sysadminctl|defaults)$/.test(call.program) ? said(call) : '',
        ) ||
        call.options.some((option) => /^-(delete|deleteUser|remove|R)$/.test(option.name)) ||
        (call.program === 'tmutil' && /^disable/.test(text(call))),
    },
    verb: 'delete',
    category: 'data-mutation',
    reversible: 'no',
    why: 'It makes or deletes users, deletes backups or settings, or sets what runs at login.',
    recovery: 'Only a backup helps.',
    examples: {
      match: [
        'dscl . delete /Users/x',
        'dscl . -create /Users/evil',
        'tmutil delete /x',
        'tccutil reset All',
        'defaults write com.apple.loginwindow LoginHook /tmp/x',
      ],
      noMatch: ['dscl . list /Users', 'defaults write com.apple.dock a 1'],
    },
  }),
  reader(
    'system/desktop-read',
    [
      'dscl',
      'defaults',
      'tmutil',
      'gsettings',
      'dconf',
      'profiles',
      'plutil',
      'xset',
      'xrandr',
      'gnome-extensions',
    ],
    {
      test: (call) =>
        /^(\S+ )?-?(list|read|search|find|domains|get|dump|listbackups|list-keys|list-schemas|info|show|status|latestbackup|readall)\b/.test(
          text(call),
        ) ||
        (call.has('-p', '-lint', '-list', '-read', '-search', '-readall', '-q') &&
          !call.invocation.argv.some(({ value }) =>
            /^-+(convert|insert|replace|remove|create|delete|append|merge|change|passwd|import)$/.test(
              value ?? '',
            ),
          )),
    },
    { match: ['defaults read a', 'dscl . list /Users'], noMatch: ['defaults write a b'] },
    'none',
  ),
];
