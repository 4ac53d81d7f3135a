// The panel asks for sessions and recordings by name: what is not among those of this workspace is refused.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CastWriter } from '../../../src/core/session/castWriter.ts';
import { PanelSessions } from '../../../src/host/panelSessions.ts';
import { SessionStore } from '../../../src/node/sessionStore.ts';
import type { ToPanel } from '../../../src/shared/protocol.ts';
import { createPlace, DAY, openLog, type TestPlace } from '../../helpers/sessions.ts';

const v = 1 as const;

describe('PanelSessions', () => {
  let place: TestPlace;
  let sent: ToPanel[];
  let panel: PanelSessions;
  let replayed: string[];
  const folder = () => path.join(place.workspace, '.interlock', 'sessions', DAY, 's1');

  beforeEach(async () => {
    place = createPlace();
    sent = [];
    replayed = [];
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
        read: async (of) => store.read(of),
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
    panel.handle({ v, type: 'openRecording', session, file }, (message) => sent.push(message));

  it('a recording of the session – comes', async () => {
    await open('s1', 'terminal.cast');
    assert.ok(sent[0]?.type === 'recording' && sent[0].text.startsWith('{"version":3'));
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
