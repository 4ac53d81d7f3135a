// Puts seeds, spellings and wrappers together to lines.
// Invariant: bash runs the seed's call in every line that comes out.
import fc from 'fast-check';
import { DESTRUCTIVE, HARMLESS, type Seed } from './seeds.ts';
import { command } from './spellings.ts';
import {
  COMPOUNDS,
  ELEVATING,
  EVALUATED,
  HARMLESS_STRINGS,
  PREFIXES,
  STRINGS,
} from './wrappers.ts';

/** A seed and a line that runs it. */
export interface Mutant {
  seed: Seed;
  /** The call in its plain spelling. */
  plain: readonly string[];
  line: string;
}

const MAX_LAYERS = 3;
/** Seeds that fill standard input or replace the shell's own options would not survive these. */
const KEEPS_SHELL = /^(?:kill|crontab)$/;

interface Kit {
  seeds: readonly Seed[];
  prefixes: readonly (readonly string[])[];
  layers: readonly ((line: string) => string)[];
}

function mutants(kit: Kit): fc.Arbitrary<Mutant> {
  const prefixes = fc.array(fc.constantFrom(...kit.prefixes), { maxLength: 2 });
  const layers = fc.array(fc.constantFrom(...kit.layers), { maxLength: MAX_LAYERS });
  return fc
    .constantFrom(...kit.seeds)
    .chain((seed) => fc.constantFrom(...seed.argvs).map((argv) => ({ seed, argv })))
    .chain(({ seed, argv }) =>
      fc.record({ prefixes, layers }).chain(({ prefixes, layers }) => {
        const isBuiltin = KEEPS_SHELL.test(argv[0] ?? '');
        const before = isBuiltin ? [] : prefixes.flat();
        return command([...before, ...argv]).map((text) => ({
          seed,
          plain: seed.argvs[0] ?? [],
          line: layers.reduce((line, wrap) => wrap(line), text),
        }));
      }),
    );
}

/** Lines that destroy something. */
export const destructiveMutants = mutants({
  seeds: DESTRUCTIVE,
  prefixes: [...PREFIXES, ...ELEVATING],
  layers: [...STRINGS, ...COMPOUNDS, ...COMPOUNDS, ...EVALUATED],
});

/** Lines that only read. */
export const harmlessMutants = mutants({
  seeds: HARMLESS,
  prefixes: PREFIXES.slice(0, 16),
  layers: [...HARMLESS_STRINGS, ...COMPOUNDS],
});
