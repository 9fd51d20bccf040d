import { test } from 'tap';
import type { NoticeDocument } from '../../src/domain/notices/events.ts';
import { sha256Hex } from '../../src/kernel/canonical.ts';
import { inEnglish } from '../../src/messages/words.ts';
import { letterDocx } from '../../src/publishing/letters/docx.ts';
import type { Letter } from '../../src/publishing/letters/letter.ts';
import { extractOf } from '../../src/publishing/letters/placeholders.ts';
import { DEFAULT_TEMPLATE, readTemplate, writeLetter } from '../../src/publishing/letters/template.ts';
import { LETTER_WRITER, wordsDigest } from '../../src/publishing/letters/words.ts';
import { holdFile, type Issued } from '../../src/verifying/letters.ts';
import { FACTS } from '../publishing/facts.ts';

/** A file that somebody has, held against the notice that was issued: what it says, and where it differs. */

const read = readTemplate(DEFAULT_TEMPLATE);
if (!read.ok) throw new Error('the built-in template cannot be read');
const { template } = read;

const issuedNotice = async (): Promise<Issued> => {
  const letter = writeLetter(template, FACTS);
  const bytes = await letterDocx(letter);
  const document: NoticeDocument = {
    sha256: sha256Hex(bytes),
    size: bytes.byteLength,
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    writer: LETTER_WRITER,
    template: DEFAULT_TEMPLATE,
    facts: FACTS,
    words: wordsDigest(letter),
  };
  return { index: 9, id: 'n-1', data: { number: '河政办督〔2024〕3号', issuedOn: '2024-03-06', document } };
};

const withText = (letter: Letter, from: string, to: string): Letter => ({
  ...letter,
  blocks: letter.blocks.map((block) => (block.kind === 'paragraph' ? { ...block, text: block.text.replace(from, to) } : block)),
});

/** What is said of a letter's file, in English. */
const saidOf = async (letter: Letter): Promise<{ readonly remark: string } | { readonly fault: string }> => {
  const held = holdFile({ name: 'letter.docx', bytes: await letterDocx(letter) }, [await issuedNotice()]);
  return 'remark' in held ? { remark: inEnglish(held.remark) } : { fault: inEnglish(held.fault.detail) };
};

await test('where a long line was changed far behind its beginning, the quotes show the place', async (t) => {
  // The sentence begins with the moment and the sums: what was changed stands behind its 60th character.
  const said = await saidOf(withText(writeLetter(template, FACTS), '另有1项', '另有9项'));
  t.match(said, { fault: /^is not as notice n-1 was issued: “….*另有9项.*” stands where it said “….*另有1项.*”$/u });
});

await test('the extract of a unit is known for what it is, and held against the notice', async (t) => {
  const extract = writeLetter(template, extractOf(FACTS, ['市商务局']));
  t.match(await saidOf(extract), { remark: /^letter\.docx is an extract \(摘录\) of notice n-1, with the lines about 市商务局: / });
  t.match(
    await saidOf(writeLetter(template, extractOf(FACTS, ['市财政局', '市商务局']))),
    { remark: /市财政局、市商务局/u },
    'of two, too',
  );
  t.match(await saidOf(withText(extract, '57.1%', '97.1%')), {
    fault: /^is an extract \(摘录\) that does not follow from notice n-1: “.*97\.1%.*” stands where the notice gives “.*57\.1%.*”$/u,
  });
  t.match(
    await saidOf(withText(extract, '未报送2项', '未报送0项')),
    { fault: /does not follow from notice n-1/u },
    'what is said of the unit itself is held against it as well',
  );
});
