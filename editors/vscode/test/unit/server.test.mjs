// Where the server's binary is looked for, with a stand-in for VS Code.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import test from 'node:test';

let setting = '';
globalThis.standIn = { workspace: { getConfiguration: () => ({ get: () => setting }) } };
registerHooks({
  resolve: (name, context, next) =>
    name === 'vscode'
      ? { url: 'data:text/javascript,export const { workspace } = globalThis.standIn;', shortCircuit: true }
      : next(name, context),
});
const { findServer } = await import('../../src/server.ts');

const work = mkdtempSync(join(tmpdir(), 'ros-lsp-find-'));
test.after(() => rmSync(work, { recursive: true }));
const program = (path, mode = 0o755) => {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '', { mode });
  return path;
};
const context = { asAbsolutePath: (path) => join(work, 'extension', path) };

test('the path that the user set comes first, the bundled binary next, PATH last', () => {
  process.env.PATH = '';
  assert.deepEqual(findServer(context), { missing: 'all' });
  process.env.PATH = join(work, 'bin');
  const onPath = program(join(work, 'bin', 'ros-lsp'));
  assert.deepEqual(findServer(context), { path: onPath });
  // Some ways of installing lose the mark that it is a program.
  const bundled = program(join(work, 'extension', 'server', 'ros-lsp'), 0o644);
  assert.deepEqual(findServer(context), { path: bundled });
  const ofPlatform = program(join(work, 'extension', 'server', `${process.platform}-${process.arch}`, 'ros-lsp'));
  assert.deepEqual(findServer(context), { path: ofPlatform });
  setting = program(join(work, 'own'));
  assert.deepEqual(findServer(context), { path: setting });
});

test('a path that leads nowhere is told', () => {
  setting = join(work, 'nowhere');
  assert.deepEqual(findServer(context), { missing: 'configured', path: setting });
  setting = work;
  assert.deepEqual(findServer(context), { missing: 'configured', path: work });
});

test('~ is the home folder', () => {
  const path = program(join(work, 'at-home'));
  setting = `~/${relative(homedir(), path)}`;
  assert.deepEqual(findServer(context), { path: `${homedir()}/${relative(homedir(), path)}` });
});
