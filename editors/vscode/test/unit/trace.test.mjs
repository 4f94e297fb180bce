// The setting for messages in the log, with a stand-in for VS Code.
import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import test from 'node:test';

const settings = { 'ros.trace.server': 'off' };
const listeners = [];
globalThis.standIn = {
  LogLevel: { Trace: 1, Info: 3 },
  workspace: {
    getConfiguration: () => ({ get: (name) => settings[name] }),
    onDidChangeConfiguration: (listener) => listeners.push(listener),
  },
};
registerHooks({
  resolve: (name, context, next) =>
    name === 'vscode'
      ? { url: 'data:text/javascript,export const { LogLevel, workspace } = globalThis.standIn;', shortCircuit: true }
      : next(name, context),
});
const { traceLog } = await import('../../src/trace.ts');

test('the setting decides what is written, not the level of the log', () => {
  const written = [];
  const log = traceLog({ logLevel: 3, info: (text) => written.push(text), trace: () => assert.fail('nobody sees it') });
  assert.equal(log.logLevel, 3);
  const levels = [];
  log.onDidChangeLogLevel((level) => levels.push(level));
  settings['ros.trace.server'] = 'verbose';
  listeners.forEach((listener) => listener({ affectsConfiguration: (name) => name === 'ros.trace.server' }));
  listeners.forEach((listener) => listener({ affectsConfiguration: () => false }));
  assert.deepEqual(levels, [1]);
  assert.equal(log.logLevel, 1);
  log.trace('a message');
  assert.deepEqual(written, ['a message']);
});
