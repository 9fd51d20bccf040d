import * as fc from 'fast-check';
import { test } from 'tap';
import { findable, isFound, wordsOf } from '../../src/kernel/finding.ts';
import { readingsOf } from '../../src/kernel/pinyin.ts';

const finds = (q: string, names: readonly string[], texts: readonly string[] = []): boolean => isFound(findable(names, texts), wordsOf(q));

await test('a name is found by a part of it, in whatever width and case', async (t) => {
  for (const q of ['市科技局', '科技', '局', ' 科技局 ', '科 技']) t.ok(finds(q, ['市科技局']), q);
  for (const q of ['ABC', 'ａｂｃ', 'abc新', 'Ｃ新设', '(试行)', '〔试行〕', '（试行）', '2023', '２０２３'])
    t.ok(finds(q, ['ＡＢＣ新设局2023〔试行〕']), q);
  t.ok(finds('é', ['Cafe\u0301']), 'one letter, however it is composed');
  for (const q of ['市财政局', '技科', '科局', 'abd']) t.notOk(finds(q, ['市科技局', 'ＡＢＣ']), q);
});

await test('every word must be found, in whichever name', async (t) => {
  const names = ['市科技局', '市科学技术委员会'];
  for (const q of ['科技局 委员会', '委员会　市科技局', 'kjj 科学', 'ke ji ju', 'SHI  ke-ji']) t.ok(finds(q, names), q);
  for (const q of ['科技局 财政', 'kjj 财政', 'ke ji bu']) t.notOk(finds(q, names), q);
});

await test('a name is found by a run of its syllables, without tones, or of their initials', async (t) => {
  for (const q of ['kejiju', 'KeJiJu', 'shikejiju', 'keji', 'ji', 'kējìjú', 'kējì jú', 'ke’ji’ju', "ke'ji'ju", 'shi-ke-ji-ju', 'ｋｅｊｉ'])
    t.ok(finds(q, ['市科技局']), q);
  for (const q of ['kjj', 'skjj', 'kj', 'KJJ', 's']) t.ok(finds(q, ['市科技局']), q);
  for (const q of ['kejib', 'jike', 'keju', 'ejiju', 'kejij', 'kjs', 'sjj', 'kjju'])
    t.notOk(finds(q, ['市科技局']), `${q}: whole syllables that follow each other, or initials`);
  t.ok(finds('kejishujuju', ['科技（数据）局']), 'marks are passed over');
  t.ok(finds('5gyingyong', ['5Ｇ应用']));
  t.ok(finds('5gyy', ['5Ｇ应用']));
  for (const q of ['lvhua', 'lǜhuà', 'lühua', 'lh']) t.ok(finds(q, ['绿化']), q);
  t.notOk(finds('kejiju', ['市财政局'], ['市科技局']), 'a long text is not found by its sound');
  t.ok(finds('科技', ['市财政局'], ['市科技局']));
});

await test('a character with several readings is found by each', async (t) => {
  for (const q of ['chongqing', 'zhongqing', 'cqs', 'zqs', 'chóngqìng']) t.ok(finds(q, ['重庆市']), q);
  for (const q of ['yinhanghangzhang', 'yinxingxingchang', 'yhhz', 'yxxc']) t.ok(finds(q, ['银行行长']), q);
  for (const q of ['juzhang', 'juchang', 'jz', 'jc']) t.ok(finds(q, ['局长']), q);
  for (const q of ['renhang', 'renxing']) t.ok(finds(q, ['市人行']), q);
  t.ok(finds('epanggong', ['阿房宫']), 'also where only the word has it');
  t.notOk(finds('chongqin', ['重庆市']));
});

await test('marks that mean something elsewhere mean themselves', async (t) => {
  for (const q of ['%', '_', "'", '"', '\\', '.*', '科%局', '科_局', '科?局', "' OR 1=1", 'k%j', '*']) t.notOk(finds(q, ['市科技局']), q);
  for (const q of ['100%', '%', 'a_b', '"一网通办"', "'"]) t.ok(finds(q, ['100%完成a_b，"一网通办"与\'督办\'']), q);
});

const someCharacter = fc.oneof(
  fc.constantFrom(
    ...Array.from('市科技局重庆银行行长绿化人民政府办公室阿房宫一不着地得'),
    ...Array.from('ABCxyz0123'),
    ...Array.from('ＡＢｃ０９'),
    ...Array.from('（）〔〕《》“”、，。%_-\'"·…'),
    ' ',
    '　',
  ),
  fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code)),
);
const anyName = fc.array(someCharacter, { minLength: 1, maxLength: 40 });
/** A name as its characters, and from where to where a part goes. */
const parted = anyName.chain((characters) =>
  fc.tuple(fc.constant(characters), fc.nat(characters.length - 1), fc.nat(characters.length)).map(([all, a, b]) => ({
    whole: all.join(''),
    part: all.slice(Math.min(a, b), Math.max(a, b, Math.min(a, b) + 1)).join(''),
  })),
);

await test('whatever a name is, each part of it finds it', async () => {
  fc.assert(fc.property(parted, ({ whole, part }) => finds(part, [whole]) && finds(part, ['别的'], [whole])));
});

/** All that a run of characters may be typed as: slow, and plain to see. */
const typings = (characters: readonly string[], piece: (reading: string) => string): readonly string[] =>
  characters.reduce<readonly string[]>(
    (before, character) => before.flatMap((typed) => readingsOf(character).map((reading) => typed + piece(reading))),
    [''],
  );
const runs = (characters: readonly string[]): readonly (readonly string[])[] =>
  characters.flatMap((_, from) => characters.slice(from).map((__, length) => characters.slice(from, from + length + 1)));
const bySound = (name: string): ReadonlySet<string> =>
  new Set(
    runs(Array.from(name)).flatMap((run) => [...typings(run, (reading) => reading), ...typings(run, (reading) => reading.charAt(0))]),
  );

const read = fc
  .array(fc.constantFrom(...Array.from('重庆银行长安乐和了着都薄率参差曾')), { minLength: 1, maxLength: 4 })
  .map((all) => all.join(''));

await test('a name is found by the sounds of each of its runs, and by no other', async () => {
  const letters = fc.array(fc.constantFrom('a', 'an', 'g', 'h', 'ang', 'chang', 'chong', 'l', 'le', 'u', 'n'), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(read, read, letters, (name, other, some) => {
      const own = bySound(name);
      return [...own, ...bySound(other), some.join('')].every((typed) => finds(typed, [name]) === own.has(typed));
    }),
  );
});
