import { test } from 'tap';
import type { FindingKind } from '../../src/domain/directives/events.ts';
import { readDocument } from '../../src/importer/read-document.ts';
import { casesIn } from './cases.ts';

/** What a person must be told of each document, by the kind of finding that tells it; whether a profile is confirmed or not. */
const RAISED: Readonly<Record<string, readonly FindingKind[]>> = {
  '01-state-council-opinion': [
    'open-list',
    'milestones',
    'deadline-guessed',
    'collective-unresolved',
    'no-deadline',
    'schedule-none',
    'numbering-continues',
  ],
  '03-leader-by-post': ['seat-not-person', 'item-unnumbered', 'quantity-range', 'open-list', 'schedule-guessed', 'no-deadline'],
  '05-default-cooperating': [
    'party-defaulted',
    'party-excepted',
    'bracket-unread',
    'noise-set-aside',
    'schedule-no-period',
    'no-deadline',
    'leader-of-heading',
  ],
  '07-pipe-table-merged': ['cell-inherited', 'schedule-guessed', 'schedule-none', 'collective-unresolved'],
  '08-tab-supervision-ledger': ['number-missing', 'schedule-per-item', 'deadline-no-date', 'year-guessed', 'party-none', 'layout'],
  '11-livelihood-label-block': ['seat-not-person', 'role-other', 'schedule-guessed', 'count-differs', 'deadline-no-date', 'layout'],
  '12-first-listed-no-label': ['number-missing', 'name-joined', 'schedule-no-period', 'role-guessed', 'no-deadline'],
  '13-seed-shape-next-month': ['schedule-guessed', 'no-leader', 'no-deadline', 'collective-unresolved'],
  '15-web-page-remnants': [
    'number-missing',
    'noise-set-aside',
    'source-remark',
    'lines-joined',
    'deadline-guessed',
    'schedule-none',
    'year-guessed',
  ],
  '17-ledger-csv': ['number-missing', 'deadline-no-date', 'collective-unresolved', 'row-set-aside', 'schedule-none', 'year-guessed'],
  '18-merged-xlsx': ['number-missing', 'date-missing', 'collective-unresolved', 'row-set-aside', 'schedule-guessed'],
  '20-gb18030-csv': [
    'source-remark',
    'number-missing',
    'date-missing',
    'layout',
    'deadline-no-date',
    'row-set-aside',
    'row-uneven',
    'schedule-none',
  ],
};
/** Where nobody has confirmed anything yet. */
const UNCONFIRMED: Readonly<Record<string, readonly FindingKind[]>> = {
  '05-default-cooperating': ['profile-guessed'],
  '07-pipe-table-merged': ['cell-inherited'],
  '11-livelihood-label-block': ['prefix-missing'],
  '12-first-listed-no-label': ['profile-guessed', 'prefix-missing'],
  '18-merged-xlsx': ['name-doubtful'],
};

const cases = await casesIn();

await test('of each document a person is told what its right reading lists', async (t) => {
  for (const [id, kinds] of Object.entries(RAISED)) {
    const one = cases.find((each) => each.id === id);
    if (one === undefined) throw new Error(`no case ${id}`);
    const guessed = new Set(readDocument(one.source).findings.map(({ kind }) => kind));
    const confirmed = new Set(readDocument(one.source, one.profile).findings.map(({ kind }) => kind));
    t.same(
      kinds.filter((kind) => !confirmed.has(kind)),
      [],
      `${id}, confirmed`,
    );
    t.same(
      [...kinds, ...(UNCONFIRMED[id] ?? [])].filter((kind) => !guessed.has(kind)),
      [],
      `${id}, guessed`,
    );
  }
});

await test('what would name a wrong party, deadline or duty keeps a document from being committed', async (t) => {
  const blocking = (id: string): readonly string[] =>
    cases
      .filter((each) => each.id === id)
      .flatMap(({ source }) =>
        readDocument(source)
          .findings.filter(({ blocks }) => blocks)
          .map(({ kind }) => kind),
      );
  t.same(blocking('17-ledger-csv'), [], 'a ledger that leaves nothing open goes in');
  t.ok(blocking('07-pipe-table-merged').includes('cell-inherited'), 'an empty cell of who leads');
  t.ok(blocking('11-livelihood-label-block').includes('count-differs'), 'ten are announced and three are given');
  t.ok(blocking('32-rectification-ledger').includes('leader-pending'), '待定 is nobody');
});
