// A fresh sample workspace and editor for each test of a suite, and a picture where a test failed.
import type { SampleWorkspace } from '../host/sampleWorkspace.mjs';
import { Editor, type OpenOptions, sample } from './editor.ts';
import type { Screen } from './screen.ts';

export interface InUse {
  workspace: SampleWorkspace;
  editor: Editor;
  screen: Screen;
}

export interface UseOptions extends OpenOptions {
  /** Before the folder is opened. */
  prepare?(workspace: SampleWorkspace): void;
}

/** Call it in a `describe`; the function that it returns gives what the test that runs may use. */
export function useEditor(options: UseOptions = {}): () => InUse {
  let current: InUse | undefined;

  beforeEach(async () => {
    const workspace = await sample();
    options.prepare?.(workspace);
    const editor = await Editor.open(workspace.folder, options);
    current = { workspace, editor, screen: editor.screen };
  });

  afterEach(async function () {
    const { editor, screen } = current ?? {};
    current = undefined;
    if (this.currentTest?.state === 'failed') {
      const name = this.currentTest.fullTitle().replace(/\W+/g, '-').slice(0, 80);
      // The page may be what failed.
      await screen?.screenshot(`failed-${name}`).catch((error: unknown) => console.error(error));
    }
    await editor?.close();
  });

  return () => {
    if (!current) throw new Error('No test runs.');
    return current;
  };
}
