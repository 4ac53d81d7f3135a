// Programs that tell the state of the machine or compute something.
import { reader } from '../readRule.ts';
import type { Call, Condition, Rule } from '../types.ts';
import { words } from '../words.ts';

/** Tell the state of the machine or compute something; their operands are no files that matter. */
const TELLERS = words(`
  pwd whoami id groups logname users who w last uname arch nproc uptime free
  vmstat iostat mpstat lscpu lsmem lsusb lspci lsblk findmnt df
  pgrep pidof pstree top htop tty locale getconf getent cal sw_vers
  system_profiler which whereis seq expr factor yes sleep true false tr
  uuidgen tput whatis apropos jot netstat lsb_release
  bc figlet
  clear reset col colrm
`);

/** Without an operand `date` tells the time; `-s` and an operand that is no format set it. */
const isDateRead: Condition['test'] = (call) =>
  call.operands.every((word) => word.value?.startsWith('+') === true || call.has('-d', '-j', '-r'));

/** The letter `e` without a dash: `ps eww` shows the variables of every process. */
const showsEnvironment = ({ invocation }: Call) =>
  invocation.argv.slice(1).some(({ value = '' }, at, { [at - 1]: before }) => {
    const isOwn = before === undefined || /^(-[aAefFlwx]+|[a-zA-Z]+)$/.test(before.value ?? '');
    return isOwn && /^[a-zA-Z]*e[a-zA-Z]*$/.test(value);
  });

/** Tellers of which some option acts: it ends connections, resets a card, runs what a file holds. */
function onlyTells(call: Call): boolean {
  if (call.mayHaveHiddenOptions) return false;
  switch (call.program) {
    case 'ss':
      return !call.has('-K', '--kill', '-D', '--diag', '-F', '--filter');
    case 'nvidia-smi':
      return (
        call.options.every(
          ({ name }) =>
            /^(-q|-L|-x|-l|-i|-d|--query\S*|--format|--loop\S*|--id|--list-gpus|--display)$/.test(
              name,
            ) || /^-[qLxlid]/.test(name),
        ) &&
        !call.has('-r', '-f') &&
        !call.operands.some(({ value }) => /^(mig|drain|clocks|boost)/.test(value ?? ''))
      );
    case 'jps':
      return (
        call.operands.length === 0 && call.options.every(({ name }) => /^-[lmvVq]$/.test(name))
      );
    case 'jcmd':
      return call.operands.length === 0 && call.options.every(({ name }) => name === '-l');
    case 'notify-send':
      return call.options.every(({ name }) =>
        /^-[uta]$|^--(urgency|expire-time|app-name)$/.test(name),
      );
    case 'ps':
      return !showsEnvironment(call);
    case 'cowsay':
      return !call.has('-f');
    case 'blkid':
      return !call.has('-c', '--cache-file', '-w', '-g', '--garbage-collect');
    case 'lsof':
      // Its cache of devices is a file that `-Db` and `-Du` write.
      return !call.options.some(({ name }) => name.startsWith('-D'));
    default:
      return false;
  }
}

/** Rules on programs that tell. */
export const machineReadRules: readonly Rule[] = [
  reader(
    'reads/tell',
    TELLERS,
    {},
    {
      match: ['pwd', 'which node', 'sleep 5', 'seq 1 3'],
      noMatch: ['kill 1', "dc -e '!x'"],
    },
    'none',
  ),
  reader(
    'reads/tell-checked',
    words('ss nvidia-smi cowsay dc blkid lsof jps jcmd notify-send ps'),
    { test: onlyTells },
    {
      match: [
        'ss -tlnp',
        'nvidia-smi -L',
        'nvidia-smi',
        'cowsay hi',
        'ps aux',
        'ps -o pid,cmd -C node',
        'blkid',
        'lsof -i :80',
        'jps -l',
        'notify-send done',
      ],
      noMatch: [
        'jcmd 12 GC.run',
        'jps -J-agentpath:x',
        'ss -K dst 10.0.0.1',
        'nvidia-smi --gpu-reset',
        'ps eww -A',
        'cowsay -f ./a.cow hi',
        'dc',
        'blkid -c x',
        'lsof -Db x',
      ],
    },
    'none',
  ),
  reader(
    'reads/echo',
    ['echo', 'printf'],
    {},
    {
      match: ['echo hello', 'printf "%s" a'],
      noMatch: ['tee a'],
    },
    'none',
  ),
  reader(
    'reads/date',
    ['date', 'gdate'],
    { none: ['-s', '--set'], test: isDateRead },
    {
      match: ['date', 'date +%s', 'date -d yesterday +%F'],
      noMatch: ['date -s 2020-01-01', 'date 010100002020'],
    },
    'none',
  ),
  reader(
    'reads/hostname',
    ['hostname'],
    { operands: { max: 0 }, none: ['-F', '--file', '-b'] },
    {
      match: ['hostname -f'],
      noMatch: ['hostname evil'],
    },
    'none',
  ),
  reader(
    'reads/manual',
    ['man', 'info', 'tldr'],
    {
      none: words('-P --pager -H --html -C --config-file -l -M -o --output'),
    },
    { match: ['man ls', 'man 5 crontab'], noMatch: ['man -P ./x ls'] },
    'none',
  ),
];
