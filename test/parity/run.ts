// `npm run parity -- FILE.jsonl …`
// Compares engines and parsers over the lines of the files and lists every difference. Ends with 1 where engines differ.
import { readFileSync } from 'node:fs';
import { analyzeShell } from '../../src/core/shell/analyze.ts';
import { loadNativeParser } from '../../src/node/nativeParser.ts';
import { testContext, testParser } from '../helpers/analysis.ts';
import {
  isSameAnalysis,
  loadOtherSyntax,
  otherCalls,
  ownCalls,
  treeDifference,
} from './compare.ts';

async function main(): Promise<void> {
  const [wasm, native] = [await testParser(), await loadNativeParser()];
  const syntax = loadOtherSyntax();
  const lines = [...new Set(process.argv.slice(2).flatMap(linesOf))];
  const result = {
    lines: lines.length,
    differentTrees: 0,
    differentAnalyses: 0,
    notAcceptedByOther: 0,
    notUnderstood: 0,
    callsOnlyOtherSees: 0,
    callsOnlyWeSee: 0,
  };
  const show = (kind: string, line: string, detail: string): void => {
    process.stdout.write(`${kind}: ${JSON.stringify(line.slice(0, 300))}\n    ${detail}\n`);
  };
  for (const line of lines) {
    const difference = treeDifference(wasm, native, line);
    if (difference !== undefined) {
      result.differentTrees++;
      show('trees', line, difference);
    }
    if (!isSameAnalysis(wasm, native, line)) {
      result.differentAnalyses++;
      show('analyses', line, '');
    }
    const theirs = otherCalls(syntax, line);
    const analysis = analyzeShell(line, wasm, testContext().shell);
    if (theirs === undefined || analysis.notUnderstood.length > 0) {
      result.notAcceptedByOther += theirs === undefined ? 1 : 0;
      result.notUnderstood += analysis.notUnderstood.length > 0 ? 1 : 0;
      continue;
    }
    const ours = ownCalls(analysis);
    const missed = [...theirs].filter((at) => !ours.has(at));
    const extra = [...ours].filter((at) => !theirs.has(at));
    result.callsOnlyOtherSees += missed.length;
    result.callsOnlyWeSee += extra.length;
    for (const at of missed) {
      show('only the other parser sees a call', line, line.slice(at, at + 60));
    }
    for (const at of extra) {
      show('only we see a call', line, line.slice(at, at + 60));
    }
  }
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  process.exitCode = result.differentTrees + result.differentAnalyses > 0 ? 1 : 0;
}

function linesOf(file: string): string[] {
  const rows = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return rows
    .map((row) => JSON.parse(row) as { command: string; shell?: string })
    .filter((row) => (row.shell ?? 'bash') === 'bash')
    .map((row) => row.command);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
