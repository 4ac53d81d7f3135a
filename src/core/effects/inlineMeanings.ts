// What each kind of finding in interpreter code would do.
import type { InlineFindingKind } from '../shell/inline/types.ts';
import type { Category, Effect, Severity, Verb } from './types.ts';

/** The part of an effect that the kind of a finding decides. */
export interface Meaning {
  verb: Verb;
  category: Category;
  severity: Severity;
  reversible: Effect['reversible'];
  reach: Effect['reach'];
  says: string;
}

/** By kind of finding. */
export const MEANINGS: Readonly<Record<InlineFindingKind, Meaning>> = {
  delete: {
    verb: 'delete',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'machine',
    says: 'deletes',
  },
  overwrite: {
    verb: 'overwrite',
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    says: 'writes over',
  },
  write: {
    verb: 'modify',
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    says: 'writes',
  },
  'shell-out': {
    verb: 'execute-code',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'unknown',
    reach: 'machine',
    says: 'starts another program through',
  },
  'read-secret': {
    verb: 'read',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'no',
    reach: 'machine',
    says: 'reads secrets from',
  },
  network: {
    verb: 'send',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'no',
    reach: 'shared',
    says: 'talks to the network through',
  },
  'dynamic-code': {
    verb: 'execute-code',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'unknown',
    reach: 'machine',
    says: 'runs code that is put together at run time by',
  },
  process: {
    verb: 'modify',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'unknown',
    reach: 'machine',
    says: 'acts on other processes through',
  },
  environment: {
    verb: 'change-config',
    category: 'config-change',
    severity: 'minor',
    reversible: 'yes',
    reach: 'nothing',
    says: 'changes its own surroundings through',
  },
  chmod: {
    verb: 'change-config',
    category: 'config-change',
    severity: 'moderate',
    reversible: 'effort',
    reach: 'workspace',
    says: 'changes permissions of',
  },
  database: {
    verb: 'modify',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'unknown',
    reach: 'shared',
    says: 'works on a database through',
  },
  'import-unknown': {
    verb: 'execute-code',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'unknown',
    reach: 'machine',
    says: 'uses',
  },
};
