import { globSync, readFileSync } from 'node:fs';
import { test } from 'tap';
import { readSource } from '../../src/documents/read-source.ts';
import { draftOf } from '../../src/importer/draft/draft.ts';
import { readDocument } from '../../src/importer/read-document.ts';
import { kept, keptIn, recordable, type Kept } from '../../src/messages/kept.ts';
import { say } from '../../src/messages/message.ts';
import { inEnglish, inWords } from '../../src/messages/words.ts';

/** What a document leaves open is said in the language of whoever reads it, and known to the log by its English. */

const ROOT = new URL('../../', import.meta.url);
const HAN = /\p{Script=Han}/u;
/** What is in no language: what is quoted, places in a file, names of codecs, of members and of file types. */
const PLACES = '(?:line|table|row|cell|paragraph|column|text box) \\d+';
const NAMES = new RegExp(`“[^”]*”|${PLACES}|[\\w./-]*[\\d._/-][\\w./-]*|\\b(?:gte|lte|noise|nbsp|UTF|MiB)\\b`, 'gu');
const isUntold = (chinese: string): boolean => !HAN.test(chinese) || /[a-z]{3,} [a-z]{2,}/u.test(chinese.replaceAll(NAMES, ''));

const all: (Kept & { readonly path: string })[] = [];
const words: (readonly [english: string, chinese: string])[] = [];
for (const path of globSync('{test/importer/{cases,hard},seed}/**/*.{txt,csv,xlsx,docx,html}', { cwd: ROOT })) {
  const read = await readSource(readFileSync(new URL(path, ROOT)), { name: path });
  if (!read.ok) continue;
  const reading = readDocument(read.source, null);
  const draft = draftOf(reading, []);
  for (const found of [...read.source.remarks, ...reading.findings, ...draft.findings]) all.push({ path, ...found });
  for (const each of reading.schedule.words) words.push([inEnglish(each), inWords(each, 'zh')]);
}

await test('every finding of every document is said in both languages', async (t) => {
  t.ok(all.length > 2000);
  t.same(
    all.filter(({ said }) => said === undefined).map(({ path, detail }) => `${path}: ${detail}`),
    [],
    'none without its message',
  );
  t.same([...new Set(all.map((found) => keptIn(found, 'zh')))].filter(isUntold), []);
  for (const found of all) if (keptIn(found, 'en') !== found.detail) t.fail(`${found.detail} is not what it is known by`);
});

await test('a schedule is put in words in both languages', async (t) => {
  t.ok(words.length > 30);
  t.same(
    words.map(([, chinese]) => chinese).filter((chinese) => /[a-z]{3,}/u.test(chinese.replaceAll(/task-\d+/gu, ''))),
    [],
  );
  t.match(words.map(([english]) => english).join('\n'), /^月报: a report for each month from/mu);
  t.match(
    words.map(([, chinese]) => chinese).join('\n'),
    /^月报：每月一份报告（\d{4}-\d{2} 至 \d{4}-\d{2}），截止当期 \d+ 日 24:00；由每项任务的.*单位报送$/mu,
  );
});

await test('what was recorded is said by its message where that is known, and otherwise as it was recorded', async (t) => {
  const message = say('finding.doubt-about', { text: '每月', doubt: say('finding.from-which-period-on-is-not-said') });
  const recorded: unknown = JSON.parse(JSON.stringify(recordable(message)));
  t.equal(keptIn({ detail: 'x', said: recorded }, 'zh'), '“每月”：没有写明从哪一期起');
  t.equal(
    keptIn({ ...kept(message), said: undefined }, 'zh'),
    '“每月”: from which period on is not said',
    'recorded before there were messages',
  );
  t.equal(keptIn({ detail: 'x', said: { key: 'finding.of-another-program', values: {} } }, 'zh'), 'x', 'a key that is not known');
  t.equal(keptIn({ detail: 'x', said: { key: message.key, values: { text: '每月' } } }, 'zh'), 'x', 'a value that is missing');
  t.same(recordable({ key: message.key, values: { text: undefined, doubt: null } }).values, { doubt: null });
});
