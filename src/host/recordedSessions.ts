// What a window can do with recorded sessions: look after them, show, verify, play, export and delete them. A bundle of its own
// (dist/recordedSessions.js), which is loaded when the first of these is wanted, so that a window starts without it.
import type * as vscode from 'vscode';
import type { ToPanel } from '../shared/protocol.ts';
import type { SessionRequest } from '../shared/sessionProtocol.ts';
import { createKeeper, type KeeperDeps } from './createKeeper.ts';
import { PanelSessions } from './panelSessions.ts';
import type { Prompts } from './prompts.ts';
import { replay } from './replayCommand.ts';
import { deleteOne, verifyAll } from './sessionCommands.ts';
import { sessionPanelDeps } from './sessionDesk.ts';

export interface RecordedSessionsDeps extends KeeperDeps {
  prompts: Prompts;
}

export interface RecordedSessions {
  /** Answers the panel by messages; rejects with a sentence for a person. */
  handle(request: SessionRequest, send: (message: ToPanel) => void): Promise<void>;
  /** Closes what was cut off, deletes what is too old. */
  tidy(): Promise<void>;
  verifyAll(): Promise<void>;
  deleteOne(): Promise<void>;
  replay(request: unknown): Promise<void>;
}

export function createRecordedSessions(
  context: vscode.ExtensionContext,
  deps: RecordedSessionsDeps,
): RecordedSessions {
  const { prompts, report } = deps;
  const keeper = createKeeper(context, deps);
  const panel = new PanelSessions(sessionPanelDeps(keeper, prompts));
  return {
    handle: (request, send) => panel.handle(request, send),
    tidy: () => keeper.tidy(),
    verifyAll: () => verifyAll({ keeper, prompts }),
    deleteOne: () => deleteOne({ keeper, prompts }),
    replay: (request) => replay(request, { sessions: () => keeper.list(), prompts, report }),
  };
}
