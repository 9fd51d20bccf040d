import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JsZip from 'jszip';
import { test, type Test } from 'tap';
import { formatVerifierKey, generateKey, parsePolicy, type NoteKey, type Policy } from '../../src/tlog/index.ts';
import type { NoticeDocument } from '../../src/domain/notices/events.ts';
import { letterDocx } from '../../src/publishing/letters/docx.ts';
import { readTemplate, writeLetter } from '../../src/publishing/letters/template.ts';
import { openMemory } from '../../src/verifying/memory.ts';
import { verifyLog, type Report } from '../../src/verifying/verify.ts';
import { openWorld } from '../support/app.ts';
import { event, events, filesOf, leavesOf, LOG, ORIGIN, writeFiles, type Event, type Signing } from './forge.ts';

/** What the log says of the office and of itself, against the events: all hashes, links and signatures are right here. */

const temporaryDir = (t: Pick<Test, 'teardown'>): string => {
  const path = mkdtempSync(join(tmpdir(), 'duban-published-'));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

const trusting = (...keys: readonly NoteKey[]): Policy => {
  const policy = parsePolicy(Buffer.from(`${keys.map((key) => `log ${formatVerifierKey(key)}\n`).join('')}quorum none\n`));
  if (!policy.ok) throw new Error(policy.reason);
  return policy.value;
};

const verify = (
  t: Test,
  log: readonly Event[],
  signing: Signing,
  policy = trusting(LOG),
  memory?: string,
  file?: Uint8Array,
): Promise<Report> =>
  verifyLog(
    { kind: 'bundle', dir: writeFiles(temporaryDir(t), filesOf(leavesOf(log), signing)) },
    {
      policy,
      memoryOf: memory === undefined ? undefined : (origin) => openMemory(memory, origin),
      skew: 60_000,
      letters: file && [{ name: 'letter.docx', bytes: file }],
    },
  );

/** The letter as another program saves it, and one in which somebody changed a sentence. */
const rewritten = async ({ template, facts }: NoticeDocument): Promise<{ readonly letter: Uint8Array; readonly altered: Uint8Array }> => {
  const read = readTemplate(template);
  if (!read.ok) throw new Error('the template of the letter cannot be read');
  const letter = writeLetter(read.template, facts);
  const blocks = letter.blocks.map((block) =>
    block.kind === 'paragraph' ? { ...block, text: block.text.replace(/未报送\d+项/u, '未报送0项') } : block,
  );
  const saved = await JsZip.loadAsync(await letterDocx(letter));
  return {
    letter: await saved.generateAsync({ type: 'nodebuffer', compression: 'STORE' }),
    altered: await letterDocx({ ...letter, blocks }),
  };
};

type Data = Readonly<Record<string, unknown>>;

const POLICY = {
  effectiveFrom: '2023-01-10',
  monthly: { from: '2023-01', to: '2023-12', day: 30 },
  reporters: { target: ['lead'], task: ['lead'], item: ['responsible'] },
};

await test('every snapshot and every notice is computed again', async (t) => {
  const world = await openWorld(t);
  const { clock } = world;
  clock.set('2023-02-20T09:00:00+08:00');
  // Directives beside the notice's: of one a snapshot is taken too, the other nobody publishes anything of.
  for (const directive of ['beside', 'unpublished']) {
    const acts: readonly (readonly [url: string, body: object])[] = [
      ['/v1/directives', { id: directive, number: `${directive}号`, title: '通知', issuer: '市政府办公室', date: '2023-01-10' }],
      [`/v1/directives/${directive}/policies`, POLICY],
      [
        '/v1/tasks',
        {
          id: `${directive}-t`,
          directive,
          kind: 'task',
          text: '研发投入',
          assignees: [{ role: 'lead', party: 'shi-ke-ji-ju' }],
          effectiveFrom: '2023-01-10',
        },
      ],
      [
        `/v1/tasks/${directive}-t/reports`,
        {
          period: '2023-01',
          status: 'on-track',
          narrative: '进展',
          unit: 'shi-ke-ji-ju',
          basis: '来文',
          receivedAt: '2023-02-02T09:00:00+08:00',
        },
      ],
    ];
    for (const [url, body] of acts) t.equal((await world.office.post(url, body)).status, 201, url);
  }
  clock.set('2023-04-02T09:00:00+08:00');
  const snapshot = await world.office.post('/v1/snapshots', { directive: 'sanzhengban-2023-1', period: '2023-02' });
  const whole = await world.office.post('/v1/snapshots', { directive: 'sanzhengban-2023-1' });
  const notice = await world.office.post('/v1/notices', { snapshot: snapshot.body.subject, title: '关于报送的\ufffe通报' });
  t.equal((await world.office.post(`/v1/notices/${notice.body.subject}/issue`, { number: '通报〔2023〕1号' })).status, 201);
  t.equal(whole.status, 201);
  t.equal((await world.office.post('/v1/snapshots', { directive: 'beside' })).status, 201);
  const log: readonly Event[] = world
    .duban()
    .services.store.readAll(0, 100_000)
    .map(({ stream, recordedAt, envelope }) => ({
      stream,
      time: recordedAt,
      type: envelope.type,
      data: Object(envelope.data) as object, // an event's data is an object
      receivedat: envelope.receivedat,
    }));
  const signing: Signing = { sizes: [log.length] };
  t.match(await verify(t, log, signing), { ok: true, snapshots: 3, notices: 1 });

  const positionOf = (type: string): number => log.findIndex((one) => one.type === type) + 1;
  const edit = (type: string, change: (data: Data) => object): readonly Event[] =>
    log.map((one, n) => (n + 1 === positionOf(type) ? { ...one, data: change(one.data as Data) } : one));
  const SNAPSHOT = 'SnapshotTaken.v1';
  const NOTICE = 'NoticeDrafted.v1';
  const ISSUED = 'NoticeIssued.v1';
  const documentIn = (data: Data): NoticeDocument => data['document'] as NoticeDocument; // the shape of NoticeIssued
  const editLetter = (change: (facts: NoticeDocument['facts']) => object): readonly Event[] =>
    edit(ISSUED, (data) => ({ ...data, document: { ...documentIn(data), facts: change(documentIn(data).facts) } }));
  // The shape of NoticeDrafted.
  const lines = (data: Data): readonly { readonly owed: number; readonly missing: readonly object[] }[] => data['lines'] as never;
  const cases: readonly (readonly [what: string, log: readonly Event[], check: string, position: number, detail: RegExp])[] = [
    [
      'another digest',
      edit(SNAPSHOT, (data) => ({ ...data, digest: '0'.repeat(64) })),
      'snapshot',
      positionOf(SNAPSHOT),
      /its digest is recorded as 0{64}, but the events give/u,
    ],
    ['another day', edit(SNAPSHOT, (data) => ({ ...data, on: '2023-03-01' })), 'snapshot', positionOf(SNAPSHOT), /digest/u],
    [
      'a position that came later',
      edit(SNAPSHOT, (data) => ({ ...data, position: log.length })),
      'snapshot',
      positionOf(SNAPSHOT),
      /which came after it/u,
    ],
    [
      'a directive that nobody knows',
      edit(SNAPSHOT, (data) => ({ ...data, directive: 'no-such-directive' })),
      'snapshot',
      positionOf(SNAPSHOT),
      /is not known at position/u,
    ],
    ['no snapshot at all', edit(SNAPSHOT, () => ({ digest: 'x' })), 'schema', positionOf(SNAPSHOT), /is no SnapshotTaken\.v1: /u],
    [
      'a unit left out of a notice',
      edit(NOTICE, (data) => ({ ...data, lines: lines(data).slice(1) })),
      'notice',
      positionOf(NOTICE),
      /its line 1 is not what its snapshot shows/u,
    ],
    [
      'a figure changed in a notice',
      edit(NOTICE, (data) => ({ ...data, lines: lines(data).map((one, n) => (n === 2 ? { ...one, owed: one.owed + 1 } : one)) })),
      'notice',
      positionOf(NOTICE),
      /its line 3 is not/u,
    ],
    [
      'a task left out of a notice',
      edit(NOTICE, (data) => ({
        ...data,
        lines: lines(data).map((one, n) => (n === 0 ? { ...one, missing: one.missing.slice(1) } : one)),
      })),
      'notice',
      positionOf(NOTICE),
      /its line 1 is not/u,
    ],
    [
      'a snapshot that was never taken',
      edit(NOTICE, (data) => ({ ...data, snapshot: 'no-such' })),
      'notice',
      positionOf(NOTICE),
      /not taken before it/u,
    ],
    [
      'a figure changed in a letter',
      editLetter((facts) => ({ ...facts, units: facts.units.map((one, n) => (n === 0 ? { ...one, missing: 0 } : one)) })),
      'notice',
      positionOf(ISSUED),
      /the counts in its letter are not those of its snapshot/u,
    ],
    [
      'a unit left out of a letter',
      editLetter((facts) => ({ ...facts, faults: facts.faults.slice(1) })),
      'notice',
      positionOf(ISSUED),
      /its letter names others, or for something else, than the notice/u,
    ],
    [
      'another moment in a letter',
      editLetter((facts) => ({ ...facts, at: facts.at + 1 })),
      'notice',
      positionOf(ISSUED),
      /its letter is of another moment/u,
    ],
    [
      'other words in a letter',
      edit(ISSUED, (data) => ({ ...data, document: { ...documentIn(data), template: '标题：{{标题}}\n一切正常。' } })),
      'notice',
      positionOf(ISSUED),
      /the words of its letter do not follow from its facts/u,
    ],
    [
      'a report that was never made',
      log.map((one, n) => (n === 40 ? { ...one, type: 'TaskEnchanted.v1' } : one)),
      'schema',
      41,
      /^event type TaskEnchanted\.v1 is not known to this version of the program$/u,
    ],
  ];
  for (const [what, forged, check, position, detail] of cases) {
    const report = await verify(t, forged, signing);
    t.match(report.faults[0], { check, position, detail }, what);
    if (check !== 'schema') continue;
    t.match(report, { snapshots: 0, notices: 0, remarks: [/no witnesses/u, /not computed again, since not all events can be read/u] });
    t.equal(report.faults.length, 1, `${what}: and nothing is said of what follows from it`);
  }

  const { bytes } = await world.office.get(`/v1/notices/${notice.body.subject}?format=docx`);
  const held = (file: Uint8Array): Promise<Report> => verify(t, log, signing, trusting(LOG), undefined, file);
  t.match(await held(bytes), { ok: true, remarks: [/no witnesses/u, /^letter\.docx is the letter of .*, byte for byte$/u] });
  const { letter, altered } = await rewritten(documentIn((log[positionOf(ISSUED) - 1]?.data ?? {}) as Data));
  t.match(await held(letter), { ok: true, remarks: [/no witnesses/u, /in the same words, saved again$/u] });
  t.match(await held(altered), {
    ok: false,
    faults: [
      { check: 'notice', place: 'letter.docx', detail: /is not as notice .* was issued: “.*未报送0项.*” stands where it said “.*未报送/u },
    ],
  });
  t.match(await held(Buffer.from('x')), { ok: false, faults: [{ detail: 'is no .docx' }] });

  const memory = temporaryDir(t);
  await verify(t, cases[0]?.[1] ?? log, signing, trusting(LOG), memory);
  t.equal(
    openMemory(memory, ORIGIN).checkpoint()?.checkpoint.size,
    log.length,
    'a figure that is wrong makes the log no other, and it is remembered',
  );
  const other = edit(SNAPSHOT, (data) => ({ ...data, judge: 999 }));
  t.match(
    await verify(t, other, signing),
    { ok: true, snapshots: 2, notices: 0, remarks: [/no witnesses/u, /was judged by version 999 of the rules/u, /was not compared/u] },
    'rules of another version are not judged',
  );
});

const NEXT = generateKey(ORIGIN, 'ed25519');
const rotation = (n: number, from: NoteKey, to: NoteKey): Event =>
  event(n, {
    stream: 'ledger',
    type: 'KeyRotated.v1',
    data: { from: formatVerifierKey(from), to: formatVerifierKey(to), reason: '更换', authority: '办公室' },
  });

await test('one key follows another only as the log says', async (t) => {
  const log = events(60).map((one, n) => (n === 20 ? rotation(20, LOG, NEXT) : one));
  const sizes = [10, 30, 60];
  const right: Signing['by'] = (size) => (size < 21 ? [LOG] : size === 30 ? [LOG, NEXT] : [NEXT]);
  const signing: Signing = { sizes, by: right, keys: [LOG, NEXT] };
  for (const key of [LOG, NEXT])
    t.match(await verify(t, log, signing, trusting(key)), { ok: true, keys: [formatVerifierKey(LOG), formatVerifierKey(NEXT)] });

  const thief = generateKey(ORIGIN, 'ed25519');
  const cases: readonly (readonly [
    what: string,
    log: readonly Event[],
    signing: Signing,
    trusted: NoteKey,
    check: string,
    detail: RegExp,
  ])[] = [
    [
      'the key that went did not sign the change',
      log,
      { ...signing, by: (size) => (size < 21 ? [LOG] : [NEXT]) },
      LOG,
      'key',
      /not signed by both keys/u,
    ],
    [
      'the key that came did not',
      log,
      { ...signing, by: (size) => (size === 60 ? [NEXT] : [LOG]) },
      LOG,
      'key',
      /not signed by both keys/u,
    ],
    [
      'a retired key goes on signing',
      log,
      { ...signing, by: (size) => (size === 60 ? [LOG] : right(size)) },
      LOG,
      'checkpoint',
      /whose time it was not/u,
    ],
    [
      'a new key signs before its time',
      log,
      { ...signing, by: (size) => (size === 10 ? [NEXT] : right(size)) },
      NEXT,
      'checkpoint',
      /whose time it was not/u,
    ],
    [
      'a thief puts in a key of his own',
      log.map((one, n) => (n === 20 ? rotation(20, LOG, thief) : one)),
      { sizes, by: (size) => (size < 21 ? [LOG] : [thief]), keys: [LOG, thief] },
      LOG,
      'key',
      /not signed by both keys/u,
    ],
    [
      'a chain that begins with a stranger',
      log.map((one, n) => (n === 20 ? rotation(20, thief, NEXT) : one)),
      { sizes, by: right, keys: [thief, NEXT] },
      LOG,
      'key',
      /none of the keys that signed is trusted/u,
    ],
    [
      'a link that is missing',
      log.map((one, n) => (n === 40 ? rotation(40, thief, NEXT) : one)),
      { sizes, by: right, keys: [LOG, NEXT] },
      LOG,
      'key',
      /but .* was the one that signed/u,
    ],
    [
      'a change that stands in another stream is none',
      log.map((one, n) => (n === 20 ? { ...rotation(20, LOG, NEXT), stream: 'task-x' } : one)),
      signing,
      LOG,
      'checkpoint',
      /is not signed by a key of this log/u,
    ],
    [
      'a change without a key',
      log.map((one, n) =>
        n === 20
          ? event(20, {
              stream: 'ledger',
              type: 'KeyRotated.v1',
              data: { from: formatVerifierKey(LOG), to: 'none', reason: 'x', authority: 'y' },
            })
          : one,
      ),
      { sizes, keys: [LOG] },
      LOG,
      'key',
      /names a key that is none/u,
    ],
    ['keys beside the log that never signed', log, { ...signing, keys: [LOG, NEXT, thief] }, LOG, 'key', /never signed for this log/u],
  ];
  for (const [what, forged, by, trusted, check, detail] of cases) {
    const report = await verify(t, forged, by, trusting(trusted));
    t.ok(
      report.faults.some((fault) => fault.check === check && detail.test(fault.detail)),
      `${what}: ${JSON.stringify(report.faults)}`,
    );
  }
});

await test('a log that goes on under another name says truly what became of the old one', async (t) => {
  const OLD = generateKey('old.example', 'ed25519');
  const full = events(90);
  const oldNote = (size: number, log: readonly Event[] = full, key = OLD): string =>
    Buffer.from(filesOf(leavesOf(log), { origin: 'old.example', sizes: [size], by: () => [key] }).get('checkpoint') ?? []).toString('utf8');
  const restarted = (data: object): readonly Event[] => [
    ...full.slice(0, 50),
    event(50, {
      stream: 'ledger',
      type: 'LedgerRestarted.v1',
      source: '/duban/2',
      data: {
        old: { origin: 'old.example', key: formatVerifierKey(OLD), source: '/duban/1' },
        checkpoint: oldNote(90),
        survived: 50,
        lost: { from: 51, to: 90 },
        origin: ORIGIN,
        key: formatVerifierKey(LOG),
        reason: '机房失火',
        authority: '办公室',
        ...data,
      },
    }),
    ...events(70)
      .slice(51)
      .map((one) => ({ ...one, source: '/duban/2' })),
  ];
  const signing: Signing = { sizes: [60, 70] };
  const memory = temporaryDir(t);
  const oldFiles = filesOf(leavesOf(full), { origin: 'old.example', sizes: [40], by: () => [OLD], keys: [OLD] });
  t.ok(
    (
      await verifyLog(
        { kind: 'bundle', dir: writeFiles(temporaryDir(t), oldFiles) },
        { memoryOf: (origin) => openMemory(memory, origin), skew: 60_000 },
      )
    ).ok,
  );
  t.match(await verify(t, restarted({}), signing, trusting(LOG), memory), {
    ok: true,
    restarts: [{ position: 51, from: 'old.example', survived: 50, lost: { from: 51, to: 90 } }],
  });
  t.match(await verify(t, restarted({ checkpoint: oldNote(40), lost: null }), signing), { ok: true }, 'nothing is lost of what was signed');
  t.match(await verify(t, restarted({ checkpoint: null, lost: null }), signing), { ok: true }, 'nothing was ever signed');

  const cases: readonly (readonly [what: string, data: object, detail: RegExp])[] = [
    ['more survived than is there', { survived: 60 }, /says that 60 events survived, but 50 come before it/u],
    ['nothing is lost, though a checkpoint covers more', { lost: null }, /does not say truly what is lost/u],
    ['less is lost than a checkpoint covers', { lost: { from: 51, to: 60 } }, /does not say truly what is lost/u],
    [
      'a checkpoint of another history',
      {
        checkpoint: oldNote(
          40,
          events(90).map((one) => ({ ...one, data: { ...one.data, position: 1 } })),
        ),
        lost: null,
      },
      /the first 40 events are not those of the checkpoint that it cites/u,
    ],
    [
      'a checkpoint that another key signed',
      { checkpoint: oldNote(90, full, generateKey('old.example', 'ed25519')) },
      /cites a checkpoint that the old name did not sign/u,
    ],
    ['no checkpoint but a text', { checkpoint: 'lost' }, /cites a checkpoint that the old name did not sign/u],
    ['another new name than the one that signs', { origin: 'third.example' }, /the log says that it is third\.example/u],
  ];
  for (const [what, data, detail] of cases) {
    const report = await verify(t, restarted(data), signing);
    t.ok(
      report.faults.some((fault) => fault.check === 'restart' && detail.test(fault.detail)),
      `${what}: ${JSON.stringify(report.faults)}`,
    );
  }
  t.match(
    (await verify(t, restarted({ reason: '' }), signing)).faults,
    [{ check: 'schema', position: 51, detail: /is no LedgerRestarted\.v1: reason: /u }],
    'no reason',
  );
  const otherMemory = temporaryDir(t);
  const otherFiles = filesOf(leavesOf(events(90).map((one) => ({ ...one, data: { ...one.data, position: 2 } }))), {
    origin: 'old.example',
    sizes: [40],
    by: () => [OLD],
    keys: [OLD],
  });
  await verifyLog(
    { kind: 'bundle', dir: writeFiles(temporaryDir(t), otherFiles) },
    { memoryOf: (origin) => openMemory(otherMemory, origin), skew: 60_000 },
  );
  t.match(
    (await verify(t, restarted({}), signing, trusting(LOG), otherMemory)).faults,
    [{ check: 'restart', position: 51, detail: /of the checkpoint of old\.example that is remembered/u }],
    'who remembers the old log is not told another past',
  );
});
