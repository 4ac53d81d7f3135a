// production, staging, local or unknown: told from names, hosts and URLs.
// Invariant: `unknown` where nothing says which; the user's patterns come before the conventions.
import { minimatch } from 'minimatch';

export type EnvironmentClass = 'production' | 'staging' | 'local' | 'unknown';

export interface Classified {
  environment: EnvironmentClass;
  /** The word or pattern that told it; undefined for `unknown`. */
  because: string | undefined;
}

const PRODUCTION = /(^|[^a-z])(prod|production|prd|live)(?![a-z])/i;
const NOT_PRODUCTION =
  /(^|[^a-z])(non-?prod|pre-?prod|staging|stage|stg|uat|qa|test|testing|dev|develop|development|sandbox|preview|demo|ci)(?![a-z])/i;
const LOCAL_HOST =
  /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?|0\.0\.0\.0|host\.docker\.internal|.*\.localhost)$/i;
const LOCAL_CONTEXT =
  /^(minikube|docker-desktop|docker-for-desktop|rancher-desktop|colima|orbstack|kind-.*|k3d-.*|k3s-local|microk8s)$/i;

/**
 * The class of one environment from the texts that name it (host, database, context, profile, workspace).
 * Production is said as soon as one text says so; local and staging only where none says production.
 */
export function classifyEnvironment(
  texts: readonly (string | undefined)[],
  production: readonly string[],
): Classified {
  const given = texts.filter((text): text is string => text !== undefined && text !== '');
  for (const text of given) {
    const pattern = production.find((glob) => minimatch(text, glob, { nocase: true, dot: true }));
    if (pattern !== undefined)
      return { environment: 'production', because: `${text} matches ${pattern}` };
  }
  // `pre-prod` holds the word prod, so what is surely not production is cut out first.
  const saysProduction = given.find((text) =>
    PRODUCTION.test(text.replaceAll(/(non|pre)-?prod\w*/gi, '')),
  );
  if (saysProduction !== undefined) return { environment: 'production', because: saysProduction };
  const staging = given.find((text) => NOT_PRODUCTION.test(text));
  const local = given.find((text) => LOCAL_HOST.test(text));
  if (local !== undefined) return { environment: 'local', because: local };
  if (staging !== undefined) return { environment: 'staging', because: staging };
  return { environment: 'unknown', because: undefined };
}

/** True for host names and addresses of this machine. */
export function isLocalHost(host: string): boolean {
  return LOCAL_HOST.test(host);
}

/** True for the names that tools give to a cluster on this machine. The name alone proves nothing. */
export function isLocalContext(name: string): boolean {
  return LOCAL_CONTEXT.test(name);
}

/** True for addresses of a private network, where local virtual machines live. */
export function isPrivateHost(host: string): boolean {
  return (
    /^(10|127|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(host) ||
    host === 'kubernetes.docker.internal'
  );
}
