// A small process that starts the programs which facts are read with. A process as large as an editor's copies the
// tables of all its memory for each program that it starts, which takes longer than most of these programs run.
// Invariant: it does what its parent says over the pipe that only those two have, and ends with the parent.
import { type StartOptions, startTool } from './startTool.ts';
import type { ToolResult } from './types.ts';

export interface ToolRequest {
  id: number;
  file: string;
  argv: readonly string[];
  options: StartOptions;
}

export type ToolReply = { id: number; result: ToolResult } | 'ready';

/** Nobody has asked for this long: it is started anew when somebody does. */
const REST_MS = 120_000;

function serve(): void {
  const end = () => process.exit(0);
  const rest = setTimeout(end, REST_MS);
  const reply = (message: ToolReply) =>
    process.send?.(message, undefined, undefined, (error) => error && end());
  process.on('disconnect', end);
  process.on('message', ({ id, file, argv, options }: ToolRequest) => {
    rest.refresh();
    void startTool(file, argv, options).then((result) => reply({ id, result }));
  });
  reply('ready');
}

serve();
