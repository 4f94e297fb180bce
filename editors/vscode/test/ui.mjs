// What a person sees in the workbench: problems panel, hover card, completion list, status bar. Leaves screenshots.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** How long a card or a list takes to come to rest for its picture. */
const REST_MS = 400;

/** Opens a file of the workspace as a person does. */
export async function openTemplate(page, url, name) {
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
  await page.locator('.tab', { hasText: name }).waitFor();
}

/** Runs the steps of a walk through the workbench, and keeps pictures of it. */
function walk(page, out, label) {
  mkdirSync(out, { recursive: true });
  const picture = (name) => page.screenshot({ path: join(out, `${name}.png`) });
  const outcome = { failed: false };
  // Each step builds on the one before: after a failure there is nothing more to see.
  const see = async (name, body) => {
    if (outcome.failed) {
      return;
    }
    const start = Date.now();
    try {
      await body();
      console.log(`ok ${label}: ${name} (${Date.now() - start} ms)`);
    } catch (error) {
      outcome.failed = true;
      console.log(`not ok ${label}: ${name}: ${error.message.split('\n')[0]}`);
      await picture('failed');
    }
  };
  return { see, picture, outcome };
}

/** Looks at the workbench at `url`; the exit code. */
export async function look(page, url, out) {
  const { see, picture, outcome } = walk(page, out, 'UI');

  await see('a template is opened from the explorer', async () => {
    await openTemplate(page, url, 'shop.yml');
    await page.keyboard.press('Control+B');
    await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  });

  await see('the status bar shows the server', async () => {
    const item = page.locator('.statusbar-item', { hasText: /ROS/ }).filter({ has: page.locator('.codicon-check') });
    await item.waitFor();
  });

  await see('the problems panel lists the findings', async () => {
    await page.keyboard.press('Control+Shift+M');
    const row = (text, place) =>
      page.locator('.markers-panel .monaco-list-row', { hasText: text }).filter({ hasText: place }).first().waitFor();
    await row('CidrBlok', '[Ln 28, Col 7]');
    await row('VSwich', '[Ln 32, Col 40]');
    await page.waitForTimeout(REST_MS);
    await picture('problems');
    await page.keyboard.press('Control+J');
  });

  await see('the hover card describes a type', async () => {
    await page.locator('.view-line span span', { hasText: /ALIYUN::ECS::VSwitch/ }).first().hover();
    const card = page.locator('.monaco-hover:visible', { hasText: 'ALIYUN::ECS::VSwitch' }).first();
    await card.waitFor();
    await page.waitForTimeout(REST_MS);
    await picture('hover');
    await page.keyboard.press('Escape');
  });

  await see('go to definition moves the cursor', async () => {
    await page.locator('.view-line', { hasText: 'VpcId:' }).first().locator('span span').last().click();
    await page.keyboard.press('F12');
    await page.locator('.statusbar-item', { hasText: /Ln 16, Col 3/ }).waitFor();
  });

  await see('the outline lists sections and what is in them', async () => {
    await page.keyboard.press('Control+Shift+O');
    const list = page.locator('.quick-input-list .monaco-list-row');
    await list.filter({ hasText: 'VSwitch' }).filter({ hasText: 'Resources' }).first().waitFor();
    await list.filter({ hasText: 'HasZone' }).filter({ hasText: 'Conditions' }).first().waitFor();
    await page.waitForTimeout(REST_MS);
    await picture('outline');
    await page.keyboard.press('Escape');
  });

  await see('the completion list offers properties', async () => {
    await page.locator('.view-line', { hasText: 'CidrBlok:' }).first().click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Space');
    const list = page.locator('.suggest-widget.visible');
    await list.locator('.monaco-list-row', { hasText: 'CidrBlock' }).first().waitFor();
    await page.waitForTimeout(REST_MS);
    await picture('completion');
  });

  await see('accepting puts the property into the text', async () => {
    await page.keyboard.type('Vpcipv6');
    await page.waitForTimeout(REST_MS);
    await page.keyboard.press('Enter');
    const line = page.locator('.view-line', { hasText: 'VpcIpv6CidrBlock:' }).first();
    await line.waitFor();
    const text = (await line.innerText()).replaceAll('\u00a0', ' ');
    if (!/^ {6}VpcIpv6CidrBlock: *$/.test(text)) {
      throw new Error(`the line is ${JSON.stringify(text)}`);
    }
  });

  await see('installing documentation shows its progress and can be cancelled', async () => {
    await page.keyboard.press('F1');
    await page.keyboard.type('ROS: Install Documentation');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Install Documentation' }).first().click();
    // N.B. The driver keeps notifications from popping up: they wait behind the bell.
    await page.locator('.statusbar-item .codicon-bell-dot').click();
    const progress = page.locator('.notification-list-item', { hasText: 'Installing ROS documentation' });
    await progress.first().waitFor();
    await progress.locator('.monaco-button', { hasText: 'Cancel' }).first().click();
    await progress.first().waitFor({ state: 'detached' });
  });

  return outcome.failed ? 1 : 0;
}

/** Looks at the texts of the extension where Chinese is the display language; the exit code. */
export async function lookInChinese(page, url, out) {
  const { see, outcome } = walk(page, out, 'Chinese');

  await see('the status bar', async () => {
    await openTemplate(page, url, 'shop.yml');
    const item = page.locator('.statusbar-item', { hasText: /ROS/ });
    await item.filter({ has: page.locator('.codicon-check') }).waitFor();
    await item.hover();
    await page.locator('.monaco-hover:visible', { hasText: '服务器正在运行。' }).first().waitFor();
    await page.keyboard.press('Escape');
  });

  await see('hover cards', async () => {
    await page.locator('.view-line span span', { hasText: /ALIYUN::ECS::VSwitch/ }).first().hover();
    await page.locator('.monaco-hover:visible', { hasText: '资源类型' }).first().waitFor();
    await page.keyboard.press('Escape');
  });

  await see('commands', async () => {
    await page.keyboard.press('F1');
    await page.keyboard.type('ROS: ');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: '新建模板' }).first().waitFor();
    await page.keyboard.press('Escape');
  });

  return outcome.failed ? 1 : 0;
}
