import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { csvHead, csvRows } from '../publishing/sheets/csv.ts';
import { fileNameAbout, titled, type About } from '../publishing/sheets/titled.ts';
import type { Language, Names, Sheet, Words } from '../publishing/sheets/sheet.ts';
import { contentTypeOf, nameFile, type FileFormats, type FileKind } from './files.ts';
import { sendStreamed, type Reading } from './reading.ts';
import type { Rest } from './limits/turns.ts';
import type { Page } from './pages.ts';

/** Lists as tables for people: read page by page and sent as they are read, so a long one needs no more memory. */

/** The forms of a list that has a sheet. */
export const SHEET_FORMATS = { csv: true, xlsx: true } as const;

/** Items read at once: many, since some lists are computed whole for each page. */
export const SHEET_PAGE = 10_000;

/** Page after page; other requests have their turn in between. */
export async function* pagesFrom<Item, Key>(
  first: Page<Item, Key>,
  next: (after: Key) => Promise<Page<Item, Key>>,
): AsyncGenerator<readonly Item[]> {
  for (let page = first; ; page = await next(page.next)) {
    yield page.items;
    if (page.next === null) return;
    await nextTurn();
  }
}

type Doing = <Result>(work: (rest: Rest) => Result | Promise<Result>) => Promise<Result>;

/** Each part in a turn of its own. Gives them when the first is made, and throws what that throws. */
export const partsInTurn = async <Item>(
  make: (rest: Rest) => AsyncIterable<readonly Item[]>,
  inTurn: Doing,
): Promise<AsyncGenerator<readonly Item[]>> => {
  let restNow: Rest = () => undefined;
  const parts = make(() => restNow())[Symbol.asyncIterator]();
  const next = () =>
    inTurn(async (rest) => {
      restNow = rest;
      return parts.next();
    });
  const first = await next();
  return (async function* () {
    for (let part = first; part.done !== true; part = await next()) yield part.value;
  })();
};

const ROWS = 500;

async function* csvOf<Item>(sheet: Sheet<Item>, pages: AsyncIterable<readonly Item[]>, language: Language): AsyncGenerator<string> {
  yield csvHead(sheet, language);
  for await (const items of pages)
    for (let from = 0; from < items.length; from += ROWS) {
      yield csvRows(sheet, items.slice(from, from + ROWS), language);
      await nextTurn();
    }
}

export const sendSheet = async <Item>(
  reading: Reading,
  plain: Sheet<Item>,
  kind: FileKind,
  pages: AsyncIterable<readonly Item[]>,
  { names, about }: { readonly names: Names; readonly about: About },
): Promise<FastifyReply> => {
  const sheet = titled(plain, about, names);
  const { language = 'en' } = reading;
  nameFile(reading, (into) => `${sheet.fileName[into]}.${kind}`);
  if (kind === 'csv') return sendStreamed(reading, contentTypeOf(kind), () => Readable.from(csvOf(sheet, pages, language)));
  // Loaded when it is wanted: nothing else needs it.
  const { xlsxOf } = await import('../publishing/sheets/xlsx.ts');
  return sendStreamed(reading, contentTypeOf(kind), () => xlsxOf(sheet, pages, { language, names }));
};

/** `about`: what the title says beside the sheet's own; without it the sheet's title says everything. */
type Table<Item> = { readonly sheet: Sheet<Item>; readonly items: readonly Item[]; readonly about?: About };

const titledTable = <Item>({ sheet, about }: Table<Item>, names: Names): Sheet<Item> =>
  about === undefined ? sheet : titled(sheet, about, names);

const savedAsOf = <Item>({ sheet, about }: Table<Item>): Words => (about === undefined ? sheet.fileName : fileNameAbout(sheet, about));

/** The forms of a read of one thing whose items make a table. */
export const sheetFormats = <Body, Item>(tableOf: (body: Body) => Table<Item>): FileFormats<Body> => ({
  csv: {
    write: (body, { language }) => {
      const { sheet, items } = tableOf(body);
      return { bytes: csvHead(sheet, language) + csvRows(sheet, items, language) };
    },
    fileName: (body, _, language) => `${savedAsOf(tableOf(body))[language]}.csv`,
  },
  xlsx: {
    write: async (body, { language, names }) => {
      const table = tableOf(body);
      const { items } = table;
      const { xlsxOf } = await import('../publishing/sheets/xlsx.ts');
      return {
        bytes: xlsxOf(
          titledTable(table, names),
          pagesFrom({ items, next: null }, () => Promise.reject(new Error('there is one page'))),
          { language, names },
        ),
      };
    },
    fileName: (body, _, language) => `${savedAsOf(tableOf(body))[language]}.xlsx`,
  },
});
