// Commands of PowerShell and cmd, as far as they can stand in a line of bash (Git Bash, WSL, or a wrong shell).
import { reader } from '../readRule.ts';
import type { Call, Family } from '../types.ts';
import { words } from '../words.ts';
import { windows } from './windowsRule.ts';
import { windowsTextRules } from './windowsText.ts';
import { fitsTable, type WordTable } from './wordTable.ts';

/** Names of cmdlets are not case-sensitive; these are the usual spellings. */
function spellings(text: string): readonly string[] {
  return words(text).flatMap((name) => [name, name.toLowerCase()]);
}

/** What of these tools only lists. */
function readsWindows(call: Call): boolean {
  if (call.mayHaveHiddenOptions) return false;
  const [first = '', ...rest] = call.invocation.argv
    .slice(1)
    .map(({ value }) => (value ?? '').toLowerCase());
  switch (call.program.replace(/\.exe$/, '')) {
    case 'sc':
      return /^(query|queryex|qc|qdescription|getdisplayname)$/.test(first);
    case 'net':
      return (
        /^(user|localgroup|share|view|use|start|accounts|statistics|time)$/.test(first) &&
        rest.every((word) => !word.startsWith('/') && !/^[*\\]/.test(word)) &&
        rest.length <= (first === 'user' || first === 'localgroup' ? 1 : 0)
      );
    case 'reg':
      return first === 'query';
    case 'schtasks':
      return first === '/query';
    case 'icacls':
      return rest.length === 0 && first !== '';
    case 'wmic':
      return (
        rest.some((word) => /^(get|list)$/.test(word)) &&
        !rest.some((word) => /^(call|delete|create|set)$/.test(word))
      );
    case 'fsutil':
      return rest.some((word) => /^(list|query\w*|info\w*)$/.test(word));
    case 'ipconfig':
      return first === '' || first === '/all' || first === '/displaydns';
    default:
      return true;
  }
}

/** What tools of Windows lose or let in, by their words. */
const TOOLS_LOSE: WordTable = {
  robocopy: /\/(mir|purge|mov|move)\b/i,
  'manage-bde': /-(off|forcerecovery|protectors -delete|wipefreespace)/i,
  wsl: /--(unregister|uninstall)/i,
  'format.com': /./,
  dism: /\/(resetbase|remove-\S+|disable-feature|apply-image)/i,
  forfiles: /\/c\b.*\b(del|erase|rd|rmdir|format)\b/i,
  bitsadmin: /\/(transfer|addfile|setnotifycmdline)/i,
  msiexec: /https?:|\/(x|uninstall)\b/i,
  reagentc: /\/disable/i,
  'Set-MpPreference': /./,
  'Add-MpPreference': /./,
};

const saysAll = (call: Call) =>
  call.invocation.argv.some((word) => /^(\/[sq]|-(recurse|force|r|fo))$/i.test(word.value ?? ''));

export const windowsFamily: Family = {
  name: 'windows',
  about: 'Commands of PowerShell and cmd that delete, wipe or stop.',
  syntax: [],
  rules: [
    windows({
      id: 'windows/delete',
      programs: [
        ...spellings('Remove-Item Clear-Content Clear-RecycleBin Clear-Item'),
        ...words('del erase rd ri'),
      ],
      when: {},
      why: 'It deletes files or empties them.',
      examples: {
        match: ['Remove-Item -Recurse -Force x', 'del /s /q x', 'rd /s x'],
        noMatch: ['rmdir x', 'dir'],
      },
    }),
    windows({
      id: 'windows/delete-tree',
      programs: ['rmdir'],
      when: { test: (call) => /^\/s$/i.test(call.operands[0]?.value ?? '') && saysAll(call) },
      why: 'It deletes a folder with everything in it.',
      examples: { match: ['rmdir /s /q x'], noMatch: ['rmdir x'] },
    }),
    windows({
      id: 'windows/wipe',
      programs: [
        ...spellings('Format-Volume Clear-Disk Initialize-Disk Remove-Partition'),
        ...words('diskpart cipher vssadmin wbadmin bcdedit'),
      ],
      when: {
        test: (call) =>
          !/^(cipher|vssadmin|wbadmin|bcdedit)$/.test(call.program) ||
          call.invocation.argv.some((word) =>
            /^(\/w.*|delete|resize|\/delete\w*|\/set|disable)$/i.test(word.value ?? ''),
          ),
      },
      severity: 'extreme',
      why: 'It wipes a disk, its backups or the way that the machine starts.',
      examples: {
        match: ['diskpart', 'vssadmin delete shadows /all', 'Format-Volume -DriveLetter C'],
        noMatch: ['vssadmin list shadows', 'bcdedit'],
      },
    }),
    windows({
      id: 'windows/registry',
      programs: ['reg', ...spellings('Remove-ItemProperty Set-ItemProperty New-ItemProperty')],
      when: {
        test: (call) =>
          call.program !== 'reg' ||
          /^(add|delete|import|restore|unload)$/i.test(call.operands[0]?.value ?? ''),
      },
      verb: 'change-config',
      why: 'It changes the registry.',
      recovery: 'Import the old keys again.',
      alternative: '`reg export` keeps the old keys.',
      examples: { match: ['reg delete HKCU/x'], noMatch: ['reg query HKCU/x'] },
    }),
    windows({
      id: 'windows/stop',
      programs: [
        ...spellings('Stop-Computer Restart-Computer Stop-Service Stop-Process Remove-Service'),
        'taskkill',
      ],
      when: {},
      verb: 'modify',
      why: 'It stops the machine, a service or a program.',
      recovery: 'Start it again.',
      examples: { match: ['taskkill /f /im node.exe', 'Stop-Computer'], noMatch: ['tasklist'] },
    }),
    windows({
      id: 'windows/run-text',
      programs: [
        ...spellings('Invoke-Expression Invoke-Command Start-Process Set-ExecutionPolicy'),
        ...words('iex icm wscript cscript mshta rundll32 regsvr32 wmic'),
      ],
      when: {},
      verb: 'execute-code',
      reversible: 'unknown',
      why: 'It runs text or a file that is not read here.',
      recovery: 'Depends on what ran.',
      examples: { match: ['iex x', 'mshta x.hta'], noMatch: ['Get-Item x'] },
    }),
    windows({
      id: 'windows/service',
      programs: ['sc', 'net', 'wmic', 'schtasks', 'wevtutil', 'netsh', 'sc.exe', 'net.exe'],
      when: {
        test: (call) =>
          call.invocation.argv.some((word) =>
            /^(delete|stop|\/delete|\/disable|clear-log|cl|shutdown|disable|reset|terminate|\/add|\/create|\/change)$/i.test(
              word.value ?? '',
            ),
          ),
      },
      verb: 'modify',
      why: 'It stops, makes or deletes a service, a user, a job or a log.',
      recovery: 'Start it or make it again.',
      examples: {
        match: [
          'sc stop svc',
          'net user x /delete',
          'net user x p /add',
          'schtasks /delete /tn x /f',
        ],
        noMatch: ['sc query svc', 'net user'],
      },
    }),
    reader(
      'windows/read',
      words(
        'sc sc.exe net net.exe tasklist systeminfo ver wmic reg schtasks icacls where.exe fsutil driverquery ipconfig getmac',
      ),
      { test: readsWindows },
      {
        match: ['sc query svc', 'net user', 'tasklist /v', 'reg query HKCU/x', 'icacls a'],
        noMatch: ['sc stop svc', 'net user x p /add', 'reg add HKCU/x', 'icacls a /grant b:F'],
      },
      'none',
    ),
    windows({
      id: 'windows/rights',
      programs: ['takeown', 'icacls', 'cacls', 'fsutil', 'attrib'],
      when: {
        test: (call) =>
          call.invocation.argv.some((word) =>
            /^(\/r|\/reset|\/t|setzerodata|deletejournal|\/grant|\/deny|\/remove.*|\/s|[-+][rsh])$/i.test(
              word.value ?? '',
            ),
          ),
      },
      verb: 'modify',
      why: 'It changes owners, rights or contents of many files.',
      examples: {
        match: ['takeown /f x /r', 'icacls x /reset /t', 'fsutil usn deletejournal x'],
        noMatch: ['icacls x', 'fsutil volume list'],
      },
    }),
    windows({
      id: 'windows/tools-loss',
      programs: Object.keys(TOOLS_LOSE),
      when: { test: fitsTable(TOOLS_LOSE) },
      why: 'It deletes what the source does not have, takes protection off, or runs what it fetches.',
      examples: {
        match: ['robocopy a b /MIR', 'wsl --unregister Ubuntu', 'manage-bde -off C:'],
        noMatch: ['robocopy a b /E', 'wsl --list', 'manage-bde -status'],
      },
    }),
    ...windowsTextRules,
  ],
};
