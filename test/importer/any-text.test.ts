import { test } from 'tap';
import { dice } from '../../seed/demo-random.ts';
import { readSource } from '../../src/documents/read-source.ts';
import { duty as dutySchema } from '../../src/domain/directives/duty.ts';
import { profileSchema } from '../../src/importer/profile.ts';
import { readDocument } from '../../src/importer/read-document.ts';

/** Words of documents in any order: whatever they make up, it is read without a throw, accounted for, and valid where it is handed on. */

const WORDS =
  '一、|(一)|1.|(1)|①|•|市教育局|、|,|;|。|(|)|牵头单位:|责任单位:|完成时限:|责任领导:|2024年|13月|5月底前|每月5日前报|每季度|附件|序号|任务|责任单位|' +
  '完成时限|各乡镇|等|待定|/|副市长|王明|增长5%|3所|—|合计|注:|市政府办公室|2024年1月5日|关于|的通知|〔2024〕1号|全年|长期|【牵头单位】|由|牵头|配合|' +
  '负责|和|  |99|二〇二四年|每周|第1项|次年|节假日顺延|12时|"|\u3000|😀|第0个工作日|每月0日前报|每旬40日前报|20240101|0.';
const ALPHABET = [...WORDS.split('|'), '\n', '\n', '\n', '\n', '\t', '|'];
const DOCUMENTS = 1_500;

await test('words in any order are read without a throw, every line of them is accounted for, and the guess is a profile', async (t) => {
  const { roll } = dice(7);
  const pick = (below: number): number => Math.floor(roll() * below);
  for (let n = 0; n < DOCUMENTS; n += 1) {
    const text = Array.from({ length: 5 + pick(120) }, () => ALPHABET[pick(ALPHABET.length)] ?? '').join('');
    // oxlint-disable-next-line no-await-in-loop -- one after another, so that the chance is the same in every run
    const read = await readSource(new TextEncoder().encode(text), { name: n % 3 === 0 ? 'a.csv' : 'a.txt' });
    if (!read.ok) continue;
    const { source } = read;
    const { lines, profile, schedule, findings } = readDocument(source);
    const printed = source.blocks.flatMap((block) => (block.kind === 'line' ? [block.text] : block.cells.map((cell) => cell.text)));
    const isUnread = lines.some((line) => line.use === 'unread' && line.text.trim() !== '');
    const faults = [
      ...(lines.map((line) => line.text).join('\n') === printed.join('\n') ? [] : ['lines']),
      ...(profileSchema.safeParse(profile).success ? [] : ['profile']),
      ...(schedule.duties.every((duty) => dutySchema.safeParse(duty).success) ? [] : ['duties']),
      ...(isUnread && !findings.some(({ kind, blocks }) => kind === 'unread' && blocks) ? ['unread in silence'] : []),
    ];
    if (faults.length > 0) t.fail(`${faults.join(', ')}: ${text}`);
  }
  t.pass(`${DOCUMENTS} documents`);
});
