// The panel asks for sessions and recordings by name: what is not among those of this workspace is refused.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CastWriter } from '../../../src/core/session/castWriter.ts';
import { PanelSessions } from '../../../src/host/panelSessions.ts';
import { SessionStore } from '../../../src/node/sessionStore.ts';
import type { ToPanel } from '../../../src/shared/protocol.ts';
import { NO_FILTER } from '../../../src/shared/timeline.ts';
import { createPlace, DAY, openLog, type TestPlace } from '../../helpers/sessions.ts';

const v = 1 as const;

describe('PanelSessions', () => {
  let place: TestPlace;
  let sent: ToPanel[];
  let panel: PanelSessions;
  let replayed: string[];
  let reads: number;
  const folder = () => path.join(place.workspace, '.interlock', 'sessions', DAY, 's1');

  beforeEach(async () => {
    place = createPlace();
    sent = [];
    replayed = [];
    reads = 0;
    const log = openLog(place, 's1');
    const writer = new CastWriter();
    const text = [
      writer.header({ columns: 80, rows: 24, timestamp: 1, title: 't' }),
      writer.event(0, 'm', '#1 LOW ls'),
      ...Array.from({ length: 300 }, (_, i) => writer.event(1000 + i, 'o', `file ${i}\r\n`)),
    ].join('');
    fs.writeFileSync(path.join(folder(), 'terminal.cast'), text);
    log.append({
      ...{ type: 'recording.start', submission: '1', file: 'terminal.cast', at: 0 },
      bytes: text.length,
    });
    const sha256 = createHash('sha256').update(text).digest('hex');
    log.append({ type: 'recording.checkpoint', file: 'terminal.cast', bytes: text.length, sha256 });
    await log.sync();
    log.close();
    const store = new SessionStore(place.trust());
    panel = new PanelSessions({
      keeper: {
        list: async () => store.list(place.workspace),
        read: async (of) => {
          reads += 1;
          return store.read(of);
        },
        check: async (of) => store.look(of),
        isRunning: () => false,
      },
      desk: {
        export: async () => undefined,
        delete: async () => false,
        replay: async ({ name }) => void replayed.push(name),
        inform: () => undefined,
      },
    });
  });
  afterEach(() => place.dispose());

  const open = (session: string, file: string) =>
    panel.handle({ v, type: 'openRecording', session, file, have: 0 }, (m) => sent.push(m));

  it('a recording of the session – comes', async () => {
    await open('s1', 'terminal.cast');
    assert.ok(sent[0]?.type === 'recording' && sent[0].text.startsWith('{"version":3'));
  });

  it('a recording that the page holds in part – only what is new comes; all where the part is another now', async () => {
    const file = path.join(folder(), 'terminal.cast');
    const whole = fs.readFileSync(file, 'utf8');
    const ask = async (have: number) => {
      const request = {
        v,
        type: 'openRecording',
        session: 's1',
        file: 'terminal.cast',
        have,
      } as const;
      await panel.handle(request, (message) => sent.push(message));
      const answer = sent.at(-1);
      assert.ok(answer?.type === 'recording');
      return answer;
    };
    const { bytes } = await ask(0);
    assert.equal(bytes, Buffer.byteLength(whole));
    assert.deepEqual([(await ask(bytes)).text, sent.length], ['', 2]);
    fs.appendFileSync(file, '[0.1,"o","größe\\r\\n"]\n[0.1,"o","half');
    const added = await ask(bytes);
    assert.equal(added.text, '[0.1,"o","größe\\r\\n"]\n');
    assert.equal(added.from, bytes);
    assert.equal(added.bytes, bytes + Buffer.byteLength(added.text));
    for (const have of [bytes - 1, added.bytes + 100, Number.MAX_SAFE_INTEGER]) {
      const answer = await ask(have);
      assert.deepEqual([answer.from, answer.text], [0, whole + added.text]);
    }
  });

  for (const file of [
    '../x',
    '../s1/terminal.cast',
    './terminal.cast',
    '/etc/passwd',
    'audit.ndjson',
    'manifest.json',
    'terminal-2.cast',
    'terminal.cast\0',
    '',
  ]) {
    it(`${JSON.stringify(file)} – refused, and nothing is sent`, async () => {
      fs.writeFileSync(path.join(folder(), '..', 'x'), 'elsewhere');
      fs.writeFileSync(path.join(folder(), 'terminal-2.cast'), 'not named by the log');
      await assert.rejects(open('s1', file), /not there any more/);
      assert.deepEqual(sent, []);
    });
  }

  it('a link in the place of the recording – refused', async () => {
    const secret = path.join(place.root, 'secret');
    fs.writeFileSync(secret, '{"version":3}\nsecret\n');
    fs.rmSync(path.join(folder(), 'terminal.cast'));
    fs.symlinkSync(secret, path.join(folder(), 'terminal.cast'));
    await assert.rejects(open('s1', 'terminal.cast'), /cannot be played|not there/);
    assert.deepEqual(sent, []);
  });

  it('a long session – its last events come before it was read; then all of it, read once', async () => {
    const log = openLog(place, 's2');
    for (let i = 0; i < 6000; i++) log.append({ type: 'gate.degraded', why: `event ${i}` });
    await log.sync();
    log.close();
    const ask = {
      v,
      type: 'timeline' as const,
      session: 's2',
      filter: NO_FILTER,
      before: undefined,
    };
    const seen: number[] = [];
    const send = (message: ToPanel) => {
      sent.push(message);
      seen.push(reads);
    };
    await Promise.all([
      panel.handle({ ...ask, request: 1 }, send),
      panel.handle({ v, type: 'storedDetails', session: 's2', submission: 'x' }, send),
    ]);
    const [first, , last] = [
      sent[0],
      sent[1],
      sent.find((one, at) => at > 0 && one.type === 'timeline'),
    ];
    assert.ok(first?.type === 'timeline' && last?.type === 'timeline');
    assert.deepEqual(first.events, last.events);
    assert.deepEqual([first.earlier, first.total, first.matched], [5701, 6001, 6001]);
    assert.equal(seen[0], 0, 'the whole was read before');
    assert.equal(reads, 1);
  });

  const look = (request: number, text: string) =>
    panel.handle({ v, type: 'findOutput', request, session: 's1', text }, (message) =>
      sent.push(message),
    );

  it('words in the output – are found with their place; a flood is cut and that is said', async () => {
    await look(1, 'FILE 299');
    await look(2, 'file');
    await look(3, 'nothing');
    const found = sent.map((message) => (message.type === 'outputFound' ? message : undefined));
    assert.deepEqual(found[0]?.hits, [
      { file: 'terminal.cast', at: 1.299, command: '', line: 'file 299' },
    ]);
    assert.deepEqual([found[1]?.hits.length, found[1]?.isPartial], [200, true]);
    assert.deepEqual([found[2]?.hits.length, found[2]?.isPartial], [0, false]);
  });

  it('a search that was followed by another – is not answered', async () => {
    await Promise.all([look(1, 'file 1'), look(2, 'file 2')]);
    assert.deepEqual(
      sent.map((message) => message.type === 'outputFound' && message.request),
      [2],
    );
  });

  it('a search where a pipe or a link stands in – does not hang, reads nothing', async () => {
    fs.rmSync(path.join(folder(), 'terminal.cast'));
    fs.symlinkSync('/etc/passwd', path.join(folder(), 'terminal.cast'));
    await assert.rejects(look(1, 'root'));
    assert.deepEqual(sent, []);
  });

  for (const session of ['s2', '../s1', `${DAY}/s1`, '.', '']) {
    it(`session ${JSON.stringify(session)} – refused`, async () => {
      await assert.rejects(open(session, 'terminal.cast'), /session is not there/);
      const replay = {
        v,
        type: 'replay' as const,
        session,
        file: 'terminal.cast',
        mark: undefined,
      };
      await assert.rejects(
        panel.handle(replay, () => undefined),
        /session is not there/,
      );
      assert.deepEqual([sent, replayed], [[], []]);
    });
  }
});
