import { test } from 'tap';
import { SPOKEN_ELSEWHERE, type Elsewhere } from '../support/spoken-elsewhere.ts';
import { spokenTexts, type SpokenText } from '../support/spoken-texts.ts';

/** Every text for a person stands in the catalogue, in both languages: the sources beside it hold none, but for those with a reason. */

const isMeant = ({ at, only }: Elsewhere, { path, text, isChinese }: SpokenText): boolean =>
  (at.endsWith('/') ? path.startsWith(at) : path === at) && (only === undefined || (typeof only === 'string' ? text === only : isChinese));

const reasonsFor = (text: SpokenText): readonly Elsewhere[] => SPOKEN_ELSEWHERE.filter((one) => isMeant(one, text));

const found = spokenTexts();

await test('no text for a person stands outside the catalogue without a reason', async (t) => {
  t.ok(found.length > 300, 'texts are found at all');
  t.same(
    found.filter((each) => reasonsFor(each).length === 0).map(({ path, line, text }) => `${path}:${line} ${text}`),
    [],
  );
});

await test('no reason stands for what is not there', async (t) => {
  const needed = new Set(found.flatMap(reasonsFor));
  t.same(
    SPOKEN_ELSEWHERE.filter((one) => !needed.has(one)),
    [],
  );
  t.same(
    SPOKEN_ELSEWHERE.filter(({ why }) => why === ''),
    [],
  );
});

await test('a text is found wherever it stands, and nothing is taken for one', async (t) => {
  const planted = `
    import { say } from '../messages/message.ts';
    class Refused extends Error {}
    const log = { warn: (_: unknown): void => undefined };
    export const all = (unit: string, n: number): unknown => {
      console.log('the task is late');
      process.stdout.write(\`unit \${unit} owes \${n} reports\\n\`);
      if (n === 1) throw new Refused('it was reported before');
      if (n === 2) throw new Error('there is no such case');
      log.warn('the views are behind');
      const row = { detail: '逾期', code: 'already-reported', help: 'How many there are.', message: n > 1 ? 'are still owed' : 'on time' };
      const sql = 'SELECT name FROM unit WHERE id = ?';
      const type: 'of this kind only' | '' = '';
      return [row, sql, type, say('http.nothing'), 'text/html; charset=utf-8', 'two words', 'was reported ' + 'late by ' + unit];
    };`;
  t.same(
    spokenTexts(new Map([['src/kernel/ttl.ts', planted]])).map(({ text }) => text),
    [
      'the task is late',
      'unit {} owes {} reports\n',
      'it was reported before',
      '逾期',
      'are still owed',
      'on time',
      'was reported late by {}',
    ],
  );
});
