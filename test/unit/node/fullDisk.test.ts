// The disk of the record is full or read-only: nothing runs, the person is told why, and it goes on when there is room again.
import assert from 'node:assert/strict';
import { type ChildProcessByStdio, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { createSigningKey, readSigningKey } from '../../../src/node/signingKey.ts';
import { verifySession } from '../../../src/node/verifySession.ts';
import { buildProgram } from '../../helpers/buildProgram.ts';
import { createTestGate } from '../../helpers/gate.ts';
import { buildRecorder } from '../../helpers/recorders.ts';
import { createPlace, type TestPlace } from '../../helpers/sessions.ts';

/** Whether this machine lets a test mount a file system of its own. */
const canMount = spawnSync('unshare', ['-m', 'true']).status === 0;

interface Done {
  decision: string;
  reason: string;
  name: string;
}

/** The writer in a private mount namespace, where `folder` is a small file system in memory. */
class WriterOnSmallDisk {
  private readonly answers: AsyncIterableIterator<string>;

  private constructor(
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly folder: string,
    readonly problems: string[] = [],
  ) {
    this.answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  static async start(folder: string, argv: readonly string[]): Promise<WriterOnSmallDisk> {
    const script = `mount -t tmpfs -o size=256k,mode=700 none "$0" && mkdir "$0/ran" && exec "$@"`;
    const child = spawn('unshare', ['-m', 'sh', '-c', script, folder, ...argv], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const writer = new WriterOnSmallDisk(child, folder);
    assert.ok('started' in (await writer.next()));
    return writer;
  }

  /** Lets it submit one command and returns what became of it. */
  async submit(): Promise<Done> {
    this.child.stdin.write('\n');
    for (;;) {
      const said = await this.next();
      if ('problem' in said) this.problems.push(String(said.problem));
      else if ('done' in said) return said as unknown as Done;
    }
  }

  /** A path of its file system, as it looks from here. */
  inside(...names: string[]): string {
    return path.join(`/proc/${this.child.pid}/root`, this.folder, ...names);
  }

  fill(): void {
    const handle = fs.openSync(this.inside('filler'), 'w');
    try {
      for (const size of [4096, 1]) writeUntilFull(handle, Buffer.alloc(size));
    } finally {
      fs.closeSync(handle);
    }
  }

  free(): void {
    fs.unlinkSync(this.inside('filler'));
  }

  remount(option: 'ro' | 'rw'): void {
    const mount = ['mount', '-o', `remount,${option}`, this.folder];
    execFileSync('nsenter', ['-t', String(this.child.pid), '-m', ...mount]);
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  private async next(): Promise<Record<string, unknown>> {
    const { value, done } = await this.answers.next();
    assert.ok(!done, 'the writer ended');
    return JSON.parse(value);
  }
}

function isDay(name: string): boolean {
  return /^\d{4}/.test(name);
}

function writeUntilFull(handle: number, bytes: Buffer): void {
  try {
    for (;;) fs.writeSync(handle, bytes);
  } catch (error) {
    assert.match(String(error), /ENOSPC/);
  }
}

describe('I6 – the disk of the record', function () {
  this.timeout(120_000);
  let place: TestPlace;
  let program: string;
  let secret: string;
  let writer: WriterOnSmallDisk;

  before(() => {
    place = createPlace();
    program = buildProgram('test/helpers/recordWriter.ts', place.root);
    buildRecorder(place.root);
    ({ secret } = createSigningKey());
    fs.mkdirSync(path.join(place.workspace, 'ran'));
  });
  after(() => place.dispose());

  const argv = (workspace: string, storage: string) => [
    process.execPath,
    program,
    workspace,
    storage,
    secret,
    '1000000',
    'input',
  ];

  async function submitUntilFailed(): Promise<Done> {
    // The last page of the file still has room for some lines.
    for (let n = 0; n < 60; n++) {
      const done = await writer.submit();
      if (done.decision !== 'allowed') return done;
    }
    throw new Error('Everything was let through though the disk is full.');
  }

  function assertNotRun(done: Done, ran: string, why: RegExp): void {
    assert.equal(done.decision, 'failed');
    assert.match(done.reason, why);
    assert.match(done.reason, /Nothing ran\. This is a fault of the gate, not a refusal/);
    assert.ok(!fs.existsSync(path.join(ran, done.name)), 'it ran');
    assert.match(writer.problems.join('\n'), why);
  }

  const onSmallDisk = (name: string, work: () => Promise<void>) =>
    it(name, async () => {
      try {
        await work();
      } finally {
        await writer.stop();
      }
    });

  if (canMount) {
    onSmallDisk(
      'full – nothing runs and it is said; with room again it goes on, and the chain holds',
      async () => {
        writer = await WriterOnSmallDisk.start(place.workspace, argv(place.workspace, place.root));
        assert.equal((await writer.submit()).decision, 'allowed');
        writer.fill();
        const full = await submitUntilFailed();
        assertNotRun(full, writer.inside('ran'), /session log .* cannot be .*no space left/);
        writer.free();
        const after = await writer.submit();
        assert.equal(after.decision, 'allowed', after.reason);
        assert.ok(fs.existsSync(writer.inside('ran', after.name)));
        const [day = ''] = fs.readdirSync(writer.inside('.interlock', 'sessions')).filter(isDay);
        const sessions = fs.readdirSync(writer.inside('.interlock', 'sessions', day));
        assert.ok(sessions.length > 0);
        const keys = [readSigningKey(secret).publicKey];
        for (const session of sessions) {
          const folder = writer.inside('.interlock', 'sessions', day, session);
          const { state, fault } = verifySession(folder, { heads: place.heads, keys });
          assert.equal(state, 'sound', fault?.why);
        }
      },
    );

    onSmallDisk(
      'read-only from the start – nothing runs and it is said; when it can be written it goes on',
      async () => {
        writer = await WriterOnSmallDisk.start(place.workspace, argv(place.workspace, place.root));
        writer.remount('ro');
        assertNotRun(
          await writer.submit(),
          writer.inside('ran'),
          /session log cannot be made: EROFS: read-only file system/,
        );
        writer.remount('rw');
        assert.equal((await writer.submit()).decision, 'allowed');
      },
    );

    onSmallDisk(
      'the place of the heads is full – nothing runs and it is said; with room again it goes on',
      async () => {
        const storage = path.join(place.root, 'storage');
        fs.mkdirSync(storage);
        writer = await WriterOnSmallDisk.start(storage, argv(place.workspace, storage));
        writer.fill();
        const ran = path.join(place.workspace, 'ran');
        assertNotRun(await writer.submit(), ran, /session log .* cannot be .*no space left/);
        writer.free();
        const after = await writer.submit();
        assert.equal(after.decision, 'allowed', after.reason);
        assert.ok(fs.existsSync(path.join(ran, after.name)));
        // From here on heads are written over in place, which needs no room.
        writer.fill();
        assert.equal((await writer.submit()).decision, 'allowed');
      },
    );
  }

  it('full, with a writer that is told so – nothing runs and it is said; with room again it goes on', async () => {
    let isFull = false;
    const test = createTestGate({
      write: (handle, bytes, from) => {
        if (isFull) throw new Error('ENOSPC: no space left on device, write');
        return fs.writeSync(handle, bytes, from);
      },
    });
    try {
      assert.equal((await test.submit('ls').result).decision, 'allowed');
      isFull = true;
      const { decision, reason } = await test.submit('ls').result;
      assert.equal(decision, 'failed');
      assert.match(reason, /no space left.*Nothing ran/);
      assert.match(test.problems.join('\n'), /no space left/);
      isFull = false;
      assert.equal((await test.submit('ls').result).decision, 'allowed');
    } finally {
      await test.dispose();
    }
  });
});
