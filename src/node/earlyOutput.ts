// Holds what a process writes before somebody listens, so that nothing is lost.

export class EarlyOutput {
  private readonly early: string[] = [];
  private listener: ((data: string) => void) | undefined;

  emit(data: string): void {
    if (this.listener) {
      this.listener(data);
    } else {
      this.early.push(data);
    }
  }

  /** The one listener; it gets what came before at once. */
  listen(listener: (data: string) => void): void {
    this.listener = listener;
    for (const data of this.early.splice(0)) {
      listener(data);
    }
  }
}
