// The panel's line to the extension host. The editor gives its interface once; it is held here and nowhere else.
import type { FromPanel, ToPanel } from '../shared/protocol.ts';

/** What the editor gives to a page. */
interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

export interface HostPort {
  send(message: FromPanel): void;
  /** Calls back with each message of the host. */
  listen(listener: (message: ToPanel) => void): void;
  /** What `keep` was given last, also after the page was thrown away; undefined the first time. */
  kept(): unknown;
  keep(state: unknown): void;
}

/** May be called once per page. */
export function openPort(): HostPort {
  const api = acquireVsCodeApi();
  return {
    send: (message) => api.postMessage(message),
    listen: (listener) =>
      // Only the host can post to this page: the editor puts it into a frame of its own origin.
      window.addEventListener('message', ({ data }: MessageEvent<ToPanel>) => listener(data)),
    kept: () => api.getState(),
    keep: (state) => api.setState(state),
  };
}
