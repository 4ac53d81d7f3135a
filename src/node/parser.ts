// Loads the shell grammar into the wasm engine and hands out the parser port of core/shell.
// Invariant: V8's optimising compiler never sees the grammar's functions (it needs hundreds of MB for them), and its flags are restored whatever happens.
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as v8 from 'node:v8';
import { Language, Parser } from 'web-tree-sitter';
import type { ShellParser, SyntaxTree } from '../core/shell/types.ts';

const ENGINE = { file: 'web-tree-sitter.wasm', inPackage: 'web-tree-sitter' };
const GRAMMAR = { file: 'tree-sitter-bash.wasm', inPackage: 'tree-sitter-bash' };

/** Milliseconds that one parse may take; real lines take hundredths of one. */
const PARSE_BUDGET_MS = 100;

/** Flags that are latched per wasm module while it loads: off keeps the grammar in the baseline compiler. */
const TIERING_FLAGS = ['wasm-tier-up', 'wasm-dynamic-tiering'];

export interface ParserOptions {
  /** Folder that holds both wasm files; where it is not given they are sought beside the bundle, then in node_modules. */
  directory?: string;
  /** Milliseconds that one parse may take. */
  budgetMs?: number;
}

/** Loads engine and grammar once. Rejects with a plain message where a file is missing or broken; the caller then asks for every command. */
export async function loadParser(options: ParserOptions = {}): Promise<ShellParser> {
  const [engine, grammar] = await Promise.all([
    readWasm(ENGINE, options.directory),
    readWasm(GRAMMAR, options.directory),
  ]);
  setTiering(false);
  try {
    await Parser.init({ wasmBinary: engine });
    const parser = new Parser();
    parser.setLanguage(await Language.load(grammar));
    const shellParser = new WasmParser(parser, options.budgetMs ?? PARSE_BUDGET_MS);
    // Functions are compiled at first use, so the first use has to lie before the flags are restored.
    shellParser
      .parse('if a; then b | c && { d; } & fi; for x in y; do (e); done; case f in g) h;; esac')
      ?.delete();
    return shellParser;
  } finally {
    setTiering(true);
  }
}

class WasmParser implements ShellParser {
  constructor(
    private readonly parser: Parser,
    private readonly budgetMs: number,
  ) {}

  parse(text: string): SyntaxTree | undefined {
    const deadline = performance.now() + this.budgetMs;
    try {
      const tree = this.parser.parse(text, null, {
        progressCallback: () => performance.now() > deadline,
      });
      if (tree) {
        return tree;
      }
    } catch {
      // A trap inside the engine: the state of the parser is dropped below, the caller sees "no tree" and asks.
      this.parser.reset();
      return undefined;
    }
    this.parser.reset();
    return undefined;
  }
}

function setTiering(isOn: boolean): void {
  for (const flag of TIERING_FLAGS) {
    v8.setFlagsFromString(isOn ? `--${flag}` : `--no-${flag}`);
  }
}

async function readWasm(
  wanted: { file: string; inPackage: string },
  directory: string | undefined,
): Promise<Uint8Array> {
  const tried: string[] = [];
  for (const candidate of placesOf(wanted, directory)) {
    try {
      return await readFile(candidate);
    } catch (error) {
      tried.push(`${candidate} (${error instanceof Error ? error.message : String(error)})`);
    }
  }
  throw new Error(
    `The shell grammar could not be loaded: ${wanted.file} is in none of ${tried.join(', ')}`,
  );
}

function placesOf(
  wanted: { file: string; inPackage: string },
  directory: string | undefined,
): string[] {
  if (directory !== undefined) {
    return [path.join(directory, wanted.file)];
  }
  const places = [path.join(__dirname, wanted.file)];
  for (let folder = __dirname; ; folder = path.dirname(folder)) {
    places.push(path.join(folder, 'node_modules', wanted.inPackage, wanted.file));
    if (folder === path.dirname(folder)) {
      return places;
    }
  }
}
