// Has the tools of facts started by a small process of its own; see toolProcess.ts for why.
// Invariant: an answer never depends on that process: what it does not answer is started here instead.
import { type ChildProcess, fork } from 'node:child_process';
import * as path from 'node:path';
import { type StartOptions, startTool } from './startTool.ts';
import type { ToolReply, ToolRequest } from './toolProcess.ts';
import type { ToolResult } from './types.ts';

/** After so many that ended before they were ready it is not tried again. */
const MOST_FAILURES = 3;
/** Beyond the tool's own limit, before the process itself counts as stuck. */
const GRACE_MS = 500;

type Settle = (result: ToolResult | undefined) => void;

/** Starts tools through its process, which is started with the first of them. */
export class ToolBroker {
  private child: ChildProcess | undefined;
  private isReady = false;
  private failures = 0;
  private last = 0;
  private readonly waiting = new Map<number, Settle>();

  /** `script` is the built toolProcess.ts. */
  constructor(private readonly script: string) {}

  async start(file: string, argv: readonly string[], options: StartOptions): Promise<ToolResult> {
    const child = this.isReady ? this.child : undefined;
    if (!this.child && this.failures < MOST_FAILURES) this.launch();
    const startedAt = performance.now();
    const answer = child && (await this.ask(child, file, argv, options));
    if (answer) return answer;
    const timeLimitMs = options.timeLimitMs - (performance.now() - startedAt);
    if (timeLimitMs <= 0) return { stdout: undefined, exitCode: undefined, failure: 'slow' };
    return startTool(file, argv, { ...options, timeLimitMs });
  }

  private ask(
    child: ChildProcess,
    file: string,
    argv: readonly string[],
    options: StartOptions,
  ): Promise<ToolResult | undefined> {
    return new Promise((resolve) => {
      const id = ++this.last;
      const settle: Settle = (result) => {
        clearTimeout(timer);
        this.waiting.delete(id);
        resolve(result);
      };
      const timer = setTimeout(() => {
        settle(undefined);
        child.kill('SIGKILL');
      }, options.timeLimitMs + GRACE_MS);
      this.waiting.set(id, settle);
      const request: ToolRequest = { id, file, argv, options };
      child.send(request, (error) => error && settle(undefined));
    });
  }

  private launch(): void {
    const child = fork(this.script, [], {
      cwd: path.dirname(this.script),
      // Nothing of the editor's environment: what could load code into it stays out.
      env: { ELECTRON_RUN_AS_NODE: '1', ...systemVariables() },
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.child = child;
    child.unref();
    child.channel?.unref();
    child.on('message', (reply: ToolReply) => {
      if (reply === 'ready') this.isReady = true;
      else this.waiting.get(reply.id)?.(reply.result);
    });
    child.on('error', () => this.drop(child));
    child.on('exit', () => this.drop(child));
  }

  private drop(child: ChildProcess): void {
    if (this.child !== child) return;
    if (!this.isReady) this.failures += 1;
    this.child = undefined;
    this.isReady = false;
    for (const settle of this.waiting.values()) settle(undefined);
  }
}

/** Without these a program does not start on Windows. */
function systemVariables(): Record<string, string> {
  const { SystemRoot } = process.env;
  return SystemRoot === undefined ? {} : { SystemRoot };
}
