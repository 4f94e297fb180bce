// The server of a window: starting it, and telling what became of it.

import * as vscode from 'vscode';
import type { Client, End } from './languageClient';
import { findServer, versions, type Versions } from './server';

export type State = 'idle' | 'starting' | 'running' | 'stopped' | 'missing';

/** The server of this window. Nothing runs until the first template, or page of one's own types, is opened. */
export class Server {
  state: State = 'idle';
  versions: Versions = {};
  private client: Client | undefined;
  private closed = false;
  private abandoned = false;
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
    this.abandonStart();
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
    this.abandonStart();
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
    this.abandoned = false;
    this.enter('starting');
    this.log.info(`server: ${path}`);
    const { createClient, State: ClientState } = await import('./languageClient.js');
    const client = createClient(path, this.log, (end) => {
      if (this.client === client) {
        void this.tellEnd(end, path);
      }
    });
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
      // It may have ended meanwhile.
      this.enter(this.state);
    } catch (error) {
      this.log.error(`${path}: ${String(error)}`);
      this.enter('stopped');
      if (!this.abandoned) {
        void this.tellEnd('start', path);
      }
    }
  }

  /** Ends a server that may never answer the first request, so that the next in the queue has its turn. */
  private abandonStart(): void {
    if (this.state === 'starting') {
      this.abandoned = true;
      this.client?.serverProcess?.kill('SIGKILL');
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

  private async tellEnd(end: End, path: string): Promise<void> {
    const message =
      end === 'start'
        ? vscode.l10n.t('ROS: the server could not be started: {0}', path)
        : vscode.l10n.t('ROS: the server has ended five times within three minutes and is not started again.');
    this.log.error(message);
    const restart = vscode.l10n.t('Restart Server');
    const showLog = vscode.l10n.t('Show Log');
    const answer = await vscode.window.showErrorMessage(message, restart, showLog);
    if (answer === restart) {
      await this.restart();
    } else if (answer === showLog) {
      this.log.show();
    }
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
