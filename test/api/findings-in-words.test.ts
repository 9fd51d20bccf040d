import { readFileSync } from 'node:fs';
import tap, { test } from 'tap';
import { openWorld, SEED_DIRECTIVE } from '../support/app.ts';

/** What a document leaves open, read by who reads Chinese and by who does not. */

const HAN = /\p{Script=Han}/u;
const CHINESE = { 'accept-language': 'zh-CN' };
const world = await openWorld(tap);

type Findings = { readonly items: readonly { readonly n: number; readonly kind: string; readonly detail: string }[] };

await test('findings of a directive are in the language of their reader', async (t) => {
  const url = `/v1/directives/${SEED_DIRECTIVE}/findings?limit=500`;
  const [english, chinese] = [await world.office.get<Findings>(url), await world.office.get<Findings>(url, CHINESE)];
  t.equal(english.body.items.length, 229);
  t.same(
    chinese.body.items.map(({ n, kind }) => ({ n, kind })),
    english.body.items.map(({ n, kind }) => ({ n, kind })),
    'codes are the same',
  );
  t.same(
    chinese.body.items.filter(({ detail }) => /[a-z]{4,} [a-z]{2,}/u.test(detail)),
    [],
  );
  t.ok(english.body.items.every(({ detail }) => /[a-z]{2,}/u.test(detail)));
  t.match(english.headers, { 'content-language': 'en', vary: /accept-language/u });
  t.match(chinese.headers, { 'content-language': 'zh-CN', vary: /accept-language/u });
  t.not(english.headers['etag'], chinese.headers['etag'], 'a cache does not take one for the other');
  t.equal((await world.office.get(url, { ...CHINESE, 'if-none-match': english.headers['etag'] ?? '' })).status, 200);
});

await test('so is their sheet, with the kinds in words', async (t) => {
  const { text } = await world.office.get(`/v1/directives/${SEED_DIRECTIVE}/findings?format=csv`, CHINESE);
  const [, ...rows] = text.trim().split('\r\n');
  t.equal(rows.length, 229);
  t.same(
    rows.filter((row) => !HAN.test(row.split(',')[1] ?? '')),
    [],
  );
});

const TEXT = readFileSync(new URL('../importer/cases/01-state-council-opinion.txt', import.meta.url));

type Drafted = {
  readonly findings: readonly { readonly detail: string; readonly todo: string }[];
  readonly schedule: { readonly words: readonly string[] };
};

await test('a draft says what is open, what to do about it and when reports are due in the language of its reader', async (t) => {
  const { body } = await world.office.send<{ readonly subject: string }>('POST', '/v1/imports', TEXT.toString('utf8'), {
    'content-type': 'text/plain',
  });
  const url = `/v1/imports/${body.subject}`;
  const [english, chinese] = [await world.office.get<Drafted>(url), await world.office.get<Drafted>(url, CHINESE)];
  t.ok(english.body.findings.length > 3);
  t.equal(chinese.body.findings.length, english.body.findings.length);
  for (const { detail, todo } of chinese.body.findings) t.ok(HAN.test(todo) && !/[a-z]{4,} [a-z]{2,}/u.test(detail), detail);
  for (const { todo } of english.body.findings) t.notMatch(todo, HAN);
  const refused = await world.office.post<{
    readonly detail: string;
    readonly facts: { readonly findings: readonly { readonly detail: string }[] };
  }>(`${url}/commit`, {}, { ...CHINESE, 'if-match': english.headers['etag'] ?? '' });
  t.match(refused, { status: 409, body: { code: 'import-open', detail: /^须先处理 \d+ 处疑点：/u } });
  t.same(
    refused.body.facts.findings.filter(({ detail }) => /[a-z]{4,} [a-z]{2,}/u.test(detail)),
    [],
    'nor do its facts speak another language',
  );
});
