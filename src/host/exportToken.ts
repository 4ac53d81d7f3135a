// The bearer token with which a team's collector is addressed. A person types it; it is kept in the editor's secret storage.
// Invariants: it goes only to the address for which it was typed, never over a connection that can be read on the way,
// and never into a setting, a log or a message.
import { HumanError } from './errors.ts';
import { type Secrets, withLimit } from './signingKeyStore.ts';

const NAME = 'interlock.exportToken';
/** The secret storage of some machines asks a person, or never answers. */
const LIMIT_MS = 10_000;
/** What a header may hold (RFC 6750, section 2.1). */
const TOKEN = /^[A-Za-z0-9._~+/-]{1,8000}=*$/;

interface Kept {
  origin: string;
  token: string;
}

export class ExportToken {
  constructor(
    private readonly secrets: Secrets,
    private readonly limitMs = LIMIT_MS,
  ) {}

  /** Keeps it for an address; an empty text takes it away. Rejects with a sentence for a person. */
  async set(url: string, token: string): Promise<void> {
    const fault = token === '' ? undefined : (faultOfToken(token) ?? faultOfPlace(url));
    if (fault !== undefined) throw new HumanError(fault);
    const kept: Kept | undefined = token === '' ? undefined : { origin: originOf(url), token };
    await this.secrets.store(NAME, kept ? JSON.stringify(kept) : '');
  }

  /** Headers for a request to the address; none where no token was typed for it. Rejects where the storage does not answer. */
  async headersFor(url: string): Promise<Record<string, string>> {
    const kept = readKept(await withLimit(this.read(), this.limitMs));
    const isMeant = kept?.origin === originOf(url) && faultOfPlace(url) === undefined;
    return kept && isMeant ? { authorization: `Bearer ${kept.token}` } : {};
  }

  private async read(): Promise<string | undefined> {
    return this.secrets.get(NAME);
  }
}

/** What is wrong with a token, without saying it; undefined where nothing is. */
export function faultOfToken(token: string): string | undefined {
  return TOKEN.test(token)
    ? undefined
    : 'This cannot be a bearer token: only letters, digits and . _ ~ + / - = may stand in it.';
}

function faultOfPlace(url: string): string | undefined {
  const { protocol, hostname } = new URL(url);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || isHere
    ? undefined
    : 'A token is sent only over https, or to this machine. Change interlock.otlp.endpoint first.';
}

function originOf(url: string): string {
  return new URL(url).origin;
}

function readKept(text: string | undefined): Kept | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    const { origin, token } = JSON.parse(text) as Record<string, unknown>;
    return typeof origin === 'string' && typeof token === 'string' ? { origin, token } : undefined;
  } catch {
    // Written by something else: there is no token then, and the collector says so.
    return undefined;
  }
}
