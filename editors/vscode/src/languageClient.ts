// The language client: what the server serves, and what happens when it ends. Loaded late, because most windows with a
// YAML or JSON file never need it.

import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, State } from 'vscode-languageclient/node';
import { Restarts } from './restarts';
import { LANGUAGES, OWN_TYPES } from './template';
import { traceLog } from './trace';

export { State } from 'vscode-languageclient/node';

/** Why there is no server any more: it did not come up, or it ended too often. */
export type End = 'start' | 'crashes';

const SCHEMES = ['file', 'untitled'];

export class Client extends LanguageClient {
  /** The client's own messages go into the log: they are many for one failure, and in English. */
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** A client of the server at `path`; `ended` is called when a server that ran is given up. */
export function createClient(path: string, log: vscode.LogOutputChannel, ended: (end: End) => void): Client {
  const restarts = new Restarts();
  let hasRun = false;
  const client = new Client(
    'ros',
    'ROS',
    { command: path, args: ['--stdio'] },
    {
      documentSelector: [
        ...SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language }))),
        OWN_TYPES,
      ],
      outputChannel: log,
      traceOutputChannel: traceLog(log),
      // What goes wrong is shown in the status bar, not by raising the log over the panel.
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false,
      errorHandler: {
        // What can't be written any more: the end of the server follows, and is dealt with below.
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          const isUp = client.state === State.Running;
          if (isUp && restarts.allow()) {
            return { action: CloseAction.Restart, handled: true };
          }
          // A first start that fails is told by the one who asked for it.
          if (hasRun) {
            ended(isUp ? 'crashes' : 'start');
          }
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    },
  );
  client.onDidChangeState(({ newState }) => {
    hasRun ||= newState === State.Running;
  });
  return client;
}
