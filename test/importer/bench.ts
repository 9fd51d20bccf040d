import { parseArgs } from 'node:util';
import { readDocument } from '../../src/importer/read-document.ts';
import { casesIn } from './cases.ts';
import { ASPECTS, differencesFrom, type Aspect, type Difference, type Expected, type ExpectedItem } from './expected.ts';

/** `npm run bench:import`: how much of the documents of other offices is read rightly, without a profile and with a confirmed one */

const allItems = (items: readonly ExpectedItem[]): readonly ExpectedItem[] =>
  items.flatMap((item) => [item, ...allItems(item.children ?? [])]);

/** How much of an aspect there is to be read. */
const totalOf = (aspect: Aspect, { items, reporting }: Expected): number => {
  const all = allItems(items);
  if (aspect === 'head') return 4;
  if (aspect === 'quantities') return all.reduce((sum, { quantities }) => sum + quantities.length, 0);
  if (aspect === 'parties')
    return all.reduce(
      (sum, { parties: { lead = [], cooperating = [], responsible = [] } }) => sum + lead.length + cooperating.length + responsible.length,
      0,
    );
  if (aspect === 'leaders') return all.reduce((sum, { leaders }) => sum + leaders.length, 0);
  if (aspect === 'deadlines') return all.filter(({ deadline }) => deadline !== null).length;
  return aspect === 'schedules' ? reporting.rules.length : all.length;
};

const cases = await casesIn();

const tableOf = (name: string, confirmed: boolean): void => {
  const wrong: Difference[] = [];
  let [whole, unread, silent, blocking] = [0, 0, 0, 0];
  for (const { source, expected, profile } of cases) {
    const guessed = readDocument(source);
    const reading = confirmed ? readDocument(source, profile ?? guessed.profile) : guessed;
    const differences = differencesFrom(reading, expected);
    wrong.push(...differences);
    if (differences.length === 0) whole += 1;
    unread += reading.lines.filter(({ use, text }) => use === 'unread' && text !== '').length;
    blocking += reading.findings.filter(({ blocks }) => blocks).length;
    if (!reading.findings.some(({ blocks }) => blocks)) silent += differences.length;
  }
  process.stdout.write(`\n${name}\n\n| what | right | of |\n| --- | ---: | ---: |\n| whole cases | ${whole} | ${cases.length} |\n`);
  for (const aspect of ASPECTS) {
    const total = cases.reduce((sum, { expected }) => sum + totalOf(aspect, expected), 0);
    const missed = wrong.filter((difference) => difference.aspect === aspect).length;
    process.stdout.write(`| ${aspect} | ${Math.max(0, total - missed)} | ${total} |\n`);
  }
  process.stdout.write(`\nunread lines: ${unread}; findings that wait for a person: ${blocking}; silent losses: ${silent}\n`);
};

const { values } = parseArgs({ options: { hard: { type: 'boolean' }, patterns: { type: 'boolean' }, name: { type: 'string' } } });
if (values.hard === true) {
  const { runHard } = await import('./hard/bench.ts');
  await runHard(values.patterns === true, values.name);
} else {
  tableOf('Without a profile', false);
  tableOf('With a confirmed profile', true);
}
