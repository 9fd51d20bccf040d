import { test } from 'tap';
import { draftOf } from '../../src/importer/draft/draft.ts';
import { planOf } from '../../src/importer/draft/plan.ts';
import { mustBeAnswered, openIn } from '../../src/importer/draft/settling.ts';
import { readDocument } from '../../src/importer/read-document.ts';
import { MAX_EVENT_BYTES } from '../../src/kernel/envelope.ts';
import { bytesOf, smallDirective, SMALL_PROFILE } from './documents.ts';
import { sourceOf } from './cases.ts';

/** The prose of themes goes on record whole, or a person is asked what of it need not. */

const PARAGRAPH = `${'坚持人民至上,把群众的事当作自己的事来办。'.repeat(15)}\n`;
const withProse = async (paragraphs: number) => {
  const text = smallDirective().replace('(一)办好民生实事。让人民满意。\n', (theme) => theme + PARAGRAPH.repeat(paragraphs));
  return readDocument(await sourceOf(bytesOf(text), 'notice.txt'), SMALL_PROFILE);
};
const bytesIn = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

await test('what fits into the record goes there as it is printed', async (t) => {
  const draft = draftOf(await withProse(30), []);
  t.same(openIn(draft), []);
  const { prose } = planOf(draft, '');
  t.equal(
    prose
      .map(({ text }) => text)
      .join('')
      .includes(PARAGRAPH.trim().repeat(30)),
    true,
  );
  t.ok(bytesIn(prose) < MAX_EVENT_BYTES - 10_000);
});

await test('what does not fit keeps the document from being committed, until a person has said what need not stand there', async (t) => {
  const reading = await withProse(60);
  const draft = draftOf(reading, []);
  const open = openIn(draft);
  t.match(open, [{ kind: 'text-too-long', detail: /take \d+ bytes, and the record holds 40960/u }]);
  t.ok(open.every(mustBeAnswered), 'no reason sets it aside');
  const segments = draft.prose.slice(30).map(({ address }) => ({ address, use: 'noise' as const }));
  const settled = draftOf(reading, [{ correction: { segments }, by: 'hu', at: '2024-02-01T00:00:00Z' }]);
  t.same(openIn(settled), []);
  t.equal(planOf(settled, '').prose.length, 30);
});
