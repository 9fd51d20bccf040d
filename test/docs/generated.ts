import { questions } from '../questions/questions.ts';
import { HOUSE, importsOf, OURS, roomOf, ROOMS, sources } from '../support/house.ts';

/** The parts of `docs/` that are made from the code. `npm run docs:record` writes them, and a test compares. */

/** The rooms that a room's files import from, its own left out, from the top of the house down. */
const importedBy = (room: string): readonly string[] => {
  const found = new Set(
    [...sources]
      .filter(([path]) => roomOf(path) === room)
      .flatMap(([path, text]) => importsOf(path, text).filter((imported) => OURS.test(imported)))
      .map(roomOf),
  );
  return ROOMS.toReversed().filter((other) => other !== room && found.has(other));
};

const short = (room: string): string => room.replace(/^src\//u, '');
const WIDTH = Math.max(...ROOMS.map((room) => room.length));

/** A line for each room, the highest floor first, with the rooms that it uses in truth. */
const picture = (): string => {
  const lines = HOUSE.flatMap((rooms, floor) =>
    rooms.map((room) => `${floor}  ${room.padEnd(WIDTH)}  ${importedBy(room).map(short).join(' ')}`.trimEnd()),
  );
  return ['```text', ...lines.toReversed(), '```'].join('\n');
};

/** `{?a,b}` of a question's call stands as `?a&b`. */
const shown = (call: string): string => call.replace(/\{\?([\w,]+)\}/u, (_, names: string) => `?${names.replaceAll(',', '&')}`);

const questionTable = (): string =>
  [
    '| | question | call |',
    '|---|---|---|',
    ...Object.entries(questions).map(([name, { asks, call }]) => `| ${name} | ${asks} | \`${shown(call)}\` |`),
  ].join('\n');

type Part = { readonly page: string; readonly name: string; readonly make: () => string };

export const parts: readonly Part[] = [
  { page: 'docs/architecture.md', name: 'picture', make: picture },
  { page: 'docs/questions.md', name: 'questions', make: questionTable },
];

const place = (name: string): RegExp => new RegExp(`(?<=<!-- generated: ${name} -->\\n).*?(?=<!-- end -->)`, 'su');

/** What a page holds in a part's place; undefined where it has none. */
export const held = (page: string, { name }: Part): string | undefined => place(name).exec(page)?.[0].trimEnd();

export const withPart = (page: string, { name, make }: Part): string => page.replace(place(name), () => `${make()}\n`);
