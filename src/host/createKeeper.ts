// Wires what looks after recorded sessions to this window and machine.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { systemClock } from '../node/clock.ts';
import { isAlive } from '../node/processTable.ts';
import { sessionsBelow } from '../node/sessionFiles.ts';
import type { Anchor } from '../node/sessionLog.ts';
import type { GateService } from './gateService.ts';
import { SessionKeeper } from './sessionKeeper.ts';
import type { SettingsGuard } from './settingsGuard.ts';
import { realPath, workspaceRoots } from './workspace.ts';

export interface KeeperDeps {
  gate: GateService;
  settings: SettingsGuard;
  anchor(): Promise<Anchor>;
  report(problem: string): void;
}

export function createKeeper(
  context: vscode.ExtensionContext,
  { gate, settings, anchor, report }: KeeperDeps,
): SessionKeeper {
  const clock = systemClock();
  const storage = context.globalStorageUri.fsPath;
  return new SessionKeeper({
    roots: () => [...new Set([...workspaceRoots(), storage].map(realPath))],
    places: () => sessionPlaces(storage),
    anchor,
    record: gate.records,
    limits: () => settings.current.records.retention,
    processes: {
      machine: os.hostname(),
      isAlive,
      bootedAt: new Date(Date.now() - os.uptime() * 1000),
      self: process.pid,
    },
    clock,
    report,
  });
}

/** Where this window's workspace has its sessions; the editor's storage holds those without a folder. */
function sessionPlaces(storage: string): string[] {
  const own = path.join(storage, 'sessions');
  const places = [
    // Where a link stands in for the folder, its sessions are those of another place: they are left alone.
    ...workspaceRoots().map((root) => sessionsBelow(realPath(root))),
    fs.existsSync(own) ? realPath(own) : undefined,
  ];
  return [...new Set(places.flatMap((place) => place ?? []))];
}
