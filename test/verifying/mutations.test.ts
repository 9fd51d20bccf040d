import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { test, type Test } from 'tap';
import { canonicalText } from '../../src/kernel/canonical.ts';
import { formatVerifierKey, parsePolicy, type Policy } from '../../src/tlog/index.ts';
import { uncanonical } from '../../src/verifying/canonical-form.ts';
import { collectIds, createIdBook } from '../../src/verifying/event-ids.ts';
import { openSource } from '../../src/verifying/open-source.ts';
import { makeTaskFile, verifyTaskFile } from '../../src/verifying/task-file.ts';
import { verifyLog, type Report } from '../../src/verifying/verify.ts';
import { anyJson } from '../kernel/any-json.ts';
import { cosignedByBoth, events, filesOf, leavesOf, LOG, POLICY_TEXT, writeFiles } from './forge.ts';
import { inEnglish } from '../../src/messages/words.ts';

/** Every kind of byte that a bundle is made of, changed one at a time: it is always noticed, and the place is named. */

const policyOf = (text: string): Policy => {
  const policy = parsePolicy(Buffer.from(text));
  if (!policy.ok) throw new Error(policy.reason);
  return policy.value;
};
const POLICY = policyOf(POLICY_TEXT);

const SIZE = 700;
const SIZES = [100, 256, 400, SIZE];
const FILES = filesOf(leavesOf(events(SIZE)), { sizes: SIZES, cosigned: cosignedByBoth });

const temporaryDir = (t: Pick<Test, 'teardown'>): string => {
  const path = mkdtempSync(join(tmpdir(), 'duban-mutations-'));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

const verify = (dir: string, policy: Policy | undefined = POLICY): Promise<Report> =>
  verifyLog({ kind: 'bundle', dir }, { policy, memoryOf: undefined, skew: 60_000 });

const original = (path: string): Buffer => Buffer.from(FILES.get(path) ?? []);

const flipped = (bytes: Uint8Array, at: number, mask = 0x01): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ mask;
  return copy;
};

type Mutation = readonly [what: string, path: string, bytes: Buffer];

const PART = 'tile/entries/002.p/188';

/** The place of a text in a file. */
const at = (path: string, text: string): number => {
  const found = original(path).indexOf(text);
  if (found < 0) throw new Error(`${text} is not in ${path}`);
  return found;
};

function* mutations(): Generator<Mutation> {
  const whole = ['bundle.json', 'keys'];
  for (const path of whole)
    for (let byte = 0; byte < original(path).length; byte += 3) yield [`byte ${byte}`, path, flipped(original(path), byte)];
  for (const path of ['checkpoint', `checkpoints/${SIZE}`])
    for (let byte = 0; byte < original(path).length; byte += 7) yield [`byte ${byte}`, path, flipped(original(path), byte)];
  // Of an older note all but who cosigned it: a witness whose name is not known is one that nobody asked.
  const older = 'checkpoints/256';
  const text = original(older).toString('utf8');
  const line = (n: number): number => Buffer.byteLength(text.slice(0, text.indexOf(text.split('\n')[n] ?? '?')));
  for (let byte = 0; byte < line(5); byte += 9) yield [`byte ${byte}`, older, flipped(original(older), byte)];
  for (const n of [5, 6]) yield ['a cosignature', older, flipped(original(older), line(n) + Buffer.byteLength('\u2014 one.example ') + 40)];
  // Entries: the length before one, and each of its members.
  const entry = 'tile/entries/001';
  for (const byte of [0, 1]) yield ['a length', entry, flipped(original(entry), byte)];
  for (const member of [
    'actor',
    'correlation',
    'data',
    'datacontenttype',
    'id',
    'prevleaf',
    'receivedat',
    'source',
    'specversion',
    'streamrev',
    'subject',
    'time',
    'type',
  ]) {
    const place = at(entry, `"${member}":`);
    yield [`the name of ${member}`, entry, flipped(original(entry), place + 1)];
    yield [`the value of ${member}`, entry, flipped(original(entry), place + member.length + 5)];
  }
  yield ['a brace', entry, flipped(original(entry), 2)];
  yield ['a character of Chinese', entry, flipped(original(entry), at(entry, '依法') + 1)];
  yield ['the last byte of a partial bundle', PART, flipped(original(PART), original(PART).length - 1)];
  for (const path of ['tile/0/000', 'tile/0/001', 'tile/0/002.p/188', 'tile/1/000.p/2'])
    for (const byte of [0, 31, 32, original(path).length - 1]) yield [`hash byte ${byte}`, path, flipped(original(path), byte, 0x80)];
  // Every file a byte shorter, a byte longer, and empty.
  for (const path of FILES.keys()) {
    yield ['cut', path, original(path).subarray(0, -1)];
    yield ['longer', path, Buffer.concat([original(path), Buffer.of(0x0a)])];
    yield ['empty', path, Buffer.alloc(0)];
  }
}

/** Where a fault in a file may be found: a note that is kept twice is found wrong in either place. */
const isLocated = (report: Report, path: string): boolean => {
  const twins = path === 'checkpoint' || path === `checkpoints/${SIZE}` ? ['checkpoint', `checkpoints/${SIZE}`, 'checkpoints'] : [path];
  const [first] = report.faults;
  if (first === undefined) return false;
  if (twins.includes(first.place)) return true;
  if (path === 'bundle.json') return first.check === 'checkpoint' || first.check === 'key'; // another name than the notes bear
  const [, bundle] = /^tile\/(?:entries|0)\/(\d{3})/u.exec(path) ?? [];
  const begin = Number(bundle) * 256;
  return bundle !== undefined && first.position !== null && first.position > begin && first.position <= begin + 256;
};

await test('whatever byte is changed, it is found and its place named', async (t) => {
  const dir = writeFiles(temporaryDir(t), FILES);
  t.ok((await verify(dir)).ok);
  let count = 0;
  const missed: string[] = [];
  const misplaced: string[] = [];
  for (const [what, path, bytes] of mutations()) {
    count += 1;
    writeFileSync(join(dir, path), bytes);
    const report = await verify(dir);
    if (report.ok) missed.push(`${path}: ${what}`);
    else if (!isLocated(report, path)) misplaced.push(`${path}: ${what}: ${JSON.stringify(report.faults[0])}`);
    writeFileSync(join(dir, path), original(path));
  }
  t.same(missed, []);
  t.same(misplaced, []);
  t.ok(count > 250, `${count} changes`);
  for (const path of FILES.keys()) {
    renameSync(join(dir, path), join(dir, 'aside'));
    const report = await verify(dir);
    if (path !== 'bundle.json' && /^checkpoints\/(?:100|256|400)$/u.test(path)) t.ok(report.ok, 'an older checkpoint may be missing');
    else t.notOk(report.ok, `${path} is missing`);
    renameSync(join(dir, 'aside'), join(dir, path));
  }
  t.ok((await verify(dir)).ok, 'and with every byte back it holds again');
});

await test('no byte of a task’s file can be changed', async (t) => {
  const dir = writeFiles(temporaryDir(t), FILES);
  const source = openSource({ kind: 'bundle', dir });
  const file = await makeTaskFile(source, 't5');
  source.close();
  const whole = verifyTaskFile('file', file, POLICY);
  t.match(whole, { ok: true, task: 't5', trust: 'policy', events: Math.ceil((SIZE - 5) / 12), size: SIZE, faults: [] });
  t.equal(whole.position, 690, 'the task’s last event');
  t.match(verifyTaskFile('file', file, undefined), { ok: true, trust: 'first-use' });

  const bytes = Buffer.from(file);
  const missed: number[] = [];
  for (let byte = 0; byte < bytes.length; byte += 37) {
    const report = verifyTaskFile('file', flipped(bytes, byte).toString('utf8'), POLICY);
    if (report.ok) missed.push(byte);
  }
  // With a policy the keys in the file are not what is trusted, so that they are others is nothing that is proved.
  const inKeys = (byte: number): boolean => byte > file.indexOf('"keys":[') && byte < file.indexOf('"leaves"');
  t.same(
    missed.filter((byte) => !inKeys(byte)),
    [],
  );
  t.notOk(verifyTaskFile('file', file.replace(formatVerifierKey(LOG).slice(-8), 'AAAAAAAA'), undefined).ok, 'without one they are');

  const parsed = JSON.parse(file) as { leaves: string[]; proof: string }; // as it was just written
  const rewrite = (change: (parts: typeof parsed) => object): string => `${canonicalText(change(structuredClone(parsed)))}\n`;
  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['an event left out', rewrite((parts) => ({ ...parts, leaves: parts.leaves.toSpliced(7, 1) })), /is revision 8/u],
    ['the first one left out', rewrite((parts) => ({ ...parts, leaves: parts.leaves.slice(1) })), /no event of its stream/u],
    [
      'the last one left out',
      rewrite((parts) => ({ ...parts, leaves: parts.leaves.slice(0, -1) })),
      /not proved to be in the tree: root-mismatch/u,
    ],
    ['no event', rewrite((parts) => ({ ...parts, leaves: [] })), /holds no event/u],
    ['another task', rewrite((parts) => ({ ...parts, task: 't6' })), /is one of task-t5/u],
    [
      'data that are not those of their type',
      rewrite((parts) => ({
        ...parts,
        leaves: parts.leaves.map((leaf, n) => (n === 2 ? leaf.replace('"authority":"办公室",', '') : leaf)),
      })),
      /is no LegalRemovalRecorded\.v1: authority/u,
    ],
    ['another log', rewrite((parts) => ({ ...parts, origin: 'other.example' })), /leads to a checkpoint of/u],
  ];
  for (const [what, text, detail] of wrong) {
    const report = verifyTaskFile('file', text, POLICY);
    t.ok(
      report.faults.some((fault) => detail.test(fault.detail)),
      `${what}: ${JSON.stringify(report.faults)}`,
    );
  }
});

await test('the canonical form is recognised as the definition has it', async (t) => {
  const definition = (value: unknown): string | undefined => {
    try {
      return canonicalText(value);
    } catch {
      return undefined; // a lone surrogate
    }
  };
  const isRecognised = (text: string): boolean => {
    const value: unknown = JSON.parse(text);
    return (uncanonical(Buffer.from(text), text, value) === undefined) === (definition(value) === text);
  };
  fc.assert(
    fc.property(anyJson, (value) => isRecognised(JSON.stringify(value)) && isRecognised(definition(value) ?? '0')),
    { numRuns: 500 },
  );
  const texts = [
    '{"10":1,"9":2}',
    '{"9":1,"10":2}',
    '{"b":1,"a":2}',
    '{"a":{"d":1,"c":2}}',
    '[{"b":1,"a":2}]',
    String.raw`"\ud800"`,
    String.raw`"\\ud800"`,
    '{"\u{1f600}":1,"\ufb33":2}',
    '{"\ufb33":1,"\u{1f600}":2}',
    '{"__proto__":1,"a":2}',
    '1e3',
    '1000',
    '-0',
    '-1',
    '0',
    '1.0',
    '0.5',
    '123456789012345',
    '12345678901234567',
    '[1, 2]',
    '{"a":1 }',
    '{"a":1,"a":1}',
    '{"":1,"":2}',
    '{"a":1,"ab":2}',
    '{"ab":1,"a":2}',
    '{"a\\"b":1,"a":2}',
    String.raw`"\n\"\\"`,
    String.raw`"\/"`,
    String.raw`"\u0041"`,
    String.raw`"\u001f"`,
    '[{"b":{"a":1},"c":{"a":1}}]',
  ];
  for (const text of texts) t.ok(isRecognised(text), text);
  const judged = (text: string): string | undefined => {
    const wrong = uncanonical(Buffer.from(text), text, JSON.parse(text));
    return wrong && inEnglish(wrong);
  };
  t.equal(judged('{"10":1,"9":2}'), undefined, 'names that look like numbers are in order of their text');
  t.match(judged('{"9":1,"10":2}'), /RFC 8785 form from character 3/u);
});

await test('an id that stands twice is found, wherever it stands', (t) => {
  /** Ids that differ in one of their four words only. */
  const uuid = (n: number): string => {
    const words = ['00000001', '00008000', '80000000', '00000000'].with(n % 4, n.toString(16).padStart(8, '0'));
    return words.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-');
  };
  /** What the book says of ids that come in runs, as [index, before]. */
  const found = (ids: readonly string[], runLength: number): readonly (readonly [number, number])[] => {
    const book = createIdBook(runLength);
    return Array.from({ length: Math.ceil(ids.length / runLength) }, (_, run) => run * runLength).flatMap((begin) => {
      const run = ids.slice(begin, begin + runLength);
      const collected = collectIds(begin, begin + run.length);
      for (const [n, id] of run.entries()) collected.add(id, begin + n);
      return book.add(collected.ids).map(({ index, before }) => [index, before] as const);
    });
  };
  const expected = (ids: readonly string[]): readonly (readonly [number, number])[] => {
    const first = new Map<string, number>();
    return ids.flatMap((id, index) => {
      const before = first.get(id);
      first.set(id, before ?? index);
      return before === undefined ? [] : [[index, before] as const];
    });
  };
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (numbers, runLength) => {
      const ids = numbers.map(uuid);
      t.same(found(ids, runLength), expected(ids));
    }),
    { numRuns: 200 },
  );
  const many = Array.from({ length: 20_000 }, (_, n) => uuid(n + 100_000));
  t.same(found(many, 4096), [], 'the table grows');
  t.same(found([...many, uuid(100_000), uuid(119_999)], 4096), [
    [20_000, 0],
    [20_001, 19_999],
  ]);
  t.end();
});

const PYTHON = fileURLToPath(new URL('../tlog/verify_bundle.py', import.meta.url));

const python = (...args: readonly string[]) => spawnSync('python3', [PYTHON, ...args], { encoding: 'utf8' });

await test(
  'a second program, written from the specifications, agrees',
  { skip: spawnSync('python3', ['--version']).status === 0 ? false : 'python3 is not here' },
  async (t) => {
    const dir = writeFiles(temporaryDir(t), FILES);
    const good = python(dir, formatVerifierKey(LOG));
    t.equal(good.status, 0, good.stdout + good.stderr);
    t.match(good.stdout, `verified ${SIZE} events of log.example/duban, root `);
    t.equal(good.stdout.trim().split('root ')[1], (await verify(dir)).root);
    const changes: readonly (readonly [path: string, bytes: Buffer, says: RegExp])[] = [
      ['keys', flipped(original('keys'), original('keys').length - 5), /keys/u],
      ['checkpoint', flipped(original('checkpoint'), at('checkpoint', '\n700\n') + 1), /checkpoint: the signature of/u],
      [
        'checkpoints/256',
        flipped(original('checkpoints/256'), at('checkpoints/256', '\u2014 log.example/duban ') + 40),
        /checkpoints\/256/u,
      ],
      ['tile/entries/001', flipped(original('tile/entries/001'), at('tile/entries/001', '"prevleaf":"') + 14), /position \d+/u],
      ['tile/entries/001', flipped(original('tile/entries/001'), at('tile/entries/001', '依法') + 1), /tile|position|canonical/u],
      [PART, original(PART).subarray(0, -1), /too short/u],
      ['tile/0/000', flipped(original('tile/0/000'), 100), /tile\/0\/000/u],
      ['tile/1/000.p/2', flipped(original('tile/1/000.p/2'), 40), /tile\/1\/000\.p\/2/u],
    ];
    for (const [path, bytes, says] of changes) {
      writeFileSync(join(dir, path), bytes);
      const bad = python(dir);
      t.equal(bad.status, 1, path);
      t.match(bad.stdout, says, path);
      t.match(bad.stdout, /^NOT VERIFIED/u);
      writeFileSync(join(dir, path), original(path));
    }
    t.equal(
      readFileSync(PYTHON, 'utf8').match(/^import (?!base64|hashlib|json|os|re|struct|sys)/mu),
      null,
      'with nothing but the standard library',
    );
  },
);
