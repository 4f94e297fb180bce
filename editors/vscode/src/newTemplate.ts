// The command for a new template: an untitled document with the skeleton from the snippets.

import * as vscode from 'vscode';
import { readFile } from 'node:fs/promises';

type Language = 'yaml' | 'json';

/** Asks for the notation unless it is given. */
export async function newTemplate(context: vscode.ExtensionContext, language?: Language): Promise<void> {
  const chosen = language ?? (await pick());
  if (chosen === undefined) {
    return;
  }
  const skeleton = await readSkeleton(context, chosen);
  const document = await vscode.workspace.openTextDocument({ language: chosen });
  const editor = await vscode.window.showTextDocument(document);
  await editor.insertSnippet(new vscode.SnippetString(skeleton));
}

async function pick(): Promise<Language | undefined> {
  const items: (vscode.QuickPickItem & { language: Language })[] = [
    { label: 'YAML', language: 'yaml' },
    { label: 'JSON', language: 'json' },
  ];
  const title = vscode.l10n.t('New ROS Template');
  return (await vscode.window.showQuickPick(items, { title }))?.language;
}

async function readSkeleton(context: vscode.ExtensionContext, language: Language): Promise<string> {
  const path = context.asAbsolutePath(`snippets/${language}.json`);
  const snippets = JSON.parse(await readFile(path, 'utf8')) as Record<string, { body: string[] }>;
  return (snippets['ROS template']?.body ?? []).join('\n');
}
