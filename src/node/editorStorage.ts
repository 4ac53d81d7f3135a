// Where the editors of this machine keep what Interlock stores outside of workspaces.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { HEADS_FOLDER } from './headStore.ts';

/** Publisher and name of the extension, as editors name its folder. */
const EXTENSION = 'interlock.interlock';

const DESKTOP = ['Code', 'Code - Insiders', 'Code - OSS', 'VSCodium', 'Cursor', 'Windsurf'];
const SERVERS = [
  '.vscode-server/data',
  '.vscode-server-insiders/data',
  '.vscode-remote/data',
  '.vscodium-server/data',
  '.cursor-server/data',
  '.windsurf-server/data',
  '.local/share/code-server',
];

export interface Machine {
  platform: NodeJS.Platform;
  home: string;
  environment: Readonly<Record<string, string | undefined>>;
}

/** Folders of heads that are there. */
export function headsFolders({ platform, home, environment }: Machine): string[] {
  const configured = configFolder({ platform, home, environment });
  const users = [
    ...DESKTOP.map((name) => path.join(configured, name)),
    ...SERVERS.map((name) => path.join(home, name)),
  ];
  return users
    .map((user) => path.join(user, 'User', 'globalStorage', EXTENSION, HEADS_FOLDER))
    .filter((folder) => fs.existsSync(folder));
}

function configFolder({ platform, home, environment }: Machine): string {
  switch (platform) {
    case 'win32':
      return environment.APPDATA ?? path.join(home, 'AppData', 'Roaming');
    case 'darwin':
      return path.join(home, 'Library', 'Application Support');
    default:
      return environment.XDG_CONFIG_HOME ?? path.join(home, '.config');
  }
}
