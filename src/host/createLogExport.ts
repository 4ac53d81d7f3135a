// Wires the sending of recorded events. What sends is loaded only where an address is set.
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import type { Redactor } from '../core/session/redact/redactor.ts';
import { ExportQueue } from '../node/exportQueue.ts';
import { isAlive } from '../node/processTable.ts';
import { LogExport } from './logExport.ts';
import type { KeeperRecord } from './sessionKeeper.ts';

const TURN_MS = 5_000;

export interface LogExportDeps {
  records: KeeperRecord;
  redactor: Redactor;
  /** Address of the collector. */
  url(): string | undefined;
  /** Headers for an address. */
  headers(url: string): Promise<Record<string, string>>;
  report(problem: string): void;
}

/** Starts it; disposing stops it, and what was not sent is sent by the next window. */
export function createLogExport(
  context: vscode.ExtensionContext,
  { records, redactor, url, headers, report }: LogExportDeps,
): vscode.Disposable {
  const version = String(context.extension.packageJSON.version);
  const logExport = new LogExport({
    url,
    folder: () => records.folder,
    open: async (address) => {
      const { createOtlpSender } = await import('../node/otlp/otlpSender.ts');
      const sender = createOtlpSender(address, version, () => headers(address));
      const storage = context.globalStorageUri.fsPath;
      fs.mkdirSync(storage, { recursive: true, mode: 0o700 });
      const queue = new ExportQueue({
        storage,
        send: (logs) => sender.send(logs),
        redact: (text) => redactor.text(text),
        self: process.pid,
        isAlive,
      });
      return { sender, queue };
    },
    now: () => performance.now(),
    report,
  });
  const timer = setInterval(() => void logExport.turn(), TURN_MS);
  return new vscode.Disposable(() => {
    clearInterval(timer);
    void logExport.close();
  });
}
