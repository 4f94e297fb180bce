// The texts of the extension: each in Chinese, none left over; and the licence, which is the project's.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

const here = join(import.meta.dirname, '..', '..');
const read = (...path) => readFileSync(join(here, ...path), 'utf8');

test('every message has a translation', () => {
  const used = new Set();
  for (const name of readdirSync(join(here, 'src'))) {
    for (const [, text] of read('src', name).matchAll(/l10n\.t\(\s*'([^']*)'/g)) {
      used.add(text);
    }
  }
  const bundle = JSON.parse(read('l10n', 'bundle.l10n.zh-cn.json'));
  assert.deepEqual(Object.keys(bundle).sort(), [...used].sort());
  for (const [text, translation] of Object.entries(bundle)) {
    assert.equal(translation.match(/\{\d\}/g)?.length, text.match(/\{\d\}/g)?.length, text);
  }
});

test('the page of the extension names every command and every setting', () => {
  const { contributes } = JSON.parse(read('package.json'));
  const titles = JSON.parse(read('package.nls.json'));
  const page = read('README.md');
  for (const { title } of contributes.commands) {
    const text = titles[title.slice(1, -1)];
    assert.ok(page.includes(`ROS: ${text}`), text);
  }
  for (const setting of Object.keys(contributes.configuration.properties)) {
    assert.ok(page.includes(`| \`${setting}\` |`), setting);
  }
});

test('every picture and page that the extension names is there', () => {
  const { icon, contributes } = JSON.parse(read('package.json'));
  const named = contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.image ?? media.markdown));
  const shown = [...read('README.md').matchAll(/\]\((images\/[^)]*)\)/g)].map(([, path]) => path);
  for (const path of [icon, ...named, ...shown]) {
    assert.ok(existsSync(join(here, path)), path);
  }
  assert.deepEqual(
    readdirSync(join(here, 'images')).filter((name) => name.endsWith('.png') && name !== 'icon.png').sort(),
    shown.map((path) => path.slice('images/'.length)).sort(),
  );
});

test('every command is registered', () => {
  const { contributes } = JSON.parse(read('package.json'));
  const source = read('src', 'extension.ts');
  for (const { command } of contributes.commands) {
    assert.ok(source.includes(`'${command}'`), command);
  }
});

test('the licence is the project\'s', () => {
  assert.equal(read('LICENSE'), read('..', '..', 'LICENSE'));
});
