// The command for a new template: an untitled document with the skeleton that the server offers for an empty one.

import * as vscode from 'vscode';
import type { Server } from './client';

type Language = 'yaml' | 'json';

/** The label of the server's skeleton. */
const SKELETON = 'ros-template';

/** Asks for the notation unless it is given. */
export async function newTemplate(server: Server, language?: Language): Promise<void> {
  const chosen = language ?? (await pick());
  if (chosen === undefined) {
    return;
  }
  await server.start();
  const document = await vscode.workspace.openTextDocument({ language: chosen });
  const editor = await vscode.window.showTextDocument(document);
  const start = new vscode.Position(0, 0);
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    start,
  );
  const item = list.items.find(({ label }) => (typeof label === 'string' ? label : label.label) === SKELETON);
  if (item?.insertText !== undefined) {
    await editor.insertSnippet(
      typeof item.insertText === 'string' ? new vscode.SnippetString().appendText(item.insertText) : item.insertText,
      start,
    );
  }
}

async function pick(): Promise<Language | undefined> {
  const items: (vscode.QuickPickItem & { language: Language })[] = [
    { label: 'YAML', language: 'yaml' },
    { label: 'JSON', language: 'json' },
  ];
  const title = vscode.l10n.t('New ROS Template');
  return (await vscode.window.showQuickPick(items, { title }))?.language;
}
