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
    const text = new CastWriter().header({ columns: 80, rows: 24, timestamp: 1, title: 't' });
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
