// A fresh sample workspace and window for each test of a suite, and a picture where a test failed.
import type { SampleWorkspace } from '../host/sampleWorkspace.mjs';
import { Editor, EditorHost, type OpenOptions, sample } from './editor.ts';
import type { Screen } from './screen.ts';

export interface InUse {
  workspace: SampleWorkspace;
  editor: Editor;
  screen: Screen;
}

export interface UseOptions extends OpenOptions {
  /** Before the folder is opened. */
  prepare?(workspace: SampleWorkspace): void;
  /** For tests that end processes of it. */
  freshHost?: boolean;
}

/** Call it in a `describe`; the function that it returns gives what the test that runs may use. */
export function useEditor(options: UseOptions = {}): () => InUse {
  let host: EditorHost | undefined;
  let current: InUse | undefined;

  beforeEach(async () => {
    const workspace = await sample();
    options.prepare?.(workspace);
    host ??= await EditorHost.start(options);
    const editor = await Editor.open(host, workspace.folder);
    current = { workspace, editor, screen: editor.screen };
  });

  const stop = async () => {
    const ending = host;
    host = undefined;
    await ending?.stop();
  };

  afterEach(async function () {
    const { editor, screen } = current ?? {};
    current = undefined;
    if (this.currentTest?.state === 'failed') {
      const name = this.currentTest.fullTitle().replace(/\W+/g, '-').slice(0, 80);
      // The page may be what failed.
      await screen?.screenshot(`failed-${name}`).catch((error: unknown) => console.error(error));
    }
    if (options.freshHost || !editor) return stop();
    await editor.closeWindow();
  });

  after(stop);

  return () => {
    if (!current) throw new Error('No test runs.');
    return current;
  };
}
