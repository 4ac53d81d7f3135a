// The folders of this machine that belong to the gate: what an agent's command must not change (I9).
import * as path from 'node:path';

export interface PlacesOfWindow {
  /** The editor's storage for this extension. */
  storage: string;
  /** Where this extension lies. */
  extension: string;
  workspaceRoots: readonly string[];
}

/** The logs, this extension with the list of all, and the folders that hold the user's settings and the editor's state. */
export function gatePlaces({ storage, extension, workspaceRoots }: PlacesOfWindow): string[] {
  const user = userFolder(storage);
  const machine = path.join(path.dirname(user), 'Machine');
  const others = path.dirname(extension);
  // The editor reads there which extensions are on; an extension under development lies elsewhere.
  const extensions = path.basename(others) === 'extensions' ? others : extension;
  return [
    ...workspaceRoots.map((root) => path.join(root, '.interlock')),
    extensions,
    user,
    machine,
  ];
}

/** Storage lies in `User/globalStorage/NAME`, with a profile in `User/profiles/PROFILE/globalStorage/NAME`. */
function userFolder(storage: string): string {
  const folder = path.resolve(storage, '..', '..');
  const profiles = path.dirname(folder);
  return path.basename(profiles) === 'profiles' ? path.dirname(profiles) : folder;
}
