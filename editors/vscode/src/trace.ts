// The messages between editor and server, as the setting `ros.trace.server` has it.

import * as vscode from 'vscode';

const SETTING = 'ros.trace.server';

/**
 * The log as the language client sees it when it writes messages. It writes them at the level `trace` and only where that
 * is the log's level; here the setting decides instead, and what it asks for is shown at the usual level.
 */
export function traceLog(log: vscode.LogOutputChannel): vscode.LogOutputChannel {
  const onDidChangeLogLevel: vscode.Event<vscode.LogLevel> = (listener, self) =>
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTING)) {
        listener.call(self, level());
      }
    });
  return Object.create(log, {
    logLevel: { get: level },
    onDidChangeLogLevel: { value: onDidChangeLogLevel },
    trace: { value: (message: string) => log.info(message) },
  }) as vscode.LogOutputChannel;
}

function level(): vscode.LogLevel {
  const isOn = vscode.workspace.getConfiguration().get(SETTING, 'off') !== 'off';
  return isOn ? vscode.LogLevel.Trace : vscode.LogLevel.Info;
}
