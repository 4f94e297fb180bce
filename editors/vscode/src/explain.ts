// The command that explains a rule: what `ros-lsp explain` prints, as a page.

import * as vscode from 'vscode';
import type { Server } from './client';
import { run } from './server';

const SCHEME = 'ros-rule';

type Rule = vscode.QuickPickItem & { id: string };

export class RulePages implements vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();

  constructor(private readonly server: Server) {}

  register(): vscode.Disposable {
    return vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? '';
  }

  /** Explains the rule with this id; asks for one where none is given, those at the cursor first. */
  async explain(id?: string): Promise<void> {
    const path = this.server.binary();
    if (path === undefined) {
      return;
    }
    const wanted = id ?? (await this.pick(path));
    if (wanted === undefined) {
      return;
    }
    const { code, stdout, stderr } = await run(path, ['explain', wanted]);
    if (code !== 0) {
      void vscode.window.showErrorMessage(`ROS: ${stderr.trim()}`);
      return;
    }
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${wanted}.md` });
    this.texts.set(uri.path, `# ${stdout}`);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  private async pick(path: string): Promise<string | undefined> {
    const { stdout } = await run(path, ['explain', '--rules']);
    const here = idsAtCursor();
    const rules = parseRules(stdout);
    const first = rules.filter((rule) => here.includes(rule.id));
    const others = rules.filter((rule) => !here.includes(rule.id));
    const items: (Rule | vscode.QuickPickItem)[] =
      first.length === 0
        ? others
        : [
            separator(vscode.l10n.t('At the Cursor')),
            ...first,
            separator(vscode.l10n.t('All Rules')),
            ...others,
          ];
    const chosen = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Explain Rule'),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    return chosen !== undefined && 'id' in chosen ? chosen.id : undefined;
  }
}

/** The lines of `ros-lsp explain --rules`: id, severity, name. */
export function parseRules(text: string): Rule[] {
  const rules: Rule[] = [];
  for (const line of text.split('\n')) {
    const [, id, severity, name] = /^(\S+)\s+(\S+)\s+(\S+)/.exec(line) ?? [];
    if (id !== undefined && severity !== undefined && name !== undefined) {
      rules.push({ id, label: id, description: `${name} (${severity})` });
    }
  }
  return rules;
}

function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function idsAtCursor(): string[] {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return [];
  }
  const { line } = editor.selection.active;
  return vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter(({ range }) => range.start.line <= line && line <= range.end.line)
    .map(({ code }) => String(typeof code === 'object' ? code.value : code));
}
