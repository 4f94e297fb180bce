// The tests inside the extension host, against the installed package: what VS Code makes of the server's answers.
const assert = require('node:assert/strict');
const { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const vscode = require('vscode');

/** How long to wait for what the editor or the server does on its own. */
const PATIENCE_MS = process.env.ROS_LSP_TEST_BROKEN ? 1_500 : 10_000;

/** Asks until the answer is truthy. */
async function until(what, ask, patience = PATIENCE_MS) {
  const start = Date.now();
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    if (Date.now() - start > patience) {
      throw new Error(`waited in vain for ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The server's state, once the extension is active. */
function state() {
  const extension = vscode.extensions.getExtension('ros-lsp.ros-lsp');
  return extension.isActive ? extension.exports.state() : undefined;
}

/** The servers that this extension host has started and that are alive. */
function serverProcesses() {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      const [, name, parent] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      return name === 'ros-lsp' && Number(parent) === process.pid;
    } catch {
      // It has ended meanwhile.
      return false;
    }
  });
}

/** Kills the server, of which there must be one, as a crash would, and waits until it is gone. */
async function crash() {
  const [pid, ...others] = serverProcesses();
  assert.deepEqual(others, []);
  process.kill(pid, 'SIGKILL');
  await until('the end of the server', () => !serverProcesses().includes(pid));
}

function uriOf(file) {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, file);
}

async function open(file) {
  const document = await vscode.workspace.openTextDocument(uriOf(file));
  return { document, editor: await vscode.window.showTextDocument(document) };
}

/** The position of `$0` in `picture`, a piece of the document's text with the mark put in. */
function at(document, picture) {
  const mark = picture.indexOf('$0');
  const start = document.getText().indexOf(picture.replace('$0', ''));
  assert.ok(mark >= 0 && start >= 0, `${picture} is in the text`);
  return document.positionAt(start + mark);
}

/** The texts that the findings of the server stand under, with their codes. */
function findings(document) {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === 'ros' || source === 'ros-lsp')
    .map(({ range, code, message, severity }) => ({
      text: document.getText(range),
      code: typeof code === 'object' ? code.value : code,
      message,
      severity,
    }));
}

function finding(document, text) {
  return until(`a finding under ${text}`, () => findings(document).find((found) => found.text === text));
}

async function hover(document, picture) {
  const hovers = await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, at(document, picture));
  return hovers.flatMap(({ contents }) => contents.map((content) => content.value ?? content)).join('\n');
}

async function definition(document, picture) {
  const found = await vscode.commands.executeCommand(
    'vscode.executeDefinitionProvider',
    document.uri,
    at(document, picture),
  );
  return found.map((link) => {
    const range = link.targetSelectionRange ?? link.targetRange ?? link.range;
    return `${range.start.line + 1}: ${document.getText(range)}`;
  });
}

async function symbols(document) {
  const list = (await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri)) ?? [];
  const paths = [];
  const walk = (symbol, above) => {
    const path = [...above, symbol.name];
    paths.push({ path: path.join(' > '), detail: symbol.detail, text: document.getText(symbol.selectionRange) });
    symbol.children?.forEach((child) => walk(child, path));
  };
  list.forEach((symbol) => walk(symbol, []));
  return paths;
}

/** Puts `after` in the place of `before`, the cursor at its `$0`, and accepts the completion offered first. */
async function complete(editor, before, after) {
  const { document } = editor;
  const start = document.getText().indexOf(before);
  assert.ok(start >= 0, `${before} is in the text`);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + before.length));
  await editor.edit((edit) => edit.replace(range, after.replace('$0', '')));
  const cursor = document.positionAt(start + after.indexOf('$0'));
  editor.selection = new vscode.Selection(cursor, cursor);
  const changed = document.version;
  await until('a completion that can be accepted', async () => {
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    await new Promise((resolve) => setTimeout(resolve, 400));
    await vscode.commands.executeCommand('acceptSelectedSuggestion');
    return document.version > changed;
  });
  await vscode.commands.executeCommand('leaveSnippet');
}

/** What must hold in both notations; the pictures of one place stand side by side. */
const NOTATIONS = [
  {
    name: 'YAML',
    file: 'network.yml',
    reference: '与交换机 ${VSw$0ich}',
    type: 'Type: ALIYUN::ECS::V$0PC',
    attribute: '${Vpc.Vpc$0Id} 与',
    resource: '${V$0pc.VpcId} 与',
    definition: '10: Vpc',
    references: ['10: Vpc', '20: Vpc', '26: Vpc'],
    parameter: { picture: 'Value: !Ref Zone$0Id}', definition: '4: ZoneId' },
    value: { before: 'Value: !Ref ZoneId}]', after: 'Value: !Ref Zo$0}]', line: '      Tags: [{Key: 用途𠮷, Value: !Ref ZoneId}]' },
    inText: {
      before: '网络𠮷 ${Vpc.VpcId}',
      after: '网络𠮷 ${Vpc.Vpc$0}',
      text: '网络𠮷 ${Vpc.VpcId} 与交换机',
    },
    property: { before: 'CidrBlok: 192', after: 'Cidr$0: 192', line: '      CidrBlock: 192.168.1.0/24' },
    typeName: { before: 'ALIYUN::ECS::VPC', after: 'ALIYUN::ECS::VP$0', line: '    Type: ALIYUN::ECS::VPC' },
  },
  // VS Code itself completes JSON with keys and values from elsewhere in the file: what is accepted here is nowhere else.
  {
    name: 'JSON',
    file: 'network.json',
    reference: '与交换机 ${VSw$0ich}',
    type: '"Type": "ALIYUN::ECS::V$0PC',
    attribute: '${Vpc.Vpc$0Id} 与',
    resource: '${V$0pc.VpcId} 与',
    definition: '15: Vpc',
    references: ['15: Vpc', '26: Vpc', '35: Vpc'],
    parameter: { picture: '"ZoneId": { "Ref": "Zone$0Id" }', definition: '5: ZoneId' },
    value: {
      before: '"Value": { "Ref": "Purpose" }',
      after: '"Value": { "Ref": "Pu$0" }',
      line: '        "Tags": [{ "Key": "用途𠮷", "Value": { "Ref": "Purpose" } }]',
    },
    inText: {
      before: '网络𠮷 ${Vpc.VpcId}',
      after: '网络𠮷 ${Vpc.Vpc$0}',
      text: '网络𠮷 ${Vpc.VpcId} 与交换机',
    },
    property: { before: '"CidrBlok": "192', after: '"Cidr$0": "192', line: '        "CidrBlock": "192.168.1.0/24",' },
    typeName: { before: 'ALIYUN::ECS::VPC', after: 'ALIYUN::ECS::VP$0', line: '      "Type": "ALIYUN::ECS::VPC",' },
  },
];

const tests = [];
const test = (name, body) => tests.push({ name, body });

test('the server sleeps until a template is opened', async () => {
  await open('compose.yml');
  await open('other.json');
  const extension = vscode.extensions.getExtension('ros-lsp.ros-lsp');
  assert.ok(extension, 'the extension is installed');
  const api = await until('the extension', () => extension.isActive && extension.exports);
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal(api.state(), 'idle');
});

test('a template starts the server', async () => {
  await open('network.yml');
  await until('the server', () => ['running', 'missing', 'stopped'].includes(state()));
  assert.equal(state(), 'running');
});

for (const notation of NOTATIONS) {
  const inNotation = (name, body) =>
    test(`${notation.name}: ${name}`, async () => {
      const { document, editor } = await open(notation.file);
      await body(document, editor);
    });

  inNotation('diagnostics stand under the wrong words, behind Chinese text too', async (document) => {
    const property = await finding(document, 'CidrBlok');
    assert.match(property.message, /CidrBlock/);
    assert.equal(property.severity, vscode.DiagnosticSeverity.Error);
    const reference = await finding(document, 'VSwich');
    assert.match(reference.message, /VSwitch/);
  });

  inNotation('hover', async (document) => {
    assert.match(await hover(document, notation.type), /ALIYUN::ECS::VPC/);
    assert.match(await hover(document, notation.attribute), /VpcId/);
  });

  inNotation('definition', async (document) => {
    assert.deepEqual(await definition(document, notation.resource), [notation.definition]);
    assert.deepEqual(await definition(document, notation.parameter.picture), [notation.parameter.definition]);
  });

  inNotation('outline', async (document) => {
    const all = await until('symbols', async () => {
      const found = await symbols(document);
      return found.some(({ path }) => path === 'Resources > VSwitch') && found;
    });
    const resource = all.find(({ path, detail }) => path === 'Resources > VSwitch' && detail === 'ALIYUN::ECS::VSwitch');
    assert.ok(resource, `the resource with its type is among ${JSON.stringify(all)}`);
    assert.match(resource.text, /VSwitch/);
    for (const path of ['Parameters > ZoneId', 'Conditions > HasZone', 'Outputs > Summary']) {
      assert.ok(all.some((symbol) => symbol.path === path), path);
    }
  });

  inNotation('a quick fix puts a misspelt name right', async (document) => {
    await finding(document, 'VSwich');
    const name = at(document, '${VS$0wich}');
    const range = new vscode.Range(name, name);
    const actions = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, 'quickfix');
    const fix = actions.find(({ title }) => title === 'Change to `VSwitch`');
    assert.ok(fix?.isPreferred, JSON.stringify(actions));
    await vscode.workspace.applyEdit(fix.edit);
    assert.ok(document.getText().includes('与交换机 ${VSwitch}'), document.getText());
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  inNotation('references', async (document) => {
    const found = await vscode.commands.executeCommand(
      'vscode.executeReferenceProvider',
      document.uri,
      at(document, notation.resource),
    );
    const lines = found.map(({ range }) => `${range.start.line + 1}: ${document.getText(range)}`);
    assert.deepEqual(lines, notation.references);
  });

  inNotation('rename', async (document) => {
    const before = document.getText();
    const edit = await vscode.commands.executeCommand(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      at(document, notation.resource),
      '专有网络',
    );
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.getText(), before.replace(/\bVpc(?=[.:"\n])/g, '专有网络'));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  inNotation('an accepted name stands in the right place of a line with Chinese text', async (document, editor) => {
    const { before, after, line } = notation.value;
    await complete(editor, before, after);
    assert.equal(document.lineAt(editor.selection.active.line).text, line);
  });

  inNotation('an accepted attribute stands inside a text with Chinese words', async (document, editor) => {
    const { before, after, text } = notation.inText;
    await complete(editor, before, after);
    assert.ok(document.lineAt(editor.selection.active.line).text.includes(text), document.lineAt(editor.selection.active.line).text);
  });

  inNotation('an accepted property mends the finding', async (document, editor) => {
    const { before, after, line } = notation.property;
    await complete(editor, before, after);
    assert.equal(document.lineAt(editor.selection.active.line).text, line);
    await until('the finding to go', () => !findings(document).some(({ text }) => text.startsWith('CidrBlo')));
  });

  inNotation('an accepted type takes the place of what was typed', async (document, editor) => {
    const { before, after, line } = notation.typeName;
    await complete(editor, before, after);
    assert.equal(document.lineAt(editor.selection.active.line).text, line);
  });

  inNotation('typing is followed', async (document, editor) => {
    const end = at(document, '${VSwich}$0').translate(0, -1);
    editor.selection = new vscode.Selection(end.translate(0, -'VSwich'.length), end);
    await vscode.commands.executeCommand('type', { text: 'VSwitch' });
    await until('the finding to go', () => findings(document).every(({ text }) => text !== 'VSwich'));
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await finding(document, 'VSwich');
  });
}

test('another tag keeps the argument', async () => {
  const { document, editor } = await open('network.yml');
  const line = () => document.lineAt(editor.selection.active.line).text;
  for (const typed of ['Value: !GetA$0 ZoneId}]', 'Value: !Get$0Ref ZoneId}]']) {
    await complete(editor, 'Value: !Ref ZoneId}]', typed);
    assert.equal(line(), '      Tags: [{Key: 用途𠮷, Value: !GetAtt ZoneId}]');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
});

test('what begins with the typed text comes first', async () => {
  for (const typed of ['ALIYUN::ECS::VSwi', 'aliyun::ecs::vswi', 'VSwi', 'vswitch']) {
    for (const file of ['network.yml', 'network.json']) {
      const { document, editor } = await open(file);
      await complete(editor, 'ALIYUN::ECS::VPC', `${typed}$0`);
      assert.match(document.lineAt(editor.selection.active.line).text, /Type"?: "?ALIYUN::ECS::VSwitch"?,?$/, typed);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
  }
});

test('a template begins with a short word in an empty file', async () => {
  for (const language of ['yaml', 'json']) {
    const document = await vscode.workspace.openTextDocument({ language });
    const editor = await vscode.window.showTextDocument(document);
    await complete(editor, '', 'ros-t$0');
    assert.match(document.getText(), /^(\{\n  ")?ROSTemplateFormatVersion/);
    await until('the outline', async () => (await symbols(document)).some(({ path }) => path === 'Resources > Vpc'));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
});

test('skeletons stand where they fit only', async () => {
  const { document } = await open('network.yml');
  const offered = async (picture) => {
    const list = await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', document.uri, at(document, picture));
    return list.items.map(({ label }) => label.label ?? label).filter((label) => /^(ros-|new )/.test(label));
  };
  assert.deepEqual(await offered('Value: !Ref Zo$0neId}]'), []);
  assert.deepEqual(await offered('Type: ALIYUN::ECS::V$0PC'), []);
});

test('other files stay without findings', async () => {
  for (const file of ['compose.yml', 'other.json']) {
    const { document } = await open(file);
    assert.deepEqual(findings(document), []);
  }
  const { document } = await open('other.json');
  assert.equal(await hover(document, 'AWS::EC2::V$0PC'), '');
});

test('a renamed file is what its new name says', async () => {
  const [plain, named] = ['plain.yml', 'plain.ros.yml'].map(uriOf);
  await vscode.workspace.fs.writeFile(plain, Buffer.from('Outputs:\n  A: {Value: !Ref Nothing}\n'));
  try {
    assert.deepEqual(findings((await open('plain.yml')).document), []);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(plain, named);
    await vscode.workspace.applyEdit(edit);
    await finding((await open('plain.ros.yml')).document, 'Nothing');
  } finally {
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(named);
  }
});

test('JSON with comments is a template with comments', async () => {
  const content = '{ // 注释\n  "ROSTemplateFormatVersion": "2015-09-01",\n  "Outputs": { "A": { "Value": { "Ref": "Nothing" } } }\n}\n';
  const document = await vscode.workspace.openTextDocument({ language: 'jsonc', content });
  await vscode.window.showTextDocument(document);
  await finding(document, 'Nothing');
  assert.match((await finding(document, '// 注释')).message, /comments/);
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
});

test('a changed setting takes effect', async () => {
  const { document } = await open('network.yml');
  const { code } = await finding(document, 'VSwich');
  const settings = vscode.workspace.getConfiguration('ros');
  const severity = (level) => until(`severity ${level}`, () => findings(document).find((found) => found.text === 'VSwich')?.severity === level);
  await settings.update('diagnostics.severity', { [code]: 'hint' }, vscode.ConfigurationTarget.Workspace);
  await severity(vscode.DiagnosticSeverity.Hint);
  await settings.update('diagnostics.severity', undefined, vscode.ConfigurationTarget.Workspace);
  await severity(vscode.DiagnosticSeverity.Error);
});

test('a new template has no errors', async () => {
  for (const language of ['yaml', 'json']) {
    await vscode.commands.executeCommand('ros.newTemplate', language);
    const { document } = vscode.window.activeTextEditor;
    assert.equal(document.isUntitled, true);
    assert.match(document.getText(), /ROSTemplateFormatVersion/);
    assert.match(document.getText(), /\$\{ALIYUN::StackName\}-vpc/);
    await until('the outline', async () => (await symbols(document)).some(({ path }) => path === 'Resources > Vpc'));
    const errors = findings(document).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    assert.deepEqual(errors, []);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
});

test('a rule is explained on a page', async () => {
  await vscode.commands.executeCommand('ros.explainRule', 'ROS1005');
  await until('the page', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes('ROS1005'));
  const page = await vscode.workspace.openTextDocument(vscode.Uri.parse('ros-rule:/ROS1005.md'));
  assert.match(page.getText(), /^# ROS1005 undefined-reference/);
});

test('the YAML extension stops to report tags once they are in its settings', async () => {
  const { document } = await open('network.yml');
  const unresolved = () =>
    vscode.languages.getDiagnostics(document.uri).filter(({ message }) => /Unresolved tag/i.test(message)).length;
  await until('the reports', () => unresolved() > 0);
  const yaml = () => vscode.workspace.getConfiguration('yaml').inspect('customTags');
  await vscode.workspace.getConfiguration('yaml').update('customTags', ['!Mine'], vscode.ConfigurationTarget.Global);
  await vscode.commands.executeCommand('ros.addYamlTags');
  await until('the reports to go', () => unresolved() === 0);
  assert.equal(yaml().workspaceValue[0], '!Mine');
  const count = yaml().workspaceValue.length;
  await vscode.commands.executeCommand('ros.addYamlTags');
  assert.equal(yaml().workspaceValue.length, count, 'nothing is added twice');
  await finding(document, 'CidrBlok');
});

test('the server can be restarted', async () => {
  const { document } = await open('network.json');
  await finding(document, 'VSwich');
  await vscode.commands.executeCommand('ros.restartServer');
  assert.equal(state(), 'running');
  await finding(document, 'VSwich');
  await until('the end of the server before', () => serverProcesses().length === 1);
});

test('a server that ended is started again, but not without end', async () => {
  const { document } = await open('network.json');
  for (let times = 0; times < 4; times += 1) {
    await crash();
    await until('another server', () => serverProcesses().length === 1 && state() === 'running');
    await finding(document, 'VSwich');
  }
  await crash();
  await until('the end of attempts', () => state() === 'stopped');
  assert.deepEqual(serverProcesses(), []);
  assert.deepEqual(findings(document), []);
  await vscode.commands.executeCommand('ros.restartServer');
  await finding(document, 'VSwich');
});

test('a program that is no server can be replaced', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ros-lsp-no-server-'));
  const settings = vscode.workspace.getConfiguration('ros');
  const choose = (path) => settings.update('server.path', path, vscode.ConfigurationTarget.Global);
  try {
    for (const [name, script, expected] of [
      ['ends', 'exit 3', 'stopped'],
      ['says-nothing', 'exec sleep 300', 'starting'],
    ]) {
      const path = join(folder, name);
      writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      await choose(path);
      await until(`state ${expected} with a program that ${name}`, () => state() === expected);
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.equal(state(), expected);
      await choose(undefined);
      await until('the server', () => state() === 'running');
    }
    const { document } = await open('network.json');
    await finding(document, 'VSwich');
  } finally {
    await choose(undefined);
    rmSync(folder, { recursive: true });
  }
});

exports.run = async () => {
  let failed = 0;
  // A server that has gone wrong is one that starts: its answers are what these tests have to notice.
  const chosen = process.env.ROS_LSP_TEST_BROKEN ? /^(a template starts|YAML: |JSON: )/ : /^/;
  for (const { name, body } of tests.filter(({ name }) => chosen.test(name))) {
    const start = Date.now();
    try {
      await body();
      console.log(`ok ${name} (${Date.now() - start} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`not ok ${name}: ${error.message}`);
      if (name === 'a template starts the server') {
        break;
      }
    }
  }
  if (failed > 0) {
    throw new Error(`${failed} failed`);
  }
};
