// The signed heads of all sessions of this machine, outside of every workspace: how far each log went, and which were deleted.
// Invariant: a reader finds the newest head or the one before, never half of one.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { sha256 } from '../core/session/chain.ts';
import {
  type Deletion,
  deletionText,
  type Head,
  headText,
  type Read,
  readDeletion,
  type Signed,
} from '../core/session/signed.ts';
import { readHeadFile, writeHeadFile } from './headFile.ts';
import { makePrivateFolder } from './privateFolder.ts';
import { publicKeyFromPem, publicKeyPem, type SigningKey } from './signingKey.ts';

export const HEADS_FOLDER = 'heads';
const KEYS_FOLDER = 'keys';
const DELETED_FILE = 'deleted.ndjson';
const FILE_MODE = 0o600;

export class HeadStore {
  private constructor(readonly folder: string) {}

  /** The store below the editor's storage, which must exist; makes its folder. Throws where that is not possible or not safe. */
  static create(storage: string): HeadStore {
    return new HeadStore(makePrivateFolder(storage, [HEADS_FOLDER]));
  }

  /** A store to read from, whether or not it exists. */
  static at(folder: string): HeadStore {
    return new HeadStore(folder);
  }

  /** Throws where it cannot be written. `isDurable`: it is on disk when this returns. */
  write(head: Head, key: SigningKey, isDurable: boolean): void {
    writeHeadFile(this.fileOf(head.sid), { ...head, sig: key.sign(headText(head)) }, isDurable);
  }

  /** Undefined where there is none. */
  read(session: string): Read<Signed<Head>> | undefined {
    const text = isName(session) ? readText(this.fileOf(session)) : undefined;
    return text === undefined ? undefined : readHeadFile(text);
  }

  /** Changes when the head does; undefined where there is none. */
  stampOf(session: string): string | undefined {
    if (!isName(session)) return undefined;
    const stat = fs.lstatSync(this.fileOf(session), { throwIfNoEntry: false });
    return stat && `${stat.ino} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.size}`;
  }

  /** All heads that can be read, and the names of the files that cannot. */
  list(): { heads: Signed<Head>[]; damaged: string[] } {
    const heads: Signed<Head>[] = [];
    const damaged: string[] = [];
    for (const name of namesIn(this.folder)) {
      if (!name.endsWith('.json')) continue;
      const head = this.read(name.slice(0, -'.json'.length));
      if (head?.ok) heads.push(head.value);
      else if (head) damaged.push(name);
    }
    return { heads, damaged };
  }

  /** Notes that a session is deleted; on disk when this returns. */
  noteDeletion(deletion: Deletion, key: SigningKey): void {
    const line = JSON.stringify({ ...deletion, sig: key.sign(deletionText(deletion)) });
    const handle = fs.openSync(path.join(this.folder, DELETED_FILE), 'a', FILE_MODE);
    try {
      fs.writeSync(handle, `${line}\n`);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  }

  /** False where the same was told about this session before; it is noted as told otherwise. */
  tellOnce(session: string, text: string): boolean {
    const file = `${this.fileOf(session)}.told`;
    if (readText(file) === text) return false;
    fs.writeFileSync(file, text, { mode: FILE_MODE });
    return true;
  }

  /** Takes a head away, once its session is deleted and noted. */
  forget(session: string): void {
    fs.rmSync(this.fileOf(session), { force: true });
    fs.rmSync(`${this.fileOf(session)}.told`, { force: true });
  }

  /** Sessions that were deleted by retention or by a person; lines that cannot be read are left out. */
  deletions(): Signed<Deletion>[] {
    const text = readText(path.join(this.folder, DELETED_FILE)) ?? '';
    return text.split('\n').flatMap((line) => {
      const deletion = line === '' ? undefined : readDeletion(line);
      return deletion?.ok ? [deletion.value] : [];
    });
  }

  /** Keeps the public half beside the heads, so that the command line can check signatures. */
  keepKey(publicKey: string): void {
    const folder = makePrivateFolder(this.folder, [KEYS_FOLDER]);
    const file = path.join(folder, `${sha256(publicKey).slice(0, 16)}.pem`);
    fs.writeFileSync(file, publicKeyPem(publicKey), { mode: FILE_MODE });
  }

  /** Public keys, in hex, of this machine. */
  keys(): string[] {
    const folder = path.join(this.folder, KEYS_FOLDER);
    return namesIn(folder).flatMap((name) => {
      const key = publicKeyFromPem(readText(path.join(folder, name)) ?? '');
      return key === undefined ? [] : [key];
    });
  }

  private fileOf(session: string): string {
    if (!isName(session)) {
      throw new Error(`"${session}" cannot be the name of a session.`);
    }
    return path.join(this.folder, `${session}.json`);
  }
}

/** Folders that others made may be called anything; those have no head. */
function isName(session: string): boolean {
  return /^[\w-][\w.-]*$/.test(session);
}

function namesIn(folder: string): string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
}

function readText(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}
