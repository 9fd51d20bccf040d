import { readFileSync } from 'node:fs';
import { test } from 'tap';
import { readDocument } from '../../src/importer/read-document.ts';
import { duty as dutySchema } from '../../src/domain/directives/duty.ts';
import { profileSchema } from '../../src/importer/profile.ts';
import { FINDING_KINDS } from '../../src/domain/directives/events.ts';
import { casesIn, sourceOf } from './cases.ts';
import { differencesFrom } from './expected.ts';

/** Documents of offices that the reader was not made for, read with no more than what they say themselves. */

const cases = await casesIn();

await test('each document is read as a person reads it', async (t) => {
  for (const { id, source, expected } of cases)
    if (expected.needsProfile !== true) t.same(differencesFrom(readDocument(source), expected), [], id);
    else
      t.ok(
        readDocument(source).findings.some(({ blocks }) => blocks),
        `${id} waits for a person`,
      );
});

await test('what was taken for granted is confirmed as a profile, and the document reads the same with it', async (t) => {
  for (const { id, source, expected, profile } of cases) {
    const guessed = readDocument(source).profile;
    t.ok(profileSchema.safeParse(guessed).success, `${id}: the guess is a profile`);
    t.same(differencesFrom(readDocument(source, profile ?? guessed), expected), [], id);
  }
});

await test('every line and cell of a document is accounted for, in its order', async (t) => {
  for (const { id, source } of cases) {
    const { lines } = readDocument(source);
    const printed = source.blocks.flatMap((block) => (block.kind === 'line' ? [block.text] : block.cells.map(({ text }) => text)));
    t.equal(lines.map(({ text }) => text).join('\n'), printed.join('\n'), id);
    t.same(
      lines.filter(({ use, text }) => use === 'unread' && text !== ''),
      [],
      `${id}: nothing is unread`,
    );
  }
});

await test('findings are numbered in the order of the document, of known kinds, and duties are those of a policy', async (t) => {
  for (const { id, source } of cases) {
    const { findings, schedule } = readDocument(source);
    const addresses = source.blocks.flatMap((block) => [
      block.address,
      ...(block.kind === 'line' ? [] : block.cells.map(({ address }) => address)),
    ]);
    const places = findings.map(({ address }) => addresses.indexOf(address));
    t.same(
      findings.map(({ n }) => n),
      findings.map((_, index) => index + 1),
      id,
    );
    t.same(
      findings.filter(({ kind }) => !(FINDING_KINDS as readonly string[]).includes(kind)),
      [],
      id,
    );
    t.same(
      places,
      places.toSorted((a, b) => a - b),
      `${id}: in the order of lines`,
    );
    t.notOk(places.includes(-1), `${id}: each at a line of the document`);
    for (const duty of schedule.duties) t.ok(dutySchema.safeParse(duty).success, `${id} ${duty.id}`);
    t.equal(schedule.words.length, schedule.duties.length, id);
  }
});

await test('what the word processor numbers by itself is numbered, and a table in a document is a schedule of items', async (t) => {
  const bytes = readFileSync(new URL('cases/21-autonumber-extra.docx', import.meta.url));
  const { items, findings } = readDocument(await sourceOf(bytes, '21-autonumber-extra.docx'));
  t.match(items, [
    { number: '1', kind: 'task', text: '新建学校3所。', assignees: [{ role: 'lead', name: '市教育局' }] },
    { number: '2', kind: 'task', text: '新建医院1所。', assignees: [{ role: 'lead', name: '市卫健委' }] },
    { number: '1', kind: 'item', text: '甲', assignees: [{ role: 'responsible', name: '市教育局' }] },
    { number: '2', kind: 'item', text: '乙' },
  ]);
  t.ok(findings.some(({ blocks }) => blocks));
});
