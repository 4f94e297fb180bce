// The status bar item: the server's state and the catalog's version, beside templates only.

import * as vscode from 'vscode';
import type { Server, State } from './client';

export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('ros.status', vscode.StatusBarAlignment.Right, 90);

  constructor(private readonly server: Server) {
    this.item.name = 'ROS';
    this.item.command = 'ros.showLog';
  }

  /** Shows the server's state, or nothing where no template is being edited. */
  update(template: boolean): void {
    if (!template) {
      this.item.hide();
      return;
    }
    const { state, versions } = this.server;
    const failed = state === 'missing' || state === 'stopped';
    // The version is the end of the catalog's line: `ROS CDK 1.15.0, 1297 resource types`.
    const catalog = /\d+(\.\d+)+/.exec(versions.catalog ?? '')?.[0];
    this.item.text = `${icon(state)} ROS${state === 'running' && catalog !== undefined ? ` ${catalog}` : ''}`;
    this.item.backgroundColor = failed ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.item.tooltip = tooltip(state, versions.server, versions.catalog);
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}

function icon(state: State): string {
  switch (state) {
    case 'running':
      return '$(check)';
    case 'idle':
    case 'starting':
      return '$(loading~spin)';
    case 'stopped':
    case 'missing':
      return '$(error)';
  }
}

function describe(state: State): string {
  switch (state) {
    case 'running':
      return vscode.l10n.t('The server is running.');
    case 'idle':
    case 'starting':
      return vscode.l10n.t('The server is starting.');
    case 'stopped':
      return vscode.l10n.t('The server has stopped.');
    case 'missing':
      return vscode.l10n.t('No server was found.');
  }
}

function tooltip(state: State, server?: string, catalog?: string): vscode.MarkdownString {
  const lines = [describe(state)];
  if (server !== undefined) {
    lines.push(vscode.l10n.t('Server: ros-lsp {0}', server));
  }
  if (catalog !== undefined) {
    lines.push(vscode.l10n.t('Catalog: {0}', catalog));
  }
  const restart = vscode.l10n.t('Restart Server');
  const showLog = vscode.l10n.t('Show Log');
  lines.push(`[${restart}](command:ros.restartServer) · [${showLog}](command:ros.showLog)`);
  const text = new vscode.MarkdownString(lines.join('\n\n'));
  text.isTrusted = { enabledCommands: ['ros.restartServer', 'ros.showLog'] };
  return text;
}
