// Starts the shell that runs an approved command, under a pty, or on pipes where no pty can be loaded.
// Invariant: exactly the given bytes reach bash as one argument; text that could not arrive as it was decided is refused.
import { accessSync, constants } from 'node:fs';
import type { EchoState } from '../core/session/inputMask.ts';
import type { Environment } from './childEnvironment.ts';
import { startOnPipes } from './pipeProcess.ts';
import { loadPty, startOnPty } from './ptyProcess.ts';

export interface ProcessExit {
  /** Undefined where a signal ended it. */
  exitCode: number | undefined;
  /** Such as `SIGTERM`. */
  signal: string | undefined;
}

/** One running shell. It has one listener for output and any number for its end; what comes before they listen is not lost. */
export interface ShellProcess {
  readonly pid: number;
  /** False on pipes: no colours, no sizes, no line editing. */
  readonly hasTty: boolean;
  /** Output for a terminal: lines end with CR LF. */
  onData(listener: (data: string) => void): void;
  /** Called once, after the last output. */
  onExit(listener: (exit: ProcessExit) => void): void;
  write(data: string): void;
  resize(columns: number, rows: number): void;
  /** Reads no more of its output until it may go on, so that it has to wait; nothing is lost. */
  pause(isPaused: boolean): void;
  /** How the terminal treats keys now. Never rejects. */
  echo(): Promise<EchoState>;
  /** What Ctrl-C does. */
  interrupt(): void;
  /** Ends it with all that it started; resolves to the ids of what is still there. */
  kill(): Promise<readonly number[]>;
}

export interface ShellSpec {
  command: string;
  cwd: string;
  environment: Environment;
  columns: number;
  rows: number;
  /** Id of the submission: the marker in the environment. */
  run: string;
}

/** Fixed places, so that a folder on PATH cannot put another program in bash's place. */
const BASH_PLACES: readonly string[] =
  process.platform === 'win32'
    ? ['C:\\Program Files\\Git\\bin\\bash.exe', 'C:\\Program Files (x86)\\Git\\bin\\bash.exe']
    : [
        '/bin/bash',
        '/usr/bin/bash',
        '/usr/local/bin/bash',
        '/opt/homebrew/bin/bash',
        '/run/current-system/sw/bin/bash',
      ];

/** Longest single argument that Linux takes, less its closing zero byte. */
const MOST_BYTES = 128 * 1024 - 1;

/** Words that come before the command. `--` keeps a command that starts with a dash from being an option. */
export const SHELL_OPTIONS: readonly string[] = ['--noprofile', '--norc', '-c', '--'];

/** The program and its options, without the command. Throws where bash is in none of its usual places. */
export function shellArgv(): readonly string[] {
  const bash = BASH_PLACES.find(isExecutable);
  if (bash === undefined) {
    throw new Error(`bash was not found (looked at ${BASH_PLACES.join(', ')}).`);
  }
  return [bash, ...SHELL_OPTIONS];
}

/** Why the text cannot be handed to bash as it is; undefined where it can. */
export function cannotRun(command: string): string | undefined {
  if (command.includes('\0')) {
    return 'It holds a zero byte, at which the system would cut it.';
  }
  if (/\p{Surrogate}/u.test(command)) {
    return 'It holds half of a character pair, which cannot be written as text.';
  }
  if (Buffer.byteLength(command) > MOST_BYTES) {
    return `It is longer than ${MOST_BYTES} bytes.`;
  }
  return undefined;
}

/** Starts the command. Throws with a plain sentence where that is not possible; then nothing ran. */
export function startShell(spec: ShellSpec): ShellProcess {
  const fault = cannotRun(spec.command);
  if (fault !== undefined) {
    throw new Error(`The command cannot be run as it is: ${fault}`);
  }
  const [bash = '', ...options] = shellArgv();
  const argv = [...options, spec.command];
  const pty = loadPty();
  return pty ? startOnPty(pty, bash, argv, spec) : startOnPipes(bash, argv, spec);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
