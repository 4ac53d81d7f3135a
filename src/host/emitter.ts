// Tells listeners about something, in order. Stands in for the editor's own emitter where the editor is not there.
// Invariant: a listener that throws keeps neither the others nor the caller from going on; its error is reported.
import type { Disposable } from './panelModel.ts';

export class Emitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  constructor(private readonly report: (error: unknown) => void) {}

  listen(listener: (value: T) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  fire(value: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.report(error);
      }
    }
  }
}
