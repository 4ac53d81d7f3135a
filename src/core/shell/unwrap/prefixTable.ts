// The wrappers that start the words behind their options, as data.
// Invariant: an option that writes a file or loads code is not `plain`.
import type { OptionTable } from './optionReader.ts';

/** One wrapper. */
export interface Prefix {
  options: OptionTable;
  /** Operands of its own before the program (`timeout 5`). */
  operands?: number;
  /** True where the operand of its own is left out when what stands there is a program. */
  isOperandOptional?: boolean;
  /** Subcommands that start the program; with others it starts nothing. */
  verbs?: readonly string[];
  /** True where only what stands behind `--` is the program. */
  needsDashes?: boolean;
  /** True where `NAME=value` words may stand before the program. */
  takesAssignments?: boolean;
  isElevated?: boolean;
  /** Options with which it starts nothing. */
  startsNothing?: readonly string[];
  /**
   * For open tables: letters and long names that change nothing but how the program is run. Any other option may write
   * a file or load code, so with it the wrapper counts as a program of its own. `true`: all are of this kind.
   */
  plain?: string | true;
  /** Option that names the directory. */
  directory?: readonly string[];
  /** `loads`: it adds variables from a file or a service. `may-clear`: its options can take variables away. */
  environment?: 'loads' | 'may-clear';
}

const long = (text: string): readonly string[] => text.split(' ').map((name) => `--${name}`);

/** All of them, by name. */
export const PREFIXES: Readonly<Record<string, Prefix>> = {
  sudo: {
    options: {
      flags: 'AbBEHiKklnNPSsVve',
      values: 'CDghpRrTtUu',
      longFlags: long(
        'askpass background bell preserve-env set-home login remove-timestamp reset-timestamp list non-interactive no-update preserve-groups stdin shell version validate edit help',
      ),
      longValues: long(
        'close-from chdir group host prompt chroot role command-timeout type other-user user',
      ),
    },
    takesAssignments: true,
    isElevated: true,
    startsNothing: ['-e', '--edit', '-l', '--list', '-V', '--version'],
    directory: ['-D', '--chdir'],
  },
  doas: { options: { flags: 'Lns', values: 'Cu' }, isElevated: true },
  gksudo: { options: { isOpen: true, values: 'u' }, isElevated: true },
  kdesudo: { options: { isOpen: true, values: 'u' }, isElevated: true },
  pkexec: {
    options: { longFlags: long('disable-internal-agent keep-cwd'), longValues: long('user') },
    isElevated: true,
  },
  timeout: {
    options: {
      flags: 'fpv',
      values: 'ks',
      longFlags: long('foreground preserve-status verbose'),
      longValues: long('kill-after signal'),
    },
    operands: 1,
  },
  nice: { options: { values: 'n', longValues: long('adjustment'), numbers: true } },
  ionice: {
    options: {
      flags: 't',
      values: 'cnpPu',
      longFlags: long('ignore'),
      longValues: long('class classdata pid'),
    },
    startsNothing: ['-p', '-P', '--pid'],
  },
  nohup: { options: {} },
  time: {
    options: {
      flags: 'apvlhqV',
      values: 'f',
      longFlags: long('append portability verbose quiet'),
      longValues: long('format'),
    },
  },
  stdbuf: { options: { values: 'ioe', longValues: long('input output error') } },
  setsid: { options: { flags: 'cfw', longFlags: long('ctty fork wait') } },
  chrt: {
    options: {
      flags: 'abdfimorRv',
      values: 'TPD',
      longFlags: long('batch deadline fifo idle other rr all-tasks'),
    },
    operands: 1,
    startsNothing: ['-m'],
  },
  taskset: { options: { flags: 'ac', longFlags: long('all-tasks cpu-list') }, operands: 1 },
  numactl: {
    options: { flags: 'alasH', values: 'NCmipP', isOpen: true },
    startsNothing: ['-H', '--hardware', '-s'],
    plain: 'aNCmipPl interleave membind cpunodebind physcpubind localalloc preferred all',
  },
  setpriv: { options: { isOpen: true }, isElevated: true },
  unshare: { options: { flags: 'mnpuiUCTrcf', values: 'RwSG', isOpen: true }, isElevated: true },
  nsenter: { options: { flags: 'amuinpCUTrwFZ', values: 'tSG', isOpen: true }, isElevated: true },
  firejail: { options: { isOpen: true }, environment: 'may-clear' },
  catchsegv: { options: {} },
  caffeinate: { options: { flags: 'disum', values: 'tw' } },
  arch: {
    options: { values: 'ed', singles: ['-arm64', '-x86_64', '-arm64e', '-i386'], isOpen: true },
  },
  rlwrap: { options: { isOpen: true, values: 'bCDfgHlpPqsStwz' } },
  unbuffer: { options: { flags: 'p' } },
  strace: {
    options: { flags: 'cCdfFhiknqrtTvVwxyzZDA', values: 'aeEIoOpPsSuUXb', isOpen: true },
    plain: 'cCdfFhiknqrtTvVwxyzZaeEOPsSX follow-forks seccomp-bpf',
  },
  ltrace: {
    options: { flags: 'bcCfhiLrStTV', values: 'aAeDFlnopsuwx', isOpen: true },
    plain: 'bcCfhiLrStTVaAelnswx',
  },
  valgrind: {
    options: { isOpen: true },
    plain: 'qv leak-check error-exitcode track-origins show-leak-kinds quiet verbose num-callers',
  },
  'dbus-run-session': { options: { isOpen: true } },
  'xvfb-run': {
    options: { flags: 'al', values: 'efnps', isOpen: true },
    plain: 'ans auto-servernum server-num server-args',
  },
  proxychains: { options: { flags: 'q', values: 'f' } },
  proxychains4: { options: { flags: 'q', values: 'f' } },
  torify: { options: { flags: 'qv' } },
  torsocks: { options: { flags: 'qi', values: 'aPup', isOpen: true }, plain: 'qi' },
  tsocks: { options: {} },
  fakeroot: { options: { values: 'lfiusb', isOpen: true }, plain: 'u' },
  faketime: { options: { flags: 'mpf', isOpen: true }, operands: 1, plain: 'mpf' },
  cpulimit: { options: { values: 'lpe', flags: 'izmv' } },
  chronic: { options: { flags: 'ev' } },
  ts: { options: {} },
  sshpass: { options: { flags: 'e', values: 'fdpP' } },
  'cross-env': { options: {}, takesAssignments: true },
  'cross-env-shell': { options: {}, takesAssignments: true },
  dotenv: {
    options: { flags: 'oqv', values: 'efpc', isOpen: true },
    takesAssignments: true,
    environment: 'loads',
  },
  'with-env': { options: { isOpen: true }, takesAssignments: true, environment: 'loads' },
  'systemd-run': {
    options: {
      flags: 'GPqrdtSh',
      values: 'puHMEC',
      isOpen: true,
      longValues: long(
        'unit property description slice uid gid nice working-directory setenv on-active on-calendar',
      ),
    },
    isElevated: true,
  },
  'systemd-inhibit': { options: { isOpen: true }, plain: 'what who why mode' },
  gdb: {
    options: {
      longFlags: long('args batch quiet'),
      singles: ['-batch', '-quiet'],
      flags: 'q',
      isOpen: true,
    },
    plain: 'q args batch quiet -batch -quiet',
  },
  'run-parts': { options: { isOpen: true }, startsNothing: ['--list', '--test'] },
  busybox: {
    options: { longFlags: long('list list-full install help') },
    startsNothing: ['--list', '--list-full', '--install', '--help'],
  },
  toybox: { options: { isOpen: true } },
  coproc: { options: {} },
  gosu: { options: {}, operands: 1, isElevated: true },
  'su-exec': { options: {}, operands: 1, isElevated: true },
  prlimit: { options: { isOpen: true, values: 'p' }, startsNothing: ['-p', '--pid'], plain: true },
  choom: { options: { values: 'np' }, startsNothing: ['-p', '--pid'] },
  runcon: { options: { flags: 'c', values: 'turl' } },
  setarch: { options: { isOpen: true }, operands: 1, isOperandOptional: true, plain: true },
  linux64: { options: { isOpen: true }, plain: true },
  linux32: { options: { isOpen: true }, plain: true },
  i386: { options: { isOpen: true }, plain: true },
  x86_64: { options: { isOpen: true }, plain: true },
  'dbus-launch': { options: { isOpen: true } },
  sem: {
    options: { isOpen: true, values: 'j', longValues: long('jobs id timeout') },
    plain: 'j jobs id timeout fg',
  },
  watchexec: {
    options: {
      flags: 'crnpvE',
      values: 'wefisoNd',
      isOpen: true,
      longValues: long('watch exts ignore filter delay-run shell signal workdir'),
    },
    plain: 'crnvwefid watch exts ignore filter delay-run clear restart',
  },
  onchange: { options: { isOpen: true }, needsDashes: true, plain: 'i1k initial kill' },
  'flatpak-spawn': { options: { isOpen: true }, environment: 'may-clear' },
  perf: {
    options: { isOpen: true, values: 'eoFCpt' },
    verbs: ['stat', 'record', 'trace', 'c2c', 'mem'],
    plain: 'eFCdarBxvg',
  },
  dtach: { options: { isOpen: true, values: 'aAcnNper' }, startsNothing: ['-a', '-p'] },
  abduco: { options: { isOpen: true, values: 'aAcne' }, startsNothing: ['-a'] },
  daemonize: { options: { flags: 'av', values: 'ceoplEuL', isOpen: true } },
  'ld.so': {
    options: {
      isOpen: true,
      longValues: long('library-path preload argv0 inhibit-rpath audit glibc-hwcaps-mask'),
    },
    startsNothing: ['--list', '--verify', '--help', '--version'],
  },
  zellij: { options: { isOpen: true }, verbs: ['run'], needsDashes: true },
  buildah: { options: { isOpen: true }, verbs: ['run'], needsDashes: true },
  multipass: { options: { isOpen: true }, verbs: ['exec'], needsDashes: true },
  crictl: { options: { flags: 'its', isOpen: true }, verbs: ['exec'], operands: 1 },
  lerna: { options: { isOpen: true }, verbs: ['exec'], needsDashes: true },
  nx: { options: { isOpen: true }, verbs: ['exec'], needsDashes: true },
  tox: { options: { isOpen: true }, verbs: ['exec'], needsDashes: true },
  railway: { options: { isOpen: true, values: 'se' }, verbs: ['run'], environment: 'loads' },
  heroku: { options: { isOpen: true, values: 'a' }, verbs: ['run'] },
};
