// Long work in short steps, so that one piece of code serves who can wait for it and who has to do other things meanwhile.

/** Each step tells how many bytes it took; the last gives the result. */
export type Steps<T> = Generator<number, T, void>;

/** Does all of it at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}
