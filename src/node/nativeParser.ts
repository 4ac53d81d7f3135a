// The native tree-sitter engine behind the parser port: a second opinion for the parity test and the bench, never shipped.
// Invariant: it is optional; where it was not built the caller gets a plain reason, and the product does not need it.
import { createRequire } from 'node:module';
import type { ShellParser, SyntaxTree } from '../core/shell/types.ts';

/** The part of the addon that is used. */
interface NativeEngine {
  new (): {
    setLanguage(language: unknown): void;
    parse(text: string, before: undefined, options: { bufferSize: number }): unknown;
  };
}

const SMALLEST_BUFFER = 32_768;

/** Loads the addon and its grammar. Rejects with the reason where they are not installed or do not fit this machine. */
export async function loadNativeParser(): Promise<ShellParser> {
  const load = createRequire(__filename);
  try {
    const Engine = load('tree-sitter') as NativeEngine;
    const parser = new Engine();
    parser.setLanguage(load('tree-sitter-bash'));
    return { parse: (text) => parsed(parser, text) };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Error(`The native shell grammar could not be loaded: ${why}`);
  }
}

function parsed(parser: InstanceType<NativeEngine>, text: string): SyntaxTree | undefined {
  // The addon copies the text into one buffer, which has to hold it.
  const bufferSize = Math.max(SMALLEST_BUFFER, text.length * 2 + 2);
  const tree = parser.parse(text, undefined, { bufferSize }) as Pick<SyntaxTree, 'rootNode'>;
  return { rootNode: tree.rootNode, delete: () => undefined };
}
