// Tools that start a program behind one of their subcommands: `poetry run`, `mise exec`, `npx`, `op run`.
import type { Word } from '../types.ts';
import { argvPart, NOTHING, opaque, step, textPart, transparent } from './build.ts';
import {
  constantWord,
  hasOption,
  type OptionTable,
  optionValue,
  readOptions,
} from './optionReader.ts';
import type { Unwrapped } from './types.ts';

interface Runner {
  /** Words of the subcommand; any of them. */
  verbs: readonly string[];
  options?: OptionTable;
  /** Operands of its own between the subcommand and the program. */
  operands?: number;
  /** Subcommands that are the program's name themselves (`yarn node`). */
  keepsVerb?: readonly string[];
  /** True where only what stands behind `--` is the program. */
  needsDashes?: boolean;
  /** True where it adds variables from a file or a service. */
  loads?: boolean;
  /** True where fetching or starting the tool is an effect of its own. */
  isOpaque?: boolean;
}

const OPEN: OptionTable = { isOpen: true };

/** Tools that reach databases, clouds or registries and are called by their bare name: `pnpm prisma migrate reset`. */
export const WORKSPACE_TOOLS =
  'prisma typeorm sequelize sequelize-cli knex drizzle-kit mikro-orm wrangler vercel netlify firebase supabase serverless sls sst cdk cdktf amplify changeset semantic-release lerna release-it vsce ovsx rimraf del-cli'.split(
    ' ',
  );

const RUNNERS: Readonly<Record<string, Runner>> = {
  poetry: {
    verbs: ['run'],
    options: { isOpen: true, values: 'CP', longValues: ['--directory', '--project'] },
  },
  uv: {
    verbs: ['run'],
    options: {
      isOpen: true,
      flags: 'qv',
      values: 'pm',
      longValues: [
        '--with',
        '--python',
        '--project',
        '--directory',
        '--extra',
        '--group',
        '--env-file',
        '--package',
        '--index',
        '--with-requirements',
        '--with-editable',
        '--module',
        '--only-group',
        '--no-group',
        '--cache-dir',
      ],
    },
  },
  conda: {
    verbs: ['run'],
    options: { isOpen: true, values: 'np', longValues: ['--name', '--prefix', '--cwd'] },
  },
  mamba: {
    verbs: ['run'],
    options: { isOpen: true, values: 'np', longValues: ['--name', '--prefix', '--cwd'] },
  },
  micromamba: {
    verbs: ['run'],
    options: { isOpen: true, values: 'np', longValues: ['--name', '--prefix', '--cwd'] },
  },
  bundle: { verbs: ['exec'] },
  bundler: { verbs: ['exec'] },
  rbenv: { verbs: ['exec'] },
  pyenv: { verbs: ['exec'] },
  asdf: { verbs: ['exec'] },
  volta: {
    verbs: ['run'],
    options: { isOpen: true, longValues: ['--node', '--npm', '--yarn', '--pnpm'] },
  },
  nvm: { verbs: ['exec', 'run'], operands: 1 },
  rustup: { verbs: ['run'], operands: 1 },
  mise: { verbs: ['exec', 'x'], needsDashes: true },
  rtx: { verbs: ['exec', 'x'], needsDashes: true },
  direnv: { verbs: ['exec'], operands: 1, loads: true },
  op: { verbs: ['run'], needsDashes: true, loads: true },
  doppler: { verbs: ['run'], needsDashes: true, loads: true },
  infisical: { verbs: ['run'], needsDashes: true, loads: true },
  'aws-vault': { verbs: ['exec'], needsDashes: true },
  chamber: { verbs: ['exec'], needsDashes: true, loads: true },
  teller: { verbs: ['run'], needsDashes: true, loads: true },
  envchain: { verbs: [], operands: 1, loads: true },
  dotenvx: { verbs: ['run'], needsDashes: true, loads: true },
  pnpm: {
    verbs: ['exec', 'dlx', ...WORKSPACE_TOOLS],
    keepsVerb: WORKSPACE_TOOLS,
    options: {
      isOpen: true,
      flags: 'r',
      values: 'C',
      longValues: ['--filter', '--package', '--dir'],
    },
    isOpaque: true,
  },
  yarn: {
    verbs: ['exec', 'dlx', 'node', ...WORKSPACE_TOOLS],
    options: OPEN,
    isOpaque: true,
    keepsVerb: ['node', ...WORKSPACE_TOOLS],
  },
  npm: {
    verbs: ['exec', 'x', 'explore'],
    options: { isOpen: true, values: 'cpw', longValues: ['--package', '--call', '--workspace'] },
    isOpaque: true,
  },
  bun: { verbs: ['x'], options: OPEN, isOpaque: true },
  corepack: { verbs: [] },
  flatpak: { verbs: ['run'], operands: 1, isOpaque: true },
  distrobox: { verbs: ['enter'], needsDashes: true },
  toolbox: { verbs: ['run'] },
  nix: { verbs: ['develop', 'shell'], needsDashes: true, loads: true },
};

const FETCHERS: Readonly<Record<string, OptionTable>> = {
  npx: {
    flags: 'yq',
    values: 'pcw',
    isOpen: true,
    longValues: ['--package', '--call', '--workspace', '--prefix', '--cache'],
  },
  bunx: { isOpen: true, values: 'p', longValues: ['--package'] },
  pnpx: { isOpen: true, values: 'p', longValues: ['--package'] },
  uvx: { isOpen: true, values: 'p', longValues: ['--from', '--with', '--python'] },
};

/** Reads a runner; undefined where the call is none. */
export function unwrapRunner(program: string, argv: readonly Word[]): Unwrapped | undefined {
  const fetcher = Object.hasOwn(FETCHERS, program) ? FETCHERS[program] : undefined;
  if (fetcher) return unwrapFetcher(program, argv, fetcher);
  const runner = Object.hasOwn(RUNNERS, program) ? RUNNERS[program] : undefined;
  const first = argv[0];
  if (!runner || !first) return undefined;
  const before = readOptions(argv.slice(1), runner.options ?? OPEN, program);
  const verb = before.rest[0]?.value ?? '';
  if (runner.verbs.length > 0 && !runner.verbs.includes(verb)) return undefined;
  const behindVerb = runner.verbs.length > 0 ? before.rest.slice(1) : before.rest;
  const keeps = runner.keepsVerb?.includes(verb) === true;
  const read = wordsOf(behindVerb, runner, program);
  // `npm explore PACKAGE -- WORDS`
  const words = keeps ? before.rest : verb === 'explore' ? withoutDashes(read.slice(1)) : read;
  const label = `${program} ${verb}`.trim();
  const text = textOption(behindVerb, runner, program);
  if (text) {
    const made = textPart([text], 'sh', step(label, 'string', first));
    return opaque([made.part], made.notUnderstood);
  }
  if (words.length === 0) return undefined;
  const loads =
    runner.loads === true ||
    hasOption(readOptions(behindVerb, runner.options ?? OPEN, program), '--env-file');
  const unseen = { name: undefined, how: 'set' as const, value: undefined, span: first.span };
  const part = argvPart(words, step(label, 'wrapper', first), {
    ...(loads && { environment: { changes: [unseen] } }),
  });
  return runner.isOpaque === true ? opaque([part]) : transparent([part]);
}

function withoutDashes(words: readonly Word[]): readonly Word[] {
  return words[0]?.value === '--' ? words.slice(1) : words;
}

function textOption(words: readonly Word[], runner: Runner, program: string): Word | undefined {
  if (runner.needsDashes) {
    const at = words.findIndex((word) => /^(--command|-c|--run)$/.test(word.value ?? ''));
    return at >= 0 && !/^(?:aws-vault|nix)$/.test(program) ? words[at + 1] : undefined;
  }
  return program === 'npm'
    ? optionValue(readOptions(words, runner.options ?? OPEN, program), '-c', '--call')
    : undefined;
}

function wordsOf(words: readonly Word[], runner: Runner, program: string): readonly Word[] {
  if (runner.needsDashes) {
    const at = words.findIndex(
      ({ value }) =>
        value === '--' || (program === 'nix' && /^(?:-c|--command)$/.test(value ?? '')),
    );
    return at >= 0 ? words.slice(at + 1) : [];
  }
  const read = readOptions(words, runner.options ?? OPEN, program);
  const module = program === 'uv' ? optionValue(read, '-m', '--module') : undefined;
  if (module)
    return [constantWord('python', module), constantWord('-m', module), module, ...read.rest];
  return read.rest.slice(runner.operands ?? 0);
}

function unwrapFetcher(program: string, argv: readonly Word[], table: OptionTable): Unwrapped {
  const first = argv[0] as Word;
  const read = readOptions(argv.slice(1), table, program);
  const text = optionValue(read, '-c', '--call');
  if (text) {
    const made = textPart([text], 'sh', step(`${program} -c`, 'string', first));
    return opaque([made.part], made.notUnderstood);
  }
  const [name, ...rest] = read.rest;
  if (!name) return NOTHING;
  // A fixed version (`pkg@1.2.3`) does not change which program it is.
  const plain = name.value?.replace(/(?<=.)@[^/]*$/, '');
  const word = plain === undefined || plain === name.value ? name : constantWord(plain, name);
  return opaque([argvPart([word, ...rest], step(program, 'wrapper', first))]);
}
