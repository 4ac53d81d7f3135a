// The session log panel: a webview that shows the model and forwards what a person does in it.
// Invariant: it decides nothing; what it forwards is checked before and answered by the model.
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { viewIds } from '../contributions.ts';
import { type FromPanel, PROTOCOL_VERSION, type ToPanel } from '../shared/protocol.ts';
import { isSessionRequest } from '../shared/sessionProtocol.ts';
import { textOf } from './errors.ts';
import { count } from './messages.ts';
import { actionCommands } from './panelActions.ts';
import { panelHtml } from './panelHtml.ts';
import { readFromPanel } from './panelMessages.ts';
import type { PanelModel, PanelPolicy } from './panelModel.ts';
import type { PanelSessions } from './panelSessions.ts';

const v = PROTOCOL_VERSION;
const NOT_HELD = 'This command is not held any more; its secrets are not kept.';
const NOT_HERE = 'This version of Interlock cannot do that.';

export class PanelView implements vscode.WebviewViewProvider {
  private view: vscode.WebviewView | undefined;
  /** The page has its snapshot; before that it gets no changes. */
  private isReady = false;
  private pendingReveal: Extract<ToPanel, { type: 'reveal' }> | undefined;

  constructor(
    private readonly model: PanelModel,
    private readonly policy: PanelPolicy | undefined,
    private readonly sessions: Pick<PanelSessions, 'handle'>,
    private readonly extensionUri: vscode.Uri,
    private readonly report: (problem: string) => void,
  ) {}

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.window.registerWebviewViewProvider(viewIds.sessionLog, this),
      this.model.onDidChange((message) => this.forward(message)),
    );
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const folder = vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview');
    const uriOf = (file: string) =>
      view.webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
    this.view = view;
    this.isReady = false;
    view.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    const received = view.webview.onDidReceiveMessage((value: unknown) => this.receive(value));
    // A hidden page is thrown away; it says that it is ready when it is made again.
    const hidden = view.onDidChangeVisibility(() => {
      if (!view.visible) this.isReady = false;
    });
    view.onDidDispose(() => {
      received.dispose();
      hidden.dispose();
      if (this.view === view) {
        this.view = undefined;
        this.isReady = false;
      }
    });
    view.webview.html = panelHtml({
      cspSource: view.webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      script: uriOf('panel.js'),
      player: { script: uriOf('player.js'), style: uriOf('player.css') },
      styles: [uriOf('codicon.css'), uriOf('panel.css')],
    });
    this.showBadge();
  }

  private forward(message: ToPanel): void {
    if (message.type === 'held') this.showBadge();
    if (message.type === 'reveal') {
      this.pendingReveal = message;
      this.sendReveal();
    } else if (this.isReady) {
      this.send(message);
    }
  }

  private receive(value: unknown): void {
    const message = readFromPanel(value);
    if (!message) {
      this.report('The panel sent something that it may not send; nothing was done.');
      return;
    }
    this.handle(message).catch((error: unknown) => this.report(textOf(error)));
  }

  private async handle(message: FromPanel): Promise<void> {
    if (isSessionRequest(message)) {
      return this.sessions
        .handle(message, (answer) => this.send(answer))
        .catch((error: unknown) => this.tellRefusal(undefined, textOf(error)));
    }
    switch (message.type) {
      case 'ready':
        this.isReady = true;
        this.send(this.model.snapshot());
        this.sendReveal();
        return;
      case 'answer':
        return this.tellRefusal(message.submission, await this.model.answer(message));
      case 'editAndRun':
        return this.tellRefusal(
          message.submission,
          this.policy ? await this.policy.editAndRun(message) : NOT_HERE,
        );
      case 'takeSuggestion':
        return this.tellRefusal(
          undefined,
          this.policy ? await this.policy.takeSuggestion(message.id) : NOT_HERE,
        );
      case 'previewGrant':
        return this.sendPreview(message);
      case 'page': {
        const { before } = message;
        return this.send({ v, type: 'page', before, ...this.model.page(before) });
      }
      case 'details': {
        const { submission } = message;
        const events = this.model.details(submission);
        return this.send({ v, type: 'details', submission, events });
      }
      case 'copy':
        return this.model.copy(message.submission);
      case 'unmask':
        return this.unmask(message.submission);
      case 'act': {
        const command = actionCommands[message.action];
        if (command === undefined) return this.tellRefusal(undefined, NOT_HERE);
        await vscode.commands.executeCommand(command);
        return;
      }
    }
  }

  private unmask(submission: string): void {
    const command = this.model.original(submission);
    if (command === undefined) this.tellRefusal(submission, NOT_HELD);
    else this.send({ v, type: 'unmasked', submission, command });
  }

  private async sendPreview({
    request,
    submission,
    grant,
  }: Extract<FromPanel, { type: 'previewGrant' }>): Promise<void> {
    const { policy } = this;
    if (!policy) return this.tellRefusal(submission, NOT_HERE);
    const preview = await policy.previewGrant(submission, grant);
    this.send({ v, type: 'grantPreview', request, submission, preview });
  }

  private tellRefusal(submission: string | undefined, why: string | undefined): void {
    if (why !== undefined) this.send({ v, type: 'refused', submission, why });
  }

  private sendReveal(): void {
    if (this.isReady && this.pendingReveal) {
      this.send(this.pendingReveal);
      this.pendingReveal = undefined;
    }
  }

  private send(message: ToPanel): void {
    // False where the page is gone: it asks for a snapshot when it is back.
    void this.view?.webview.postMessage(message);
  }

  private showBadge(): void {
    if (!this.view) return;
    const value = this.model.snapshot().held.length;
    this.view.badge =
      value === 0 ? undefined : { value, tooltip: `${count(value, 'command')} held by Interlock` };
  }
}
