// I9 – which folders of the machine an agent's command must not change.
import assert from 'node:assert/strict';
import { gatePlaces } from '../../../src/host/gatePlaces.ts';

const NAME = 'interlock.interlock';

describe('gatePlaces', () => {
  it('the logs, the extensions, the settings and the state of the editor', () => {
    const places = gatePlaces({
      storage: `/h/.config/Code/User/globalStorage/${NAME}`,
      extension: `/h/.vscode/extensions/${NAME}-1.0.0`,
      workspaceRoots: ['/w/a', '/w/b'],
    });
    assert.deepEqual(places, [
      '/w/a/.interlock',
      '/w/b/.interlock',
      '/h/.vscode/extensions',
      '/h/.config/Code/User',
      '/h/.config/Code/Machine',
    ]);
  });

  it('with a profile, also what all profiles share: grants, confirmed settings, the default profile', () => {
    const places = gatePlaces({
      storage: `/h/.config/Code/User/profiles/1a2b/globalStorage/${NAME}`,
      extension: `/h/.vscode/extensions/${NAME}-1.0.0`,
      workspaceRoots: [],
    });
    assert.ok(places.includes('/h/.config/Code/User'));
  });

  it('on a server, the settings of the machine', () => {
    const places = gatePlaces({
      storage: `/h/.vscode-server/data/User/globalStorage/${NAME}`,
      extension: `/h/.vscode-server/extensions/${NAME}-1.0.0`,
      workspaceRoots: [],
    });
    assert.ok(places.includes('/h/.vscode-server/data/Machine'));
  });

  it('an extension under development: its own folder, not what lies around it', () => {
    const places = gatePlaces({
      storage: `/h/User/globalStorage/${NAME}`,
      extension: '/h/code/interlock',
      workspaceRoots: [],
    });
    assert.ok(places.includes('/h/code/interlock'));
    assert.ok(!places.includes('/h/code'));
  });
});
