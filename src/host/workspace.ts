// Where the window works: its folders on disk.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as vscode from 'vscode';

/** The folder that a command runs in where it names none. */
export function baseFolder(folder: vscode.WorkspaceFolder | undefined): string {
  return folder?.uri.fsPath ?? workspaceRoots()[0] ?? os.homedir();
}

/** Absolute paths of the workspace folders on disk; a folder reached through links counts by both names. */
export function workspaceRoots(): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const roots = folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
  return [...new Set(roots.flatMap((root) => [root, realPath(root)]))];
}

/** The path without links; the path itself where it does not exist. */
export function realPath(file: string): string {
  return fs.existsSync(file) ? fs.realpathSync(file) : file;
}
