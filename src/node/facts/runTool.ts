// Starts the read-only programs that facts come from.
// Invariant: no shell, no terminal prompt, no hook, a time limit and a cap on output.
import { execFile } from 'node:child_process';
import type { ToolRunner } from './types.ts';

const DEFAULT_MAX_BYTES = 4 * 1024 * 1024;

/** Variables through which a repository or an agent could make git start a program while we only look. */
const REMOVED = /^(GIT_|LD_|DYLD_|BASH_ENV$|ENV$|PAGER$|LESSOPEN$|SSH_ASKPASS$)/;

/** A runner on the given environment; time limits are those of each call. */
export function createToolRunner(
  environment: Readonly<Record<string, string | undefined>>,
): ToolRunner {
  const env: Record<string, string> = {
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_PAGER: 'cat',
    LC_ALL: 'C',
    GH_PROMPT_DISABLED: '1',
  };
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !(name in env) && !REMOVED.test(name)) env[name] = value;
  }
  return (program, argv, options) =>
    new Promise((resolve) => {
      execFile(
        program,
        [...argv],
        {
          cwd: options.cwd,
          env,
          timeout: Math.max(1, options.timeLimitMs),
          killSignal: 'SIGKILL',
          maxBuffer: options.maxBytes ?? DEFAULT_MAX_BYTES,
          windowsHide: true,
        },
        (error, stdout) => {
          if (error === null) return resolve({ stdout, exitCode: 0 });
          const code = typeof error.code === 'number' ? error.code : undefined;
          resolve({ stdout: code === undefined ? undefined : stdout, exitCode: code });
        },
      );
    });
}
