// The commands about recorded sessions: what they print, what they answer to scripts, and that hostile records stay harmless.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { readCommandLine } from '../../../src/cli/commandLine.ts';
import { runExport } from '../../../src/cli/exportSession.ts';
import { runSessions } from '../../../src/cli/sessions.ts';
import { runVerify } from '../../../src/cli/verify.ts';
import type { AuditBody } from '../../../src/core/session/events.ts';
import { createSigningKey, publicKeyPem } from '../../../src/node/signingKey.ts';
import { type Printed, printing } from '../../helpers/printed.ts';
import {
  closedSession,
  createPlace,
  DAY,
  openLog,
  type TestPlace,
} from '../../helpers/sessions.ts';

let place: TestPlace;

function interlock(...words: string[]): Printed {
  const request = readCommandLine(words, place.workspace);
  const { ran, output } = printing();
  switch (request.kind) {
    case 'verify':
      ran.code = runVerify(request, output);
      return ran;
    case 'sessions':
      ran.code = runSessions(request, output);
      return ran;
    case 'export':
      ran.code = runExport(request, output);
      return ran;
    case 'usage':
      return { code: 64, out: '', err: request.message };
    default:
      throw new Error(`not expected: ${request.kind}`);
  }
}

const folderOf = (session: string) => place.folderOf(session);
const heads = () => ['--heads', place.heads.folder];

const submitted = (id: string, command: string): AuditBody => ({
  type: 'submission',
  commandSha256: '',
  submission: {
    id,
    session: 's1',
    command,
    cwd: '/w',
    agent: 'robot',
    intent: undefined,
    via: 'test',
    environment: {},
    submittedAt: `${DAY}T07:08:09Z`,
  },
});

async function hostileSession(): Promise<void> {
  const log = openLog(place, 's1');
  log.append(submitted('1', '=cmd|"/c calc"!A1\r\n2,x\u202e<img src=x onerror=alert(1)>'));
  log.append({
    type: 'decision',
    submission: '1',
    shownSha256: undefined,
    decision: {
      kind: 'denied',
      by: 'person',
      where: 'panel',
      message: '</td><script>alert(1)</script>\u001b]52;c;x\u0007',
      waitedMs: 1500,
    },
  });
  log.append({ type: 'session.end', reason: 'over', by: 'window' });
  await log.sync();
  await log.seal();
  log.close();
}

describe('interlock verify', () => {
  beforeEach(() => {
    place = createPlace();
  });
  afterEach(() => place.dispose());

  it('sound – 0, and the words say what the head proves and what nothing does', async () => {
    await closedSession(place, 's1');
    const { code, out } = interlock('verify', ...heads());
    assert.equal(code, 0);
    assert.match(out, /^sound .*s1\n {4}All 7 lines.*log was closed after the last\.$/m);
    assert.match(out, /Not proved by any of this/);
  });

  it('sound without heads – 0, and the words say that the end is not proved', async () => {
    await closedSession(place, 's1');
    const file = path.join(place.root, 'key.pem');
    fs.writeFileSync(file, publicKeyPem(place.key.publicKey));
    const { code, out } = interlock('verify', '--key', file);
    assert.equal(code, 0);
    assert.match(out, /no signed head was found: lines cut off the end/);
  });

  it('broken – 1, with the first bad line', async () => {
    await closedSession(place, 's1');
    await closedSession(place, 's2');
    const file = path.join(folderOf('s2'), 'audit.ndjson');
    fs.writeFileSync(
      file,
      fs.readFileSync(file, 'utf8').replace('"submission":"2"', '"submission":"9"'),
    );
    const { code, out } = interlock('verify', ...heads());
    assert.equal(code, 1);
    assert.match(out, /^sound .*s1$/m);
    assert.match(out, /^BROKEN .*s2\n.*audit\.ndjson, line 3: its hash does not fit/m);
    assert.match(out, /"submission":"9"/);
    const json = JSON.parse(interlock('verify', '--json', ...heads()).out);
    assert.equal(json.exitCode, 1);
    assert.deepEqual(
      json.verdicts.map(({ state }: { state: string }) => state),
      ['sound', 'broken'],
    );
  });

  it('another machine’s key – 1', async () => {
    await closedSession(place, 's1');
    const file = path.join(place.root, 'key.pem');
    fs.writeFileSync(file, publicKeyPem(createSigningKey().key.publicKey));
    assert.equal(interlock('verify', '--key', file).code, 1);
    assert.equal(interlock('verify', '--key', file, ...heads()).code, 1);
  });

  it('all sessions deleted – 1, each is named', async () => {
    await closedSession(place, 's1');
    fs.rmSync(path.join(place.workspace, '.interlock'), { recursive: true });
    const { code, out } = interlock('verify', ...heads());
    assert.equal(code, 1);
    assert.match(out, /^MISSING .*s1\n.*its folder is gone/m);
  });

  it('nothing there, not a folder, not a key – 2', async () => {
    assert.equal(interlock('verify').code, 2);
    assert.match(interlock('verify').err, /no recorded session/);
    assert.equal(interlock('verify', 'nowhere').code, 2);
    fs.writeFileSync(path.join(place.workspace, 'no.pem'), 'x');
    assert.match(interlock('verify', '--key', 'no.pem').err, /no Ed25519 public key/);
    assert.equal(interlock('verify', '--heads', 'nowhere').code, 2);
  });

  it('words that are not right – told', () => {
    assert.match(interlock('verify', 'a', 'b').err, /one folder/);
    assert.match(interlock('export').err, /--format has to be one of/);
    assert.match(interlock('sessions', '--bad').err, /bad/);
  });
});

describe('interlock sessions', () => {
  beforeEach(() => {
    place = createPlace();
  });
  afterEach(() => place.dispose());

  it('lists the newest first, with what a person looks for', async () => {
    await hostileSession();
    place.clock.time += 3_600_000;
    openLog(place, 's2').close();
    const { code, out } = interlock('sessions', ...heads());
    assert.equal(code, 0);
    const [head, first, second] = out.split('\n');
    assert.match(head ?? '', /^DAY +SESSION +AGENTS +COMMANDS/);
    assert.match(first ?? '', /s2 +- +0 .* not closed, end not signed$/);
    assert.match(second ?? '', /s1 +robot +1 +0\/0\/0\/0 +0 +1 +2 kB +closed, verified$/);
  });

  it('a session that cannot be read is listed', async () => {
    await closedSession(place, 's1');
    fs.unlinkSync(path.join(folderOf('s1'), 'audit.ndjson'));
    assert.match(interlock('sessions').out, /s1 .*BROKEN/);
  });

  it('none – said', () => {
    assert.match(interlock('sessions').out, /No session is recorded/);
  });
});

describe('interlock export', () => {
  beforeEach(async () => {
    place = createPlace();
    await hostileSession();
  });
  afterEach(() => place.dispose());

  it('jsonl – the lines of the log, byte by byte', () => {
    const { out } = interlock('export', '--format', 'jsonl');
    assert.equal(out, fs.readFileSync(path.join(folderOf('s1'), 'audit.ndjson'), 'utf8'));
  });

  it('csv – one row for each event, and no formula, line break or hidden character from an agent', () => {
    const { out } = interlock('export', '--format', 'csv');
    const rows = out.trimEnd().split('\r\n');
    assert.equal(rows.length, 5);
    assert.match(rows[2] ?? '', /,robot,"'=cmd\|""/);
    assert.ok(!/[\u202e\u001b]|[^\r]\n/.test(out));
    assert.match(rows[3] ?? '', /,denied,person,,/);
  });

  it('txt – a transcript, with the verdict under it', () => {
    const { out } = interlock('export', '--format', 'txt', ...heads());
    assert.match(out, /^ {4}2 {2}07:08:09 {2}submission +robot submits in \/w: =cmd/m);
    assert.match(out, /denied by person \(panel\) after 1\.5 s\./);
    assert.match(out, /All 4 lines are whole/);
    assert.ok(!/[\u202e\u001b]/.test(out));
  });

  it('html – one page without script, in which everything is text', () => {
    const { out } = interlock('export', '--format', 'html');
    assert.ok(
      !/<(?:script|img|iframe|link)|\son\w+=|javascript:/i.test(
        out.replace(/&lt;[\s\S]*?&gt;/g, ''),
      ),
    );
    assert.match(out, /default-src 'none'/);
    assert.match(out, /&lt;img src=x onerror=alert\(1\)&gt;/);
    assert.match(out, /\{U\+202E\}/);
    assert.ok(!/https?:/.test(out));
  });

  it('a level that is markup – the line is refused, and the page stays clean', () => {
    const log = openLog(place, 's9');
    const forged = {
      ...submitted('1', 'ls'),
      type: 'assessment',
      submission: '1',
      assessment: { level: '"><script>', score: 1 },
    };
    log.append(forged as unknown as AuditBody);
    log.close();
    const { code, out, err } = interlock('export', '--format', 'html', folderOf('s9'));
    assert.equal(code, 1);
    assert.match(err, /line 2: of type assessment, but assessment score|level has to be one of/);
    assert.ok(!out.includes('<script>'));
  });

  it('--redacted – secrets are replaced, in every format', async () => {
    const token = `ghp_${'aB3dE6'.repeat(6)}`;
    const log = openLog(place, 's8');
    log.append(submitted('1', `curl -H "Authorization: Bearer ${token}" example.com`));
    log.close();
    for (const format of ['jsonl', 'csv', 'txt', 'html']) {
      const folder = folderOf('s8');
      assert.ok(interlock('export', folder, '--format', format).out.includes(token), format);
      const { out } = interlock('export', folder, '--format', format, '--redacted');
      assert.ok(!out.includes(token), format);
      assert.match(out, /redacted/, format);
    }
  });

  it('--out – a private file; a broken record is exported up to the fault, and said', () => {
    const file = path.join(folderOf('s1'), 'audit.ndjson');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('1500', '2500'));
    const { code, out, err } = interlock('export', '--format', 'txt', '--out', 'made.txt');
    assert.equal(code, 1);
    assert.equal(out, '');
    assert.match(err, /exported up to a fault: audit\.ndjson, line 3/);
    const made = path.join(place.workspace, 'made.txt');
    assert.equal(fs.statSync(made).mode & 0o777, 0o600);
    assert.match(fs.readFileSync(made, 'utf8'), /robot submits/);
  });
});
