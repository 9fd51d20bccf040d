import { test } from 'tap';
import { EMPTY_PROFILE } from '../../../src/domain/directives/profile.ts';
import { importDecider } from '../../../src/domain/imports/decide.ts';
import {
  ImportCommitBegun,
  ImportCommitted,
  ImportCorrected,
  ImportDrafted,
  type Correction,
  type ImportEvent,
} from '../../../src/domain/imports/events.ts';
import { given, unreached } from '../../support/given.ts';

const source = {
  sha256: 'a'.repeat(64),
  size: 900,
  name: '通知.docx',
  mediaType: 'text/plain',
  encoding: 'utf-8',
  reader: 'reader/1',
  profile: null,
};
const drafted = ImportDrafted(source);
const correction: Correction = { directive: { number: '河政办〔2024〕9号' } };
const corrected = ImportCorrected(correction);
const begun = ImportCommitBegun({ directive: 'd' });
const committing = {
  directive: 'd',
  issuer: '河州市人民政府办公室',
  profile: EMPTY_PROFILE,
  counts: { tasks: 2, units: 3, findings: 1, setAside: 0 },
  reissue: null,
};
const committed = ImportCommitted(committing);

const draft = { type: 'DraftImport', ...source } as const;
const correct = { type: 'CorrectImport', ...correction } as const;
const open = { n: 1, kind: 'unread', address: 'line 5', detail: '“此行另有所指” was not read' };
const begin = { type: 'BeginCommit', directive: 'd', open: [] } as const;
const finish = { type: 'FinishCommit', ...committing } as const;

const document = (...events: ImportEvent[]) => given(importDecider, events);

await test('the same bytes are the same draft', async (t) => {
  await document().when(draft).then([drafted])(t);
  for (const events of [[drafted], [drafted, corrected], [drafted, begun], [drafted, begun, committed]])
    await document(...events)
      .when({ ...draft, name: '另名.txt' })
      .then([])(t);
  await document(drafted)
    .when({ ...draft, sha256: `${'a'.repeat(63)}b` })
    .thenRejected('source-differs')(t);
});

await test('a draft is corrected until its commit begins', async (t) => {
  await document().when(correct).thenRejected('import-unknown')(t);
  await document(drafted).when(correct).then([corrected])(t);
  await document(drafted, corrected).when(correct).then([corrected])(t);
  await document(drafted).when({ type: 'CorrectImport' }).thenRejected('nothing-changed')(t);
  for (const events of [
    [drafted, begun],
    [drafted, begun, committed],
  ])
    await document(...events)
      .when(correct)
      .thenRejected('import-committed')(t);
});

await test('nothing is committed while a finding is open; what was begun is ended once', async (t) => {
  await document().when(begin).thenRejected('import-unknown')(t);
  await document(drafted)
    .when({ ...begin, open: [open, open, open, open] })
    .thenRejected('import-open')(t);
  await document(drafted).when(begin).then([begun])(t);
  await document(drafted, begun)
    .when({ ...begin, open: [open] })
    .then([])(t);
  await document().when(finish).thenRejected('import-unknown')(t);
  await document(drafted, begun).when(finish).then([committed])(t);
  await document(drafted, begun, committed).when(finish).then([])(t);
  t.match(document(drafted, corrected, begun, committed).state, { status: 'committed', directive: 'd', corrections: [correction] });
});

await test('every refusal of an import was seen here', async (t) => t.same(unreached('src/domain/imports/decide.ts'), []));

await test('a commit of another edition that was cut short goes on, and begins anew only from another base', async (t) => {
  const reissue = { reason: '印刷有误', authority: '河政办函〔2024〕3号', effectiveFrom: '2024-05-10', base: 7 };
  const first = ImportCommitBegun({ directive: 'd', reissue });
  await document(drafted)
    .when({ ...begin, reissue })
    .then([first])(t);
  await document(drafted, first)
    .when({ ...begin, reissue })
    .then([])(t);
  await document(drafted, first).when(begin).then([])(t);
  const anew = { ...reissue, base: 9 };
  await document(drafted, first)
    .when({ ...begin, reissue: anew })
    .then([ImportCommitBegun({ directive: 'd', reissue: anew })])(t);
  await document(drafted, first, committed)
    .when({ ...begin, reissue: anew })
    .then([])(t);
});
