/** Texts outside the catalogue that are right where they are, each with its reason. */
export type Elsewhere = {
  /** A file, or a room, which ends in a slash. */
  readonly at: string;
  /** One text, with what is put in as {}; or those that are Chinese alone; all of them unless given. */
  readonly only?: string | { readonly isChinese: true };
  readonly why: string;
};

const CHINESE = { isChinese: true } as const;

export const SPOKEN_ELSEWHERE: readonly Elsewhere[] = [
  { at: 'src/importer/', only: CHINESE, why: 'what the documents say that are read' },
  { at: 'src/documents/', only: CHINESE, why: 'numerals and forms of days in the files that are read' },
  { at: 'src/kernel/abbreviation.ts', only: CHINESE, why: 'how names are shortened' },
  { at: 'src/kernel/text-width.ts', only: CHINESE, why: 'a range of characters' },
  { at: 'src/application/tasks/source-columns.ts', only: CHINESE, why: 'columns of the source document, as it heads them' },
  { at: 'src/kernel/pinyin.ts', why: 'names that a dictionary reads wrongly' },
  { at: 'src/domain/directives/short-form.ts', why: 'what short texts say that are read' },

  {
    at: 'src/publishing/letters/',
    only: CHINESE,
    why: 'letters of an office are in Chinese for every reader, and their words are held against the log',
  },
  { at: 'src/publishing/sheets/text-width.ts', only: CHINESE, why: 'a font' },
  { at: 'src/application/tasks/task-label.ts', only: CHINESE, why: 'what letters call a task' },
  { at: 'src/application/returns/form-words.ts', only: CHINESE, why: 'the form that units fill in, which is read again by its words' },
  { at: 'src/api/tasks/ledger-sheet.ts', only: CHINESE, why: 'which way a target is to change, as the text of a task says it' },
  { at: 'src/api/tasks/ledger-row.ts', only: CHINESE, why: 'how a cell of a ledger is written' },

  { at: 'src/api/documentation/examples.ts', why: 'what offices write, in examples of calls' },
  { at: 'src/api/documentation/words.ts', only: CHINESE, why: 'what offices write, in examples of values' },
  { at: 'src/api/documentation/words.ts', only: 'The input is not valid', why: 'an example of the title of a problem' },
  { at: 'src/api/documentation/words.ts', only: 'there is no such task', why: 'an example of the detail of a problem' },

  { at: 'src/importer/draft/items.ts', only: 'added by hand', why: 'an address that drafts have recorded' },
  { at: 'src/documents/docx/read-docx.ts', only: '{} of the pages', why: 'an address in a file, the same in every language' },
  { at: 'src/documents/xlsx/builtin-formats.ts', why: 'formats of cells' },
  { at: 'src/documents/xlsx/format-sections.ts', why: 'formats of cells' },
  { at: 'src/application/reminders/timer.ts', why: 'lines of the log' },
  { at: 'src/application/subscriptions/deliver.ts', why: 'lines of the log, and help of measures' },
  { at: 'src/sending/post.ts', why: 'what came of an attempt, as it is recorded' },
  { at: 'src/domain/directives/due-rule.ts', why: 'rules as snapshots have recorded them, to be read again' },
  { at: 'src/domain/directives/due.ts', why: 'rules as snapshots have recorded them, whose bytes stay' },
  { at: 'src/domain/compliance/judge.ts', why: 'rules as snapshots have recorded them, whose bytes stay' },
  { at: 'src/domain/compliance/first-rules/judge.ts', why: 'rules as snapshots have recorded them, whose bytes stay' },

  {
    at: 'src/http/openapi.ts',
    only: "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'; frame-ancestors 'none'",
    why: 'a header',
  },
  { at: 'src/http/docs-page.ts', why: 'tags and the script of a page' },
  { at: 'src/http/kit.ts', only: "default-src 'none'; frame-ancestors 'none'", why: 'a header' },
  { at: 'src/http/files.ts', only: "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'", why: 'a header' },
  { at: 'src/store/outbox-file.ts', only: 'ALTER TABLE subscription ADD COLUMN sent TEXT', why: 'SQL' },
  { at: 'src/http/memento.ts', why: 'a header' },
  { at: 'src/api/log/event-stream.ts', why: 'the form of an event stream' },
  { at: 'src/api/log/routes.ts', why: 'JSON' },
  { at: 'src/publishing/letters/html.ts', why: 'style and tags of a page' },
  { at: 'src/documents/html/flow.ts', why: 'names of elements' },
  { at: 'src/documents/xlsx/format-date.ts', why: 'names of months in the files that are read' },

  { at: 'src/http/key-set.ts', why: 'a line of the log' },
  { at: 'src/ledger/witnesses.ts', why: 'lines of the log' },
  { at: 'src/main/commands/serve.ts', why: 'lines of the log' },
  { at: 'src/main/catching-up-log.ts', why: 'lines of the log' },
  { at: 'src/main/going-on.ts', why: 'lines of the log' },
  { at: 'src/main/views-loading.ts', only: 'building the views', why: 'what a thread was at that ended as a defect' },
  { at: 'src/projecting/rebuild.ts', only: 'making the indexes', why: 'what a thread was at that ended as a defect' },
  { at: 'src/ledger/witness-server.ts', why: 'what a witness answers a log, which is a program' },
  { at: 'src/store/eventstoredb/failures.ts', only: 'Failed to discover', why: 'what an error of the client begins with' },
  { at: 'src/main/banner.ts', only: '{}npm run -s duban -- token --role office', why: 'a command' },
  { at: 'src/main/cli.ts', only: 'duban {}, Node {}\n', why: 'versions' },
  { at: 'src/verifying/task-file.ts', only: 'event {} of the task', why: 'a place of a report, the same in every language' },
];
