// The command that installs the documentation of resource types: the server does it, and shows its progress.

import * as vscode from 'vscode';
import type { Server } from './client';

export async function installDocumentation(server: Server): Promise<void> {
  await server.start();
  if (server.state !== 'running') {
    // The user has been told why.
    return;
  }
  try {
    await server.execute('ros.docs.install');
  } catch (error) {
    server.log.error(String(error));
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('ROS: the documentation could not be installed: {0}', reason));
  }
}
