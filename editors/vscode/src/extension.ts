// Entry point: starts the server with the first ROS template (or page of own types) of the window, registers commands, shows the state.

import * as vscode from 'vscode';
import { Server, type State } from './client';
import { installDocumentation } from './documentation';
import { RulePages } from './explain';
import { newTemplate } from './newTemplate';
import { Status } from './status';
import { isTemplate, LANGUAGES, mayBecomeTemplate, OWN_TYPES } from './template';
import { addYamlTags, offerYamlTags } from './yamlTags';

/** Long enough to merge a burst of typing, short enough that a file just begun becomes a template at once. */
const SETTLE_MS = 300;

/** What other extensions and the tests can ask. */
export interface Api {
  state(): State;
}

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): Api {
  const log = vscode.window.createOutputChannel('ROS', { log: true });
  const started = (server = new Server(context, log));
  const status = new Status(started);
  const pages = new RulePages(started);
  const on = vscode.commands.registerCommand;
  context.subscriptions.push(
    log,
    status,
    pages.register(),
    on('ros.restartServer', () => started.restart()),
    on('ros.showLog', () => log.show()),
    on('ros.installDocumentation', () => installDocumentation(started)),
    on('ros.newTemplate', (language?: unknown) =>
      newTemplate(started, language === 'yaml' || language === 'json' ? language : undefined),
    ),
    on('ros.explainRule', (id?: unknown) => pages.explain(typeof id === 'string' ? id : undefined)),
    on('ros.addYamlTags', () => addYamlTags()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('ros.server.path') && started.state !== 'idle') {
        void started.restart();
      }
    }),
    watchTemplates(context, started, status),
  );
  return { state: () => started.state };
}

export function deactivate(): Promise<void> | undefined {
  return server?.close();
}

/** Starts the server when a template is opened or a document becomes one; keeps the status beside templates. */
function watchTemplates(context: vscode.ExtensionContext, server: Server, status: Status): vscode.Disposable {
  const seen = (document: vscode.TextDocument): void => {
    if (isRosTemplate(document) || vscode.languages.match(OWN_TYPES, document) > 0) {
      void server.start();
    }
  };
  const look = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    const template = document !== undefined && isRosTemplate(document);
    status.update(template);
    if (template) {
      void server.start();
      void offerYamlTags(context, document);
    } else if (document !== undefined && isServed(document) && mayBecomeTemplate(document.getText())) {
      // It has something to offer for the first words.
      void server.start();
    }
  };
  let settling: NodeJS.Timeout | undefined;
  const later = (): void => {
    clearTimeout(settling);
    settling = setTimeout(look, SETTLE_MS);
  };
  const watching = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(seen),
    vscode.window.onDidChangeActiveTextEditor(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document && LANGUAGES.includes(document.languageId)) {
        later();
      }
    }),
    server.onDidChangeState(look),
    new vscode.Disposable(() => clearTimeout(settling)),
  );
  vscode.workspace.textDocuments.forEach(seen);
  look();
  return watching;
}

function isRosTemplate(document: vscode.TextDocument): boolean {
  return isServed(document) && isTemplate(document.uri.path, document.getText());
}

function isServed(document: vscode.TextDocument): boolean {
  const { scheme } = document.uri;
  return LANGUAGES.includes(document.languageId) && (scheme === 'file' || scheme === 'untitled');
}
