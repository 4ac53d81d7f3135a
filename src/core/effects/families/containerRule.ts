// What the rules on containers share: the clients, their verbs, defaults.
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';

type Spec = Pick<Rule, 'id' | 'when' | 'why' | 'examples'> & Partial<Rule>;

/** Clients that take the words of docker. */
export const DOCKER = words('docker podman nerdctl docker-compose podman-compose buildah');

/** The subcommand without `compose` and `container` in front: `volume rm`, `down`. */
export function verbs(call: Call): string {
  const found = call.operands
    .map((word) => word.value ?? '')
    .filter((word) => word !== 'container' && word !== 'compose');
  return found.slice(0, 2).join(' ');
}

/** The first of these words. */
export const first = (call: Call) => verbs(call).split(' ')[0] ?? '';

/** Fills in what most rules on containers share. */
export function container(spec: Spec): Rule {
  return {
    programs: DOCKER,
    verb: 'delete',
    category: 'infrastructure',
    severity: 'serious',
    reversible: 'no',
    reach: 'machine',
    target: (call) => [
      {
        kind: 'container',
        name: call.operands
          .slice(0, 4)
          .map((word) => word.value ?? word.text)
          .join(' '),
      },
    ],
    recovery: 'Images can be built or pulled again; the data of volumes comes from a backup.',
    ...spec,
  };
}
