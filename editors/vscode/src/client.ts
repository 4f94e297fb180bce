// The language client: starting the server, and telling what became of it.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { findServer, versions, type Versions } from './server';
import { LANGUAGES, OWN_TYPES } from './template';

export type State = 'idle' | 'starting' | 'running' | 'stopped' | 'missing';

/** The server of this window. Nothing runs until the first template, or page of one's own types, is opened. */
export class Server {
  state: State = 'idle';
  versions: Versions = {};
  private client: LanguageClient | undefined;
  private closed = false;
  private turn: Promise<void> = Promise.resolve();
  private readonly changed = new vscode.EventEmitter<State>();
  readonly onDidChangeState = this.changed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    readonly log: vscode.LogOutputChannel,
  ) {}

  /** Starts the server unless it has been tried already. */
  start(): Promise<void> {
    return this.queue(async () => {
      if (this.state === 'idle') {
        await this.launch();
      }
    });
  }

  restart(): Promise<void> {
    return this.queue(async () => {
      await this.shutDown();
      await this.launch();
    });
  }

  /** Has the running server execute one of its commands. */
  async execute(command: string): Promise<void> {
    await this.client?.sendRequest('workspace/executeCommand', { command });
  }

  /** Ends the server for good. */
  close(): Promise<void> {
    this.closed = true;
    return this.queue(() => this.shutDown());
  }

  /** The binary for other commands; tells the user and gives nothing when there is none. */
  binary(): string | undefined {
    const found = findServer(this.context);
    if ('missing' in found) {
      void this.tellMissing(found);
      return undefined;
    }
    return found.path;
  }

  /** One start or stop after the other. */
  private queue(next: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(next, next);
    return this.turn;
  }

  private async launch(): Promise<void> {
    if (this.closed) {
      return;
    }
    const path = this.binary();
    if (path === undefined) {
      this.enter('missing');
      return;
    }
    this.enter('starting');
    this.log.info(`server: ${path}`);
    // Loaded here because most windows with a YAML or JSON file never need it.
    const { LanguageClient, RevealOutputChannelOn, State: ClientState } = await import('vscode-languageclient/node');
    const schemes = ['file', 'untitled'];
    const client = new LanguageClient(
      'ros',
      'ROS',
      { command: path, args: ['--stdio'] },
      {
        documentSelector: [
          ...schemes.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language }))),
          OWN_TYPES,
        ],
        outputChannel: this.log,
        // What goes wrong is shown in the status bar, not by raising the log over the panel.
        revealOutputChannelOn: RevealOutputChannelOn.Never,
      },
    );
    this.client = client;
    client.onDidChangeState(({ newState }) => {
      if (this.client === client) {
        this.enter(
          newState === ClientState.Running ? 'running' : newState === ClientState.Starting ? 'starting' : 'stopped',
        );
      }
    });
    try {
      await client.start();
      const server = client.initializeResult?.serverInfo?.version;
      this.versions = { ...(await versions(path).catch(() => ({}))), ...(server === undefined ? {} : { server }) };
      this.enter('running');
    } catch (error) {
      // N.B. The client has told the user already.
      this.log.error(`${path}: ${String(error)}`);
      this.enter('stopped');
    }
  }

  private async shutDown(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.versions = {};
    this.enter('idle');
    // A server that did not start or does not answer can't be stopped in good order.
    await client?.dispose().catch((error: unknown) => this.log.warn(String(error)));
  }

  private enter(state: State): void {
    this.state = state;
    this.changed.fire(state);
  }

  private async tellMissing(found: { missing: 'configured'; path: string } | { missing: 'all' }): Promise<void> {
    const message =
      found.missing === 'configured'
        ? vscode.l10n.t('ROS: the setting ros.server.path names no program: {0}', found.path)
        : vscode.l10n.t(
            'ROS: no ros-lsp server for {0} came with this extension, and none is on PATH. Install ros-lsp, or set ros.server.path.',
            `${process.platform}-${process.arch}`,
          );
    this.log.error(message);
    const openSettings = vscode.l10n.t('Open Settings');
    if ((await vscode.window.showErrorMessage(message, openSettings)) === openSettings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'ros.server.path');
    }
  }
}
