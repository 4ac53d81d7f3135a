// The terminal around one submission: shows it, why it waits, then its output; passes keys and sizes on.
// Invariant: it decides nothing; keys that come before the start can only take the command back.
import type * as vscode from 'vscode';
import { Emitter } from './emitter.ts';
import type { GateService } from './gateService.ts';
import type { RunningSubmission, SubmissionRequest } from './gateTypes.ts';
import { type PaceOptions, TerminalPace } from './terminalPace.ts';
import {
  renderEnd,
  renderHeld,
  renderNotice,
  renderStart,
  renderSubmitted,
} from './terminalText.ts';

const CTRL_C = '\x03';

export type TerminalRequest = Omit<SubmissionRequest, 'columns' | 'rows'>;

export class AgentTerminal implements vscode.Pseudoterminal {
  readonly onDidWrite: vscode.Event<string>;
  readonly onDidClose: vscode.Event<number>;
  private readonly written: Emitter<string>;
  private readonly closed: Emitter<number>;
  private running: RunningSubmission | undefined;
  private hasStarted = false;
  private isShown = false;
  private columns = 80;
  private readonly pace: TerminalPace;

  constructor(
    private readonly gate: Pick<GateService, 'submit' | 'redact'>,
    private readonly request: TerminalRequest,
    timing: Pick<PaceOptions, 'now' | 'schedule'>,
    report: (error: unknown) => void,
  ) {
    this.written = new Emitter(report);
    this.closed = new Emitter(report);
    this.pace = new TerminalPace({
      ...timing,
      write: (text) => this.written.fire(text),
      pause: (isPaused) => this.running?.pause(isPaused),
    });
    this.onDidWrite = (listener) => this.written.listen(listener);
    this.onDidClose = (listener) => this.closed.listen(listener);
  }

  open(size: vscode.TerminalDimensions | undefined): void {
    const { request } = this;
    this.columns = size?.columns ?? this.columns;
    this.running = this.gate.submit(
      { ...request, columns: this.columns, rows: size?.rows ?? 24 },
      {
        onRead: (command) => this.showCommand(command),
        onHeld: (item) => this.show(renderHeld(item, this.columns)),
        onStart: (start) => {
          this.hasStarted = true;
          this.show(renderStart(start));
        },
        onOutput: (data) => this.show(data),
        onNotice: (text) => this.show(renderNotice(text)),
      },
    );
    void this.running.result.then((result) => {
      this.showCommand(this.gate.redact(request.command));
      const reason = this.gate.redact(result.reason);
      this.show(renderEnd({ ...result, reason }, this.columns));
      this.pace.flush();
      this.closed.fire(result.exitCode);
    });
  }

  handleInput(data: string): void {
    if (this.hasStarted) {
      this.running?.write(data);
    } else if (data.includes(CTRL_C)) {
      this.running?.withdraw('person', 'Ctrl-C in the terminal');
    }
  }

  setDimensions({ columns, rows }: vscode.TerminalDimensions): void {
    this.columns = columns;
    this.running?.resize(columns, rows);
  }

  close(): void {
    // The editor does not say whether a person closed the terminal or the whole window goes away.
    this.running?.withdraw('shutdown', 'terminal closed');
    this.pace.flush();
  }

  /** Once, before anything else. */
  private showCommand(command: string): void {
    if (this.isShown) return;
    this.isShown = true;
    this.show(renderSubmitted(command, this.request.agent));
  }

  private show(text: string): void {
    this.pace.add(text);
  }
}
