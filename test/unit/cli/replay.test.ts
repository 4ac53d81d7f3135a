// `interlock replay` and the export of recordings: real recordings, hostile ones, torn ones, and long ones.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { readCommandLine } from '../../../src/cli/commandLine.ts';
import { runExport } from '../../../src/cli/exportSession.ts';
import { runReplay } from '../../../src/cli/replay.ts';
import { readCast } from '../../../src/core/session/asciicast.ts';
import { CastWriter } from '../../../src/core/session/castWriter.ts';
import { createTestGate, type TestGate } from '../../helpers/gate.ts';
import { type Printed, printing } from '../../helpers/printed.ts';
import { sessionFolder } from '../../helpers/recordings.ts';

let test: TestGate;

async function interlock(...words: string[]): Promise<Printed> {
  const request = readCommandLine(words, test.root);
  const { ran, output } = printing();
  if (request.kind === 'replay') {
    ran.code = await runReplay(request, output, new AbortController().signal);
  } else if (request.kind === 'export') {
    ran.code = runExport(request, output);
  } else if (request.kind === 'usage') {
    return { code: 64, out: '', err: request.message };
  }
  return ran;
}

async function record(...commands: string[]): Promise<void> {
  for (const command of commands) await test.submit(command).result;
  await test.gate.close('test');
}

describe('replay and export of recordings', () => {
  beforeEach(() => {
    test = createTestGate();
    test.policy.rules = [{ match: '^[\\s\\S]*$', kind: 'regex', action: 'allow', upTo: 'HIGH' }];
  });
  afterEach(() => test.dispose());

  it('plays what was recorded, in order, and says what proves it', async () => {
    await record('echo one', 'echo two');
    const { code, out, err } = await interlock('replay', '--speed', '100');
    assert.equal(code, 0, err);
    assert.match(out, /\$ echo one[\s\S]*one\r\n[\s\S]*\$ echo two[\s\S]*two\r\n/);
    assert.match(err, /terminal\.cast, recorded at 80x24/);
  });

  it('a recording that no log names – is not played or exported with the others', async () => {
    await record('echo one');
    const folder = sessionFolder(test.root);
    const text = fs.readFileSync(path.join(folder, 'terminal.cast'), 'utf8');
    fs.writeFileSync(path.join(folder, 'terminal-2.cast'), text.replaceAll('one', 'forged'));
    const played = await interlock('replay', '--speed', '100');
    assert.match(played.out, /echo one/);
    assert.doesNotMatch(played.out, /forged/);
    assert.equal(played.code, 1);
    assert.match(played.err, /terminal-2\.cast: no line of the log names it/);
    const exported = await interlock('export', '--format', 'txt', folder);
    assert.doesNotMatch(exported.out, /forged/);
  });

  it('--list and --from – the commands, and from one of them on', async () => {
    await record('echo one', 'echo two', 'echo three');
    const { out } = await interlock('replay', '--list');
    assert.match(out, /terminal\.cast\n +\d+\.\d s {2}#1 LOW \d+ allowed echo one\n[\s\S]*#3 /);
    for (const from of ['2', '#2', 'echo two']) {
      const played = await interlock('replay', '--from', from, '--speed', '100');
      assert.doesNotMatch(played.out, /echo one/);
      assert.match(played.out, /echo two[\s\S]*echo three/);
    }
    const none = await interlock('replay', '--from', '9');
    assert.equal(none.code, 2);
    assert.match(none.err, /No command is marked "9"/);
  });

  it('a recording that was changed – is played, and called broken', async () => {
    await record('echo one');
    const file = path.join(sessionFolder(test.root), 'terminal.cast');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('one\\r\\n', 'two\\r\\n'));
    const { code, err } = await interlock('replay', '--speed', '100');
    assert.equal(code, 1);
    assert.match(err, /terminal\.cast/);
  });

  it('hostile output – recorded as it was, played without its teeth', async () => {
    fs.writeFileSync(
      path.join(test.root, 'evil.txt'),
      'a\x1b]52;c;cm0gLXJmIH4=\x07\x1b]633;E;rm -rf ~\x07\x1b]633;C\x07\x1b]8;;http://x\x07link\x1b]8;;\x07\x1b[6n\x1bP$q"p\x1b\\\u202eb<img onerror=x>\n',
    );
    await record('cat evil.txt');
    const raw = fs.readFileSync(path.join(sessionFolder(test.root), 'terminal.cast'), 'utf8');
    assert.match(raw, /\\u001b\]52;c;/);
    const { out } = await interlock('replay', '--speed', '100');
    assert.match(out, /alink\{U\+202E\}b<img onerror=x>/);
    assert.doesNotMatch(out, /\x1b[\]P_^X]|\x1b\[6n|\u202e/);
  });

  it('a torn last line – everything before it is played', async () => {
    await record('echo one');
    const file = path.join(sessionFolder(test.root), 'terminal.cast');
    fs.appendFileSync(file, '[0.1,"o","torn');
    const { code, out } = await interlock('replay', '--speed', '100');
    assert.equal(code, 1, 'something stands after the end that was signed');
    assert.match(out, /one\r\n/);
    assert.doesNotMatch(out, /torn/);
  });

  it('export – cast as it lies there, cast2 for older players, text, and redacted once more', async () => {
    await record('echo one');
    const file = fs.readFileSync(path.join(sessionFolder(test.root), 'terminal.cast'), 'utf8');
    assert.equal((await interlock('export', '--format', 'cast')).out, file);
    const second = readCast((await interlock('export', '--format', 'cast2')).out);
    assert.ok(second.ok && second.cast.header.columns === 80);
    const redacted = readCast((await interlock('export', '--format', 'cast', '--redacted')).out);
    assert.ok(redacted.ok && /one\r\n/.test(redacted.cast.events.map(({ data }) => data).join('')));
    assert.match(
      (await interlock('export', '--format', 'txt')).out,
      /--- terminal\.cast ---\n[\s\S]*\$ echo one\none\n/,
    );
  });

  it('several recordings – the first is exported, and the others are named', async () => {
    await Promise.all(
      ['sleep 0.3; echo a', 'sleep 0.3; echo b'].map((text) => test.submit(text).result),
    );
    await test.gate.close('test');
    const { err } = await interlock('export', '--format', 'cast');
    assert.match(err, /This is terminal\.cast; name others with --recording: terminal-2\.cast/);
    const other = await interlock('export', '--format', 'cast', '--recording', 'terminal-2.cast');
    assert.match(other.out, /echo [ab]/);
    const bad = await interlock('export', '--format', 'cast', '--recording', '../x');
    assert.equal(bad.code, 2);
  });

  it('a link, a pipe or a strange name in the place of a recording – is not read', async () => {
    await record('echo one');
    const folder = sessionFolder(test.root);
    fs.symlinkSync('/etc/passwd', path.join(folder, 'terminal-7.cast'));
    const { code, err } = await interlock('replay', '--file', 'terminal-7.cast');
    assert.equal(code, 2);
    assert.match(err, /terminal-7\.cast cannot be played/);
    assert.equal((await interlock('replay', '--file', '../../x')).code, 2);
  });

  it('12 MB in 100,000 events – plays to its end', async () => {
    await record('echo one');
    const writer = new CastWriter();
    const line = `${'x'.repeat(100)}\r\n`;
    const events = Array.from({ length: 100_000 }, (_, i) => writer.event(i / 100, 'o', line));
    const header = writer.header({ columns: 80, rows: 24, timestamp: 0, title: undefined });
    const name = 'terminal-2.cast';
    fs.writeFileSync(path.join(sessionFolder(test.root), name), header + events.join(''));
    const { out } = await interlock('replay', '--file', name, '--speed', '1000', '--idle', '0.001');
    assert.equal(out.split('\r\n').length, 100_001);
  });

  it('wrong words – a sentence', async () => {
    for (const words of [
      ['--speed', '0'],
      ['--speed', 'x'],
      ['--idle', '-1'],
      ['a', 'b'],
    ]) {
      assert.equal((await interlock('replay', ...words)).code, 64);
    }
    assert.equal((await interlock('replay', '--nonsense')).code, 64);
  });
});
