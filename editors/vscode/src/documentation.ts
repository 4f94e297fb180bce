// The command that installs the documentation of resource types: `ros-lsp docs install` with its progress.

import * as vscode from 'vscode';
import type { Server } from './client';
import { run, type Output } from './server';

export async function installDocumentation(server: Server): Promise<void> {
  const path = server.binary();
  if (path === undefined) {
    return;
  }
  if ((await run(path, ['docs', 'install', '--help'])).code !== 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('ROS: this version of ros-lsp has no command to install documentation.'),
    );
    return;
  }
  const output = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Installing the documentation of ROS resource types'),
      cancellable: true,
    },
    (progress, cancel) => install(server, path, progress, cancel),
  );
  if (output === undefined) {
    return;
  }
  if (output.code === 0) {
    await server.restart();
    void vscode.window.showInformationMessage(vscode.l10n.t('ROS: the documentation is installed.'));
    return;
  }
  const showLog = vscode.l10n.t('Show Log');
  const reason = output.stderr.trim().split('\n').at(-1) ?? '';
  const message = vscode.l10n.t('ROS: the documentation could not be installed: {0}', reason);
  if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) {
    server.log.show();
  }
}

/** What came of it; nothing when the user gave up. */
async function install(
  server: Server,
  path: string,
  progress: vscode.Progress<{ message: string }>,
  cancel: vscode.CancellationToken,
): Promise<Output | undefined> {
  const onText = (text: string): void => {
    for (const line of text.split(/[\r\n]+/).filter((line) => line.trim() !== '')) {
      server.log.info(line);
      progress.report({ message: line.trim() });
    }
  };
  const output = await run(path, ['docs', 'install'], onText, cancel);
  return cancel.isCancellationRequested ? undefined : output;
}
