// Programs that start others under another user, on another machine or in a container.
import type { Input, NestingStep, Place, Word } from '../types.ts';
import { argvPart, NOTHING, opaque, step, textPart, transparent } from './build.ts';
import {
  constantWord,
  hasOption,
  type OptionTable,
  optionValue,
  readAllOptions,
  readOptions,
} from './optionReader.ts';
import { unwrapInput } from './shells.ts';
import type { Unwrapped, UnwrappedPart } from './types.ts';

const SSH: OptionTable = { flags: '46AaCfGgKkMNnqsTtVvXxYy', values: 'BbcDEeFIiJLlmOoPpQRSWw' };

/** Settings of ssh that run a program on this machine. */
const SSH_CODE =
  /^\s*(proxycommand|localcommand|knownhostscommand|proxyusefdpass|match)[\s=]+(.*)$/is;

/** `ssh HOST TEXT`: the words are joined and run by a shell over there. */
export function unwrapSsh(program: string, argv: readonly Word[], input: Input): Unwrapped {
  const first = argv[0] as Word;
  const read = readOptions(argv.slice(1), SSH, program);
  const [host, ...before] = read.rest;
  // ssh reads options behind the host as well.
  const more = readOptions(before, SSH, program);
  const local = [...read.options, ...more.options].flatMap(({ name, value }) => {
    const setting = name === '-o' ? SSH_CODE.exec(value?.value ?? '') : null;
    if (!setting || !value) return [];
    const made = textPart([value], 'sh', step(`${program} -o`, 'option', first));
    return [{ ...made.part, text: setting[2] ?? '' }];
  });
  const notUnderstood = [...read.notUnderstood, ...more.notUnderstood];
  if (!host) return opaque(local, notUnderstood);
  const place: Place = { kind: 'remote', via: program, host: host.value };
  const at = step(`${program} ${host.text}`, 'string', first);
  const words = more.rest;
  if (words.length === 0) {
    if (input.kind === 'inherit' || hasOption(read, '-N', '-n'))
      return opaque(local, notUnderstood);
    const fed = unwrapInput(program, 'sh', first, input);
    const parts = fed.parts.map((part): UnwrappedPart => ({ ...part, place }));
    return opaque([...local, ...parts], [...notUnderstood, ...fed.notUnderstood]);
  }
  const made = textPart(words, 'sh', at, { place });
  return transparent([...local, made.part], [...notUnderstood, ...made.notUnderstood]);
}

const SU: OptionTable = {
  flags: 'lmpPf',
  values: 'cgsGwu',
  longFlags: ['--login', '--preserve-environment', '--pty', '--fast'],
  longValues: [
    '--command',
    '--session-command',
    '--group',
    '--supp-group',
    '--shell',
    '--user',
    '--whitelist-environment',
  ],
};

/** `su [USER] -c TEXT` and `runuser -u USER WORDS`. */
export function unwrapSu(program: string, argv: readonly Word[], input: Input): Unwrapped {
  const first = argv[0] as Word;
  // What stands behind `--` is for the shell: `su root -- -c TEXT`.
  const words = argv.slice(1).filter((word) => word.value !== '--' || program === 'runuser');
  const ordered = readAllOptions(words, SU, program);
  const text = optionValue(ordered, '-c', '--command', '--session-command');
  if (text) {
    // Behind the user's name stand `$0`, `$1`, …
    const named = ordered.rest.filter(({ value }, at) => at > 0 || value !== '-');
    const made = textPart([text], 'sh', step(`${program} -c`, 'string', first), {
      elevated: true,
      positional: named.slice(1),
    });
    return transparent([made.part], [...ordered.notUnderstood, ...made.notUnderstood]);
  }
  if (program === 'runuser' && hasOption(ordered, '-u', '--user') && ordered.rest.length > 0) {
    const part = argvPart(ordered.rest, step(program, 'wrapper', first), { elevated: true });
    return transparent([part], ordered.notUnderstood);
  }
  return fed(program, input, first, ordered.notUnderstood);
}

/** A shell that is opened without a command reads what it is fed. */
function fed(
  program: string,
  input: Input,
  first: Word,
  notUnderstood: Unwrapped['notUnderstood'],
): Unwrapped {
  const read = unwrapInput(program, 'sh', first, input);
  const parts = read.parts.map((part): UnwrappedPart => ({ ...part, elevated: true }));
  return opaque(parts, [...notUnderstood, ...read.notUnderstood]);
}

/** What `cmake -E` calls the programs that everybody has. */
const CMAKE_TOOLS: ReadonlyMap<string, readonly string[]> = new Map([
  ['rm', ['rm']],
  ['remove', ['rm']],
  ['remove_directory', ['rm', '-rf']],
  ['rename', ['mv']],
  ['copy', ['cp']],
  ['copy_if_different', ['cp']],
  ['copy_directory', ['cp', '-r']],
  ['copy_directory_if_different', ['cp', '-r']],
  ['make_directory', ['mkdir', '-p']],
  ['touch', ['touch']],
  ['create_symlink', ['ln', '-sf']],
  ['create_hardlink', ['ln', '-f']],
  ['tar', ['tar']],
  ['env', ['env']],
  ['time', ['time']],
  ['cat', ['cat']],
]);

/** `cmake -E remove_directory DIR`, `cmake -E env A=b WORDS`. */
function unwrapCmake(argv: readonly Word[], at: NestingStep): Unwrapped | undefined {
  const [, option, verb, ...rest] = argv;
  if (option?.value !== '-E' || !verb) return undefined;
  if (verb.value === 'chdir') {
    const [folder, ...words] = rest;
    return folder ? opaque([argvPart(words, at, { cwd: folder })]) : undefined;
  }
  const tool = CMAKE_TOOLS.get(verb.value ?? '');
  const words = tool?.map((word) => constantWord(word, verb));
  return words && opaque([argvPart([...words, ...rest], at)]);
}

/** `chroot ROOT WORDS`, `ip netns exec NAME WORDS`, `vagrant ssh -c TEXT`, `lxc exec NAME -- WORDS`, `wsl WORDS`. */
export function unwrapOther(program: string, argv: readonly Word[]): Unwrapped | undefined {
  const first = argv[0] as Word;
  const values = argv.map((word) => word.value);
  const at = step(program, 'wrapper', first);
  const place: Place = { kind: 'container', via: program, name: undefined };
  switch (program) {
    case 'cmake':
      return unwrapCmake(argv, at);
    case 'chroot': {
      const read = readOptions(argv.slice(1), { isOpen: true }, program);
      const words = read.rest.slice(1);
      return words.length === 0
        ? NOTHING
        : opaque([argvPart(words, at, { place, elevated: true })]);
    }
    case 'ip': {
      const exec = values.indexOf('exec');
      if (values[1] !== 'netns' || exec < 0) return undefined;
      return transparent([argvPart(argv.slice(exec + 2), at, { elevated: true })]);
    }
    case 'k3s':
    case 'microk8s':
    case 'minikube': {
      const [, client, ...rest] = argv;
      if (!client || !/^(microk8s\.)?(kubectl|helm3?)$/.test(client.value ?? '')) return undefined;
      const words = rest[0]?.value === '--' ? rest.slice(1) : rest;
      return opaque([argvPart([client, ...words], at)]);
    }
    case 'vagrant': {
      const code = argv[values.findIndex((value) => value === '-c' || value === '--command') + 1];
      if (values[1] !== 'ssh' || !code || code === first) return undefined;
      const made = textPart([code], 'sh', at, {
        place: { kind: 'remote', via: program, host: undefined },
      });
      return opaque([made.part], made.notUnderstood);
    }
    case 'lxc':
    case 'incus': {
      if (values[1] !== 'exec') return undefined;
      const dashes = values.indexOf('--');
      return opaque([argvPart(argv.slice(dashes >= 0 ? dashes + 1 : 3), at, { place })]);
    }
    case 'lxc-attach':
    case 'machinectl':
    case 'bwrap':
    case 'systemd-nspawn':
    case 'wsl': {
      const dashes = values.indexOf('--');
      if (dashes < 0) {
        const why = `What ${program} starts cannot be told from its options.`;
        return argv.length > 1
          ? {
              ...NOTHING,
              notUnderstood: [{ code: 'unsupported-construct', why, span: first.span }],
            }
          : NOTHING;
      }
      return opaque([argvPart(argv.slice(dashes + 1), at, { place })]);
    }
    default:
      return undefined;
  }
}
