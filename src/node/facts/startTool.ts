// Starts one program, waits for its end, and tells how that went.
// Invariant: no shell; its input is closed, its output capped, and it is killed when the time is up.
import { type ExecFileException, execFile } from 'node:child_process';
import type { ToolResult } from './types.ts';

const DEFAULT_MAX_BYTES = 4 * 1024 * 1024;

export interface StartOptions {
  cwd: string;
  timeLimitMs: number;
  maxBytes?: number | undefined;
  env: Readonly<Record<string, string>>;
}

/** Starts a program by its full path. Never rejects. */
export type StartTool = (
  file: string,
  argv: readonly string[],
  options: StartOptions,
) => Promise<ToolResult>;

export const startTool: StartTool = (file, argv, options) =>
  new Promise((resolve) => {
    const child = execFile(
      file,
      [...argv],
      {
        cwd: options.cwd,
        env: options.env,
        timeout: Math.max(1, Math.round(options.timeLimitMs)),
        killSignal: 'SIGKILL',
        maxBuffer: options.maxBytes ?? DEFAULT_MAX_BYTES,
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        if (error === null) return resolve({ stdout, exitCode: 0 });
        if (typeof error.code === 'number')
          return resolve({ stdout, exitCode: error.code, stderr: stderr.slice(0, 2000) });
        resolve({ stdout: undefined, exitCode: undefined, ...failureOf(error) });
      },
    );
    child.stdin?.end();
  });

function failureOf({ code, killed }: ExecFileException): Pick<ToolResult, 'failure'> {
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return { failure: 'too-much' };
  return killed === true ? { failure: 'slow' } : {};
}
