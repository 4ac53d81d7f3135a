// Files deleted, overwritten, moved and made. Where they lie is weighed by risk, not here.
import type { Family } from '../types.ts';
import { words } from '../words.ts';
import { archiveRules } from './archives.ts';
import { fileDeleteRules } from './fileDeletes.ts';
import { fileWriteRules } from './fileWrites.ts';
import { syncRules } from './syncs.ts';

export const filesFamily: Family = {
  name: 'files',
  about: 'Deleting, overwriting, moving and making files.',
  syntax: [
    {
      programs: ['rm', 'rmdir', 'unlink', 'mkdir', 'touch', 'tee'],
      flags: [
        '--recursive',
        '--force',
        '--interactive',
        '--parents',
        '--append',
        '--no-preserve-root',
        '--preserve-root',
      ],
    },
    {
      programs: ['mv', 'cp', 'ln'],
      valueOptions: ['-t', '--target-directory', '-S', '--suffix'],
      flags: ['--recursive', '--force'],
    },
    {
      programs: ['install'],
      valueOptions: words('-m --mode -o --owner -g --group -t --target-directory -S --suffix'),
    },
    { programs: ['truncate'], valueOptions: ['-s', '--size', '-r', '--reference'] },
    { programs: ['shred'], valueOptions: ['-n', '--iterations', '-s', '--size'] },
    {
      programs: ['find'],
      singleDashLong: true,
      // The tests and actions of find that take a word: `-name -delete` looks for a file of that name.
      valueOptions: words(
        '-name -iname -path -ipath -wholename -iwholename -lname -ilname -regex -iregex -regextype -type -xtype -maxdepth -mindepth -size -perm -user -group -uid -gid -inum -links -samefile -newer -anewer -cnewer -mtime -atime -ctime -mmin -amin -cmin -used -fstype -context -printf -fprint -fprint0 -fls -D',
      ),
      commandOptions: words('-exec -execdir -ok -okdir'),
    },
    {
      programs: ['fd', 'fdfind'],
      valueOptions: ['-e', '--extension', '-t', '--type', '-d', '--max-depth', '-E', '--exclude'],
    },
    { programs: ['sed', 'gsed'], valueOptions: ['-e', '--expression', '-f', '--file', '-l'] },
    {
      programs: ['rsync'],
      valueOptions: [
        '-e',
        '--rsh',
        '--exclude',
        '--include',
        '--rsync-path',
        '--files-from',
        '-f',
        '--filter',
      ],
    },
    {
      programs: ['tar', 'bsdtar', 'gtar'],
      valueOptions: [
        '-f',
        '--file',
        '-C',
        '--directory',
        '--exclude',
        '-X',
        '-T',
        '--strip-components',
        '-I',
      ],
    },
    { programs: ['unzip'], valueOptions: ['-d', '-x', '-P'] },
    { programs: ['patch'], valueOptions: ['-p', '-i', '-d', '-o', '-r'] },
    { programs: ['split'], valueOptions: ['-b', '-l', '-n', '-a'] },
  ],
  rules: [...fileDeleteRules, ...archiveRules, ...syncRules, ...fileWriteRules],
};
