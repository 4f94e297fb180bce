// Beside Red Hat's YAML extension: it reports tags that it does not know, and knows those in `yaml.customTags` only.

import * as vscode from 'vscode';
import tags from '../tags.json';

const YAML_EXTENSION = 'redhat.vscode-yaml';
const DECLINED = 'yamlTags.declined';
const ANY_TAG = /(?:^|[\s[{,:-])![A-Z]/m;

/** Adds the tags of ROS to `yaml.customTags`: of the workspace, or of the user where no folder is open. */
export async function addYamlTags(): Promise<void> {
  const yaml = vscode.workspace.getConfiguration('yaml');
  const missing = missingTags(yaml);
  if (missing.length > 0) {
    const target = hasWorkspace() ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
    await yaml.update('customTags', [...present(yaml), ...missing], target);
  }
}

/** Asks, once for a workspace or for all windows without one, whether to add the tags when they are used and would be reported. */
export async function offerYamlTags(context: vscode.ExtensionContext, document: vscode.TextDocument): Promise<void> {
  const memory = hasWorkspace() ? context.workspaceState : context.globalState;
  if (
    document.languageId !== 'yaml' ||
    memory.get(DECLINED) === true ||
    vscode.extensions.getExtension(YAML_EXTENSION) === undefined ||
    !ANY_TAG.test(document.getText()) ||
    missingTags(vscode.workspace.getConfiguration('yaml')).length === 0 ||
    asked
  ) {
    return;
  }
  asked = true;
  const [question, add, never] = hasWorkspace()
    ? [
        vscode.l10n.t(
          'The YAML extension reports ROS tags such as !Ref as unresolved. Add them to yaml.customTags in the settings of this workspace?',
        ),
        vscode.l10n.t('Add to Workspace Settings'),
        vscode.l10n.t('Not in This Workspace'),
      ]
    : [
        vscode.l10n.t(
          'The YAML extension reports ROS tags such as !Ref as unresolved. Add them to yaml.customTags in your user settings?',
        ),
        vscode.l10n.t('Add to User Settings'),
        vscode.l10n.t('Never'),
      ];
  const answer = await vscode.window.showInformationMessage(question, add, never);
  if (answer === add) {
    await addYamlTags();
  } else if (answer === never) {
    await memory.update(DECLINED, true);
  }
}

/** Whether the user was asked since the window opened. */
let asked = false;

function hasWorkspace(): boolean {
  return (vscode.workspace.workspaceFolders ?? []).length > 0;
}

function present(yaml: vscode.WorkspaceConfiguration): string[] {
  return yaml.get<string[]>('customTags') ?? [];
}

function missingTags(yaml: vscode.WorkspaceConfiguration): string[] {
  const there = new Set(present(yaml).map(normal));
  return tags.filter((tag) => !there.has(normal(tag)));
}

/** `!Ref` means `!Ref scalar` to the YAML extension. */
function normal(tag: string): string {
  const [name = '', kind = 'scalar'] = tag.trim().split(/\s+/);
  return `${name} ${kind}`;
}
