// Puts the server's binary where the package looks for it: the one that ROS_LSP_BINARY names, else the release build of
// this repository, which is brought up to date first: after a change of the sources an old one may lie there.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(here, '..', '..');
const name = process.platform === 'win32' ? 'ros-lsp.exe' : 'ros-lsp';

function build() {
  try {
    execFileSync('cargo', ['build', '--release', '--locked', '--bin', 'ros-lsp'], { cwd: root, stdio: 'inherit' });
  } catch (error) {
    const isThere = error.code !== 'ENOENT';
    console.error(isThere ? 'The server could not be built.' : 'No cargo: install Rust, or name a built server in ROS_LSP_BINARY.');
    process.exit(1);
  }
  return join(process.env.CARGO_TARGET_DIR || join(root, 'target'), 'release', name);
}

const binary = process.env.ROS_LSP_BINARY || build();
const folder = join(here, 'server');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
// The name tells the platform: a Windows binary may be packed on another system.
const target = join(folder, basename(binary).endsWith('.exe') ? 'ros-lsp.exe' : 'ros-lsp');
copyFileSync(binary, target);
chmodSync(target, 0o755);
