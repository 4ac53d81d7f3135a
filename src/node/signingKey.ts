// The Ed25519 key that signs heads and manifests. Where its secret half is kept is for the host to say.
// Invariant: the secret half leaves this file only as the text that `createSigningKey` hands out to be kept.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';

export interface SigningKey {
  /** SPKI in hex, as it stands in the first line of a log. */
  readonly publicKey: string;
  /** Signature in base64. */
  sign(text: string): string;
}

/** A new key, and the text from which `readSigningKey` makes it again. */
export function createSigningKey(): { key: SigningKey; secret: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const secret = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  return { key: readSigningKey(secret), secret };
}

/** Throws where the text is not such a key. */
export function readSigningKey(secret: string): SigningKey {
  const der = Buffer.from(secret, 'base64');
  const privateKey = createPrivateKey({ key: der, type: 'pkcs8', format: 'der' });
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('It is not an Ed25519 key.');
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return {
    publicKey: spki.toString('hex'),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64'),
  };
}

/** False where the signature is not by this key, and where key or signature cannot be read. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.from(publicKey, 'hex'),
      type: 'spki',
      format: 'der',
    });
    const bytes = Buffer.from(text, 'utf8');
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verify(null, bytes, key, Buffer.from(signature, 'base64'))
    );
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

/** The public half as PEM, for people and for `--key`. */
export function publicKeyPem(publicKey: string): string {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'hex'), type: 'spki', format: 'der' });
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

/** Public key in hex out of PEM; undefined where the text holds none. */
export function publicKeyFromPem(pem: string): string | undefined {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== 'ed25519') return undefined;
    return key.export({ type: 'spki', format: 'der' }).toString('hex');
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
