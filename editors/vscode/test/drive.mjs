// Runs a real VS Code, the server from code-server with its workbench in Chromium, with our package installed:
//   node drive.mjs suite   the tests of suite/ inside the extension host
//   node drive.mjs ui      what a person sees, with screenshots
//   node drive.mjs chinese where Chinese is the display language
//   node drive.mjs red     with a server path that leads nowhere: the tests must fail, and the user must be told
//   node drive.mjs broken  with a server that has gone wrong: each test of what it serves must fail
// CODE names the VS Code server's folder, NODE its node, VSIX the package, CHROMIUM the browser, OUT the screenshots' place.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { look, lookInChinese, openTemplate } from './ui.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { CODE, NODE, VSIX, CHROMIUM, OUT } = process.env;
const mode = process.argv[2];
const isMissing = mode === 'red' || process.env.ROS_LSP_TEST_BREAK === 'server';

/** Longer than a run takes on a busy machine, with a test or two that wait in vain. */
const LIMIT_MS = 90_000;

const SETTINGS = {
  // Words of the file would pass for completions of the server.
  'editor.wordBasedSuggestions': 'off',
  'json.schemaDownload.enable': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'editor.minimap.enabled': false,
  // A message would lie over what the tests look at.
  'ros.docs.offer': false,
  'editor.fontFamily': 'DejaVu Sans Mono, WenQuanYi Zen Hei Mono',
  ...(isMissing ? { 'ros.server.path': '/nonexistent/ros-lsp' } : {}),
};

const work = mkdtempSync(join(tmpdir(), 'ros-lsp-vscode-'));
if (mode === 'broken') {
  SETTINGS['ros.server.path'] = brokenServer();
}
let code = 1;
let server;
let browser;
try {
  const workspace = join(work, 'templates');
  cpSync(join(here, 'workspace'), workspace, { recursive: true });
  server = await startServer();
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  const context = await browser.newContext({ viewport: { width: 960, height: 700 } });
  const page = await context.newPage();
  if (process.env.VERBOSE) {
    page.on('console', (message) => console.log('[page]', message.text().slice(0, 300)));
  }
  page.setDefaultTimeout(20_000);
  const url = `${server.url}/?folder=${workspace}`;
  if (mode === 'ui') {
    code = await look(page, url, OUT);
  } else if (mode === 'chinese') {
    code = await lookInChinese(page, url, OUT);
  } else {
    code = await runSuite(page, workspace);
  }
} catch (error) {
  console.log(`not ok ${mode}: ${error.message}`);
} finally {
  await browser?.close();
  await server?.stop();
  rmSync(work, { recursive: true, force: true });
}
process.exit(code);

/** The exit code: that of the tests, or for `red` whether they failed as they must. */
async function runSuite(page, workspace) {
  const { host } = new URL(server.url);
  const remote = (path) => `vscode-remote://${host}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(join(here, 'suite'))],
    ['extensionTestsPath', remote(join(here, 'suite', 'index.js'))],
    ['skipWelcome', 'true'],
  ];
  const ended = new Promise((resolve) => {
    setTimeout(() => resolve(99), LIMIT_MS);
    void page.exposeFunction('codeAutomationExit', (exit) => resolve(exit));
  });
  const lines = [];
  await page.exposeFunction('codeAutomationLog', (kind, args) => {
    const text = args.join(' ');
    lines.push(text);
    if (/^(not )?ok /.test(text) || process.env.VERBOSE) {
      console.log(text);
    }
  });
  const url = `${server.url}/?folder=${workspace}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  const exit = await ended;
  if (exit === 99) {
    console.log(`not ok the tests came to no end in ${LIMIT_MS / 1000} s`);
  }
  if (mode === 'broken') {
    const served = (mark) => lines.filter((line) => line.startsWith(mark) && /ok (YAML|JSON): /.test(line));
    const isUp = lines.some((line) => line.startsWith('ok a template starts the server'));
    return isUp && served('not ok').length > 0 && served('ok').length === 0 ? 0 : 1;
  }
  if (mode !== 'red') {
    return exit === 0 ? 0 : 1;
  }
  // The end of the tests took the message with it: opened once more as a person would.
  const isTold = await toldOfMissingServer(page, `${server.url}/?folder=${workspace}`);
  console.log(`${isTold ? 'ok' : 'not ok'} the user is told that the server is missing, with a button`);
  return exit !== 0 && exit !== 99 && isTold ? 0 : 1;
}

function slowPip() {
  const path = join(work, 'pip');
  writeFileSync(path, '#!/bin/sh\ncase "$*" in *--version*) exec echo "pip 24.0";; esac\nexec sleep 60\n', { mode: 0o755 });
  return path;
}

/** A program that is the server but for its answers. */
function brokenServer() {
  const path = join(work, 'broken-ros-lsp');
  const script = join(here, '..', '..', 'test', 'broken-server.js');
  const bundled = join(here, '..', 'server', 'ros-lsp');
  writeFileSync(path, `#!/bin/sh\nexec '${NODE}' '${script}' '${bundled}' "$@"\n`, { mode: 0o755 });
  return path;
}

async function toldOfMissingServer(page, url) {
  try {
    await openTemplate(page, url, 'network.yml');
    // N.B. The driver keeps notifications from popping up: they wait behind the bell.
    await page.locator('.statusbar-item .codicon-bell-dot').click();
    const told = page.locator('.notification-list-item', { hasText: 'names no program: /nonexistent/ros-lsp' });
    await told.first().waitFor();
    await told.locator('.monaco-button', { hasText: 'Open Settings' }).first().waitFor();
    return true;
  } catch {
    return false;
  }
}

/** What an installed language pack leaves: Chinese is known. VS Code's own texts stay English for lack of translations. */
function writeLanguagePack(folder) {
  const texts = join(folder, 'no-translations.json');
  writeFileSync(texts, JSON.stringify({ version: '1.0.0', contents: {} }));
  const pack = { hash: 'none', label: '中文', extensions: [{ extensionIdentifier: { id: 'none.none' }, version: '1.0.0' }], translations: { vscode: texts } };
  writeFileSync(join(folder, 'languagepacks.json'), JSON.stringify({ 'zh-cn': pack }));
}

/** Installs the package, then starts: the other way round the package may get lost. */
async function startServer() {
  const main = join(CODE, 'out', 'server-main.js');
  const data = join(work, 'data');
  mkdirSync(join(data, 'data', 'Machine'), { recursive: true });
  writeFileSync(join(data, 'data', 'Machine', 'settings.json'), JSON.stringify(SETTINGS));
  const folders = ['--server-data-dir', data, '--extensions-dir', join(work, 'extensions')];
  const licence = '--accept-server-license-terms';
  const env = {
    ...process.env,
    // A pip that gets nowhere: nothing is downloaded.
    ROS_LSP_PIP: slowPip(),
    ROS_LSP_CACHE: join(work, 'cache'),
    ROS_LSP_TEST_MODULES: join(here, '..'),
    ...(mode === 'broken' ? { ROS_LSP_TEST_BROKEN: '1' } : {}),
    // No documentation but the binary's own.
    ROS_LSP_DOCS: join(work, 'docs'),
    PATH: `${dirname(NODE)}:${process.env.PATH}`,
  };
  execFileSync(NODE, [main, ...folders, licence, '--install-extension', VSIX], { env, stdio: 'pipe' });
  if (mode === 'chinese') {
    writeLanguagePack(join(data, 'data'));
  }
  const language = mode === 'chinese' ? ['--locale', 'zh-cn'] : [];
  const child = spawn(
    NODE,
    [main, ...folders, licence, ...language, '--host', '127.0.0.1', '--port', '0', '--without-connection-token',
      '--telemetry-level', 'off', '--enable-smoke-test-driver', '--disable-workspace-trust'],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const closed = new Promise((resolve) => child.on('close', resolve));
  const port = await new Promise((resolve, reject) => {
    let said = '';
    const read = (text) => {
      said += text;
      const found = /listening on (\d+)/.exec(said);
      if (found) {
        resolve(found[1]);
      }
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.on('error', reject);
    closed.then((exit) => reject(new Error(`the VS Code server ended with ${exit}: ${said}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill();
      await closed;
    },
  };
}
