// `npm run pictures`: takes the README's pictures, in a real VS Code, into docs/images.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Stage } from './stage';

const images = path.resolve(__dirname, '../../docs/images');
const THEMES = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'high-contrast': 'Dark High Contrast',
};
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 640, height: 800 };

async function settle(stage: Stage): Promise<void> {
  await stage.workbench.page.mouse.move(700, 420);
  await stage.workbench.page.waitForTimeout(1200);
}

async function setTheme({ workbench }: Stage, theme: string): Promise<void> {
  await workbench.command('Preferences: Color Theme');
  await workbench.page.keyboard.type(theme);
  await workbench.pick(new RegExp(`^${theme}`));
}

async function practise(stage: Stage): Promise<void> {
  const { workbench } = stage;
  await workbench.openSidebar();
  await workbench.page.screenshot({ path: path.join(images, 'welcome-dark.png') });
  await workbench.page.getByRole('button', { name: 'Add the Simulator' }).click();
  await workbench.row(/^Simulator,.*signed out/).waitFor();
  const opened = stage.context.waitForEvent('page');
  await workbench.rowAction(/^Simulator,/, /Sign In/);
  const consent = await opened;
  await consent.waitForLoadState();
  await consent.setViewportSize({ width: 720, height: 860 });
  await consent.screenshot({ path: path.join(images, 'consent.png') });
  await consent.getByRole('button', { name: 'Allow' }).click();
  await consent.getByText(/can close this tab/).waitFor();
  await consent.close();
  await workbench.row(/Signed in as/).waitFor();
  await workbench.rowAction(/^Simulator,/, /Tail a Chat/);
  await workbench.pick(/Bot workshop/);
  await workbench.page.keyboard.press('F5');
  await workbench.toast(/7 of 7/).waitFor({ timeout: 60_000 });
  for (const text of ['Is order 4711 on its way?', 'agent']) {
    await workbench.command('Bot Channels: Simulator: Post as Someone Else…');
    await workbench.enter(/colleague/, text);
    await workbench.page.waitForTimeout(1500);
  }
  await workbench.command('Bot Channels: Start Recorder…');
  await workbench.enter(/Port to listen on/);
  await workbench.enter(/hand each delivery on/);
  await workbench.row(/^Recording at/).waitFor();
  await workbench.command('Bot Channels: Simulator: Play a Handover…');
  await workbench.enter(/endpoint/);
  await workbench.toast(/The handover was played/).waitFor({ timeout: 40_000 });
  await workbench.row(/^intervention\.closed, 200/).waitFor();
  await workbench.row(/^messages\.create, 200/).click();
  await workbench.editorWith(/messages\.create/);
  await workbench.rowAction(/^messages\.create, 200/, /Replay Exchange/);
  await workbench.row(/^messages\.create, replayed: 200 OK/).waitFor();
  await workbench.command('Bot Messages: Focus on Messages View');
  await workbench.clearToasts();
}

async function main(): Promise<void> {
  await mkdir(images, { recursive: true });
  const stage = await Stage.open({ viewport: WIDE, settings: { 'editor.minimap.enabled': false } });
  const { page } = stage.workbench;
  try {
    await practise(stage);
    for (const [name, theme] of Object.entries(THEMES)) {
      await setTheme(stage, theme);
      await settle(stage);
      await page.screenshot({ path: path.join(images, `workbench-${name}.png`) });
      if (name !== 'light') continue;
      await stage.workbench.panel().screenshot({ path: path.join(images, 'messages-light.png') });
    }
    await page.setViewportSize(NARROW);
    await settle(stage);
    await page.screenshot({ path: path.join(images, 'workbench-narrow.png') });
  } finally {
    await stage.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
