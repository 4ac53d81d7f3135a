// The one sentence on which environment is meant, with how it is known. Databases, clusters and clouds share it.
// Invariant: a name that says production decides; `local` and `staging` need that nothing is left open.
import type { Fact } from '../../core/risk/types.ts';
import { classifyEnvironment, isLocalHost } from './environmentClass.ts';

/** One text that names the place, and where it was found: `db.prod.example.com`, `host in DATABASE_URL`. */
export interface Named {
  text: string;
  how: string;
}

export interface Place {
  /** What a person calls it: `app on db.example.com`, `context kind-dev`. */
  title: string;
  names: readonly Named[];
  /** True where everything that is named lies on this machine. */
  isLocal: boolean;
  /** Why it may be another place than the names say; undefined where it cannot. */
  doubt: string | undefined;
}

/** The environment of one effect. `machine` is this machine's name: a local database of a production host is no toy. */
export function environmentFact(
  effect: number,
  place: Place,
  production: readonly string[],
  machine: string,
): Fact {
  const own = place.isLocal ? [{ text: machine, how: 'name of this machine' }] : [];
  const names = [...place.names, ...own];
  const { environment, because } = classifyEnvironment(
    names.map(({ text }) => text),
    production,
  );
  const say = (value: Fact['value'], text: string, how: string): Fact => ({
    id: 'environment.class',
    effect,
    value,
    text,
    how,
  });
  const why = because?.includes(' matches ') ? because : `the name ${because} says so`;
  const source = names.find(
    ({ text }) => because === text || because?.startsWith(`${text} matches`),
  );
  if (environment === 'production')
    return say('production', `${place.title} is production: ${why}.`, source?.how ?? 'its name');
  const looked = [...new Set(names.map(({ how }) => how))].join(', ') || 'its words';
  if (place.doubt !== undefined)
    return say(
      'unknown',
      `Whether ${inSentence(place.title)} is production is not known: ${place.doubt}`,
      looked,
    );
  if (place.isLocal) return say('local', `${place.title} is on this machine.`, looked);
  if (environment === 'staging')
    return say(
      'staging',
      `${place.title} is a staging or test system: ${why}.`,
      source?.how ?? looked,
    );
  return say(
    'unknown',
    `Whether ${inSentence(place.title)} is production is not known: no name says so, and no pattern of interlock.production matches.`,
    looked,
  );
}

/** True where every one of the hosts is this machine; no host at all says nothing. */
export function areLocal(hosts: readonly string[]): boolean {
  return hosts.length > 0 && hosts.every((host) => isLocalHost(host) || host.startsWith('/'));
}

/** `The cluster` as it stands in the middle of a sentence; names keep their capitals. */
function inSentence(title: string): string {
  return title.replace(/^(The|This) /, (word) => word.toLowerCase());
}
