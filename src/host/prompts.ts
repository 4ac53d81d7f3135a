// The ways in which a person is asked. The editor's own stand in editorPrompts.ts, fakes in tests.
export interface Prompts {
  /** A toast; undefined where it was closed or went away. */
  toast<B extends string>(
    text: string,
    buttons: readonly B[],
    isGrave: boolean,
  ): Promise<B | undefined>;
  /** A window that has to be answered; undefined where it was cancelled. Agents cannot click it. */
  modal<B extends string>(
    question: string,
    detail: string,
    buttons: readonly B[],
  ): Promise<B | undefined>;
  /** A text that a person types; undefined where it was cancelled. `check` says what is wrong with it so far. */
  type(
    title: string,
    prompt: string,
    check: (text: string) => string | undefined,
  ): Promise<string | undefined>;
  /** Something to know; nothing is asked. */
  inform(text: string): void;
}
