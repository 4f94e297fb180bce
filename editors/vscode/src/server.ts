// The server's binary: where it is, and running its other commands.

import * as vscode from 'vscode';
import { spawn } from 'node:child_process';
import { accessSync, chmodSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

export type Found = { path: string } | { missing: 'configured'; path: string } | { missing: 'all' };

const NAME = process.platform === 'win32' ? 'ros-lsp.exe' : 'ros-lsp';

/**
 * The binary that the user set, else the one that came with the extension, else the one on `PATH`. A path that the user
 * set and that names no program is told, not passed over.
 */
export function findServer(context: vscode.ExtensionContext): Found {
  const setting = vscode.workspace.getConfiguration('ros').get<string>('server.path', '').trim();
  const configured = setting.replace(/^~(?=[/\\])/, homedir());
  if (configured !== '') {
    return isProgram(configured) ? { path: configured } : { missing: 'configured', path: configured };
  }
  const platform = `${process.platform}-${process.arch}`;
  const bundled = [join('server', platform, NAME), join('server', NAME)].map((path) => context.asAbsolutePath(path));
  for (const path of bundled) {
    if (isBundledProgram(path)) {
      return { path };
    }
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.map((folder) => join(folder, NAME)).find(isProgram);
  return onPath === undefined ? { missing: 'all' } : { path: onPath };
}

/** What a command of the binary printed. */
export interface Output {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command of the binary to its end. */
export function run(path: string, args: string[]): Promise<Output> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const output: Output = { code: -1, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ ...output, code: code ?? -1 });
    });
  });
}

/** The versions that `ros-lsp --version` tells: `ros-lsp 0.1.0`, and the catalog's on a line of its own. */
export interface Versions {
  server?: string;
  catalog?: string;
}

export async function versions(path: string): Promise<Versions> {
  const { stdout } = await run(path, ['--version']);
  return {
    server: /^ros-lsp (\S+)/m.exec(stdout)?.[1],
    catalog: /^catalog:? (.+)$/m.exec(stdout)?.[1],
  };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, process.platform === 'win32' ? constants.F_OK : constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** As above. Some ways of installing an extension lose the mark that a file is a program. */
function isBundledProgram(path: string): boolean {
  try {
    if (statSync(path).isFile() && !isProgram(path)) {
      chmodSync(path, 0o755);
    }
  } catch {
    return false;
  }
  return isProgram(path);
}
