import { test } from 'tap';
import { readSource } from '../../src/documents/read-source.ts';
import { readDocument } from '../../src/importer/read-document.ts';
import { inEnglish } from '../../src/messages/words.ts';
import { casesIn } from './cases.ts';
import { differencesFrom } from './expected.ts';
import { officeDocument } from './office/model.ts';
import { LAYOUTS } from './office/mutations.ts';
import { lostIn, toldAt } from './traced.ts';

/**
 * The documents whose right reading is known, laid out anew as files of Word, as sheets and as pages: merged, cut in two,
 * with tracked changes, in text boxes, as formulas. They are read as before, or a person is asked.
 */

/** Each layout takes every so manieth case, each time others; `OFFICE_LAYOUTS=all` takes all. */
const EVERY = process.env['OFFICE_LAYOUTS'] === 'all' ? 1 : 5;
/** Of a hundred. */
const MOST_OTHERWISE = 5;

const cases = (await casesIn()).filter(({ expected }) => expected.needsProfile !== true);
const plain = new Map(
  cases.map((each) => [each.id, new Set(readDocument(each.source).findings.map(({ kind, detail }) => `${kind} ${detail}`))]),
);

await test('however a document is laid out, its tasks are the same, or a finding says where they may not be', async (t) => {
  let [laidOut, otherwise] = [0, 0];
  for (const [index, { name, write }] of LAYOUTS.entries())
    for (const { id, source, expected } of cases.filter((_, at) => (at + index) % EVERY === 0)) {
      const bytes = write(officeDocument(source));
      if (bytes === null) continue;
      laidOut += 1;
      // oxlint-disable-next-line no-await-in-loop -- one after another
      const read = await readSource(bytes, { name: 'a' });
      if (!read.ok) {
        t.fail(`${name}, ${id}: ${inEnglish(read.problem.detail)}`);
        continue;
      }
      const reading = readDocument(read.source);
      const lost = lostIn(reading).filter(({ address }) => !toldAt(reading, address));
      if (lost.length > 0) t.same(lost, [], `${name}, ${id}: nothing is lost`);
      const differences = differencesFrom(reading, expected);
      if (differences.length === 0) continue;
      otherwise += 1;
      const isNew = ({ kind, detail }: { readonly kind: string; readonly detail: string }): boolean =>
        plain.get(id)?.has(`${kind} ${detail}`) !== true;
      if (!reading.findings.some(isNew)) t.same(differences, [], `${name}, ${id}: nothing is read otherwise in silence`);
    }
  t.ok(laidOut > 700, `${laidOut} layouts`);
  t.ok(otherwise * 100 <= laidOut * MOST_OTHERWISE, `${otherwise} of ${laidOut} are read otherwise, each with a finding`);
});
