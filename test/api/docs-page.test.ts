import { spawn, spawnSync } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'tap';
import { openWorld, temporaryDir } from '../support/app.ts';
import type { Document } from '../support/openapi.ts';

/** The page under /docs shows the document in the language of its reader. */

const ASKED = [
  { path: '/docs', accept: 'en', lang: 'en' },
  { path: '/docs', accept: 'zh-CN', lang: 'zh-CN' },
  { path: '/docs?lang=zh-CN', accept: 'en', lang: 'zh-CN' },
  { path: '/docs?lang=en', accept: 'zh-CN', lang: 'en' },
] as const;

await test('it is in the language that its URL or its reader asks for, and so is the document that it loads', async (t) => {
  const world = await openWorld(t, { seeded: false });
  for (const { path, accept, lang } of ASKED) {
    const page = await world.nobody.get(path, { 'accept-language': accept });
    t.match(page, { status: 200, headers: { 'content-type': /^text\/html/u, 'content-language': lang } }, path);
    t.match(page.text, `<html lang="${lang}">`);
    t.match(page.text, lang === 'en' ? /<title>Duban: /u : /<title>督办：/u);
    const [, url = ''] = /data-document="([^"]*)"/u.exec(page.text) ?? [];
    const document = await world.nobody.get(url, { 'accept-language': accept });
    t.match(document, { status: 200, headers: { 'content-language': lang }, body: { openapi: '3.1.0' } }, `${path} loads ${url}`);
    for (const [, file = ''] of page.text.matchAll(/(?:src|href)="([^"]+)"/gu)) t.equal((await world.nobody.get(file)).status, 200, file);
  }
});

const skip = spawnSync('which', ['chromium']).status === 0 ? false : 'chromium is not installed (Debian: chromium)';

await test('a browser shows its calls', { skip, timeout: 120_000 }, async (t) => {
  const world = await openWorld(t, { seeded: false, overHttp: true });
  const { port } = world.app().server.address() as AddressInfo; // it listens on a port
  const profile = temporaryDir(t);
  const browser = spawn('chromium', [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--timeout=60000',
    '--virtual-time-budget=20000',
    `--user-data-dir=${profile}`,
    '--dump-dom',
    `http://127.0.0.1:${port}/docs?lang=zh-CN`,
  ]);
  const shown = await text(browser.stdout);
  const { body: document } = await world.nobody.get<Document>('/openapi.json?lang=zh-CN');
  t.ok(document.tags !== undefined && document.tags.length > 5);
  for (const { description } of document.tags ?? []) t.match(shown, description, 'a chapter, in Chinese');
  t.notMatch(shown, /Unable to render|Failed to load/u);
});
