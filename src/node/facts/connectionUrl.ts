// Host and database out of a connection text, without the password: URLs and libpq's `host=… dbname=…`.
// Invariant: what is returned never holds user names, passwords or other parameters.

export interface Address {
  hosts: readonly string[];
  database: string | undefined;
  /** Name of a libpq service that says the rest. */
  service: string | undefined;
}

/** Reads a connection text; undefined where it is neither a URL nor a list of `key=value`. */
export function readAddress(text: string): Address | undefined {
  if (/^[a-z][\w+.-]*:(\/\/|[a-z]+:\/\/)/i.test(text)) return readUrl(text.replace(/^jdbc:/i, ''));
  if (/^\s*\w+\s*=/.test(text)) return readConnectionWords(text);
  return undefined;
}

/** Host of a URL, or of `host:port`; undefined where there is none. */
export function hostOfUrl(text: string): string | undefined {
  const address = /^[a-z][\w+.-]*:\/\//i.test(text) ? readUrl(text) : undefined;
  return (address ? address.hosts[0] : hostOf(text)) || undefined;
}

function readUrl(text: string): Address {
  const rest = text.slice(text.indexOf('//') + 2);
  const end = rest.search(/[/?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const tail = end < 0 ? '' : rest.slice(end);
  const [pathPart = '', query = ''] = tail.split('#')[0]?.split('?') ?? [];
  const parameters = new Map(
    query.split('&').map((pair) => {
      const [key = '', ...value] = pair.split('=');
      return [decode(key).toLowerCase(), decode(value.join('='))];
    }),
  );
  const named = authority
    .slice(authority.lastIndexOf('@') + 1)
    .split(',')
    .map(hostOf)
    .filter((host) => host !== '');
  const more = [parameters.get('host'), parameters.get('hostaddr'), parameters.get('server')];
  const overriding = more.flatMap((host) => (host ? host.split(',').map(hostOf) : []));
  return {
    // A host among the parameters wins in some clients: all of them count.
    hosts: [...named, ...overriding],
    database:
      parameters.get('dbname') ||
      parameters.get('database') ||
      decode(pathPart.slice(1)) ||
      undefined,
    service: parameters.get('service') || undefined,
  };
}

function readConnectionWords(text: string): Address {
  const values = new Map<string, string>();
  for (const [, key = '', quoted, plain] of text.matchAll(
    /(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\S*))/g,
  ))
    values.set(key, (quoted ?? plain ?? '').replace(/\\(.)/g, '$1'));
  const hosts = [values.get('host'), values.get('hostaddr')].flatMap(
    (host) => host?.split(',') ?? [],
  );
  return {
    hosts: hosts.filter((host) => host !== ''),
    database: values.get('dbname') || undefined,
    service: values.get('service') || undefined,
  };
}

/** Without the port; brackets of IPv6 are kept off as well. */
function hostOf(text: string): string {
  const host = decode(text.trim());
  return /^\[(.*)\](:\d+)?$/.exec(host)?.[1] ?? host.replace(/:\d+$/, '');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: the text counts as it stands.
    return text;
  }
}
