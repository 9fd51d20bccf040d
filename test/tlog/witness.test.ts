import * as fc from 'fast-check';
import { test } from 'tap';
import {
  EMPTY_ROOT,
  consistencyProof,
  cosign,
  cosigner,
  decideAddCheckpoint,
  formatAddCheckpoint,
  formatCheckpoint,
  formatNote,
  generateKey,
  nodesFromLeaves,
  noteSigner,
  openNote,
  parseAddCheckpoint,
  parseVerifierKey,
  refusalAnswer,
  rootAt,
  signNote,
  verifierOf,
} from '../../src/tlog/index.ts';
import type { Hash, NoteKey, Verifier, WitnessDecision, WitnessState } from '../../src/tlog/index.ts';
import vectors from '../vectors/ledger/signed-notes.json' with { type: 'json' };
import published from '../vectors/ledger/witness-requests.json' with { type: 'json' };
import { base64, flip, hex, leafHashes, text, unbase64, unhex, utf8, value } from './fixtures.ts';

const WITNESS = generateKey('witness.example/w1', 'cosignature');

/** A witness of one log in memory: what the caller of the pure core does around it. */
const memoryWitness = (origin: string, log: readonly Verifier[], first?: WitnessState) => {
  let state = first;
  let latest: Uint8Array | undefined;
  const post = (body: Uint8Array): { readonly status: number; readonly body: string } => {
    const request = parseAddCheckpoint(body);
    if (!request.ok) return { status: 400, body: request.reason };
    const decision = decideAddCheckpoint(request.value, request.value.checkpoint.origin === origin ? log : undefined, state);
    if (decision.status !== 200) return { status: decision.status, body: refusalAnswer(decision).body };
    const { lines, note } = cosign(decision, [cosigner(WITNESS, 1_700_000_000)]);
    state = decision.state;
    latest = note;
    return { status: 200, body: lines };
  };
  return { post, state: () => state, latest: () => latest };
};

await test("another witness's published requests", async (t) => {
  const key = value(parseVerifierKey(published.vkey));
  const witness = memoryWitness(key.name, [verifierOf(key)]);
  t.equal(published.requests.length, 9);
  for (const [i, { body, status, size }] of published.requests.entries()) {
    if (status === 403) {
      // Upstream spoilt the signature in a way that is no canonical base64 either; that is malformed here before it is bad.
      t.equal(witness.post(utf8(body)).status, 400, `request ${i} as sent`);
      t.equal(witness.post(utf8(body.replace('6gx=', '6gw='))).status, 403, `request ${i} in canonical base64`);
      continue;
    }
    const answer = witness.post(utf8(body));
    t.equal(answer.status, status, `request ${i}`);
    if (status === 200) t.match(answer.body, /^\u2014 witness\.example\/w1 [A-Za-z0-9+/=]+\n$/);
    if (size !== undefined) t.equal(answer.body, `${size}\n`);
  }
  t.equal(witness.state()?.size, 5);
});

await test('a published pair of checkpoints and the proof between them', async (t) => {
  const [before, after] = vectors.valid.slice(3);
  const key = value(parseVerifierKey(before?.vkey ?? ''));
  const witness = memoryWitness('monkeys', [verifierOf(key)]);
  const { size1, root1, proofHex } = vectors.consistencyBetweenCheckpoints;
  t.equal(witness.post(formatAddCheckpoint(0, [], utf8(before?.note ?? ''))).status, 200);
  t.strictSame([witness.state()?.size, base64(witness.state()?.root ?? EMPTY_ROOT)], [size1, root1]);
  t.equal(witness.post(formatAddCheckpoint(5, proofHex.slice(1).map(unhex), utf8(after?.note ?? ''))).status, 422);
  t.equal(witness.post(formatAddCheckpoint(5, proofHex.map(unhex), utf8(after?.note ?? ''))).status, 200);
  const both = value(openNote(witness.latest() ?? utf8(''), [verifierOf(key), verifierOf(WITNESS)]));
  t.strictSame(
    both.signatures.map(({ name }) => name),
    ['monkeys', 'witness.example/w1'],
  );
  t.equal(base64(unbase64(root1)), root1);
});

const ORIGIN = 'log.example';
const LOG = generateKey(ORIGIN, 'ed25519');
const KEYS = [verifierOf(LOG)];
const NODES = nodesFromLeaves(leafHashes(64));
const FORK = nodesFromLeaves(leafHashes(64).map((leaf) => flip(leaf, 0)));

const noteOf = (size: number, root: Hash, key: NoteKey = LOG, origin = ORIGIN): Uint8Array =>
  formatNote(signNote({ text: formatCheckpoint({ origin, size, root, extensions: [] }), signatures: [] }, [noteSigner(key)]));
const honest = (size: number): Uint8Array => noteOf(size, rootAt(size, NODES));
const stateAt = (size: number): WitnessState => ({ size, root: rootAt(size, NODES) });
const decide = (body: Uint8Array, state: WitnessState | undefined, log: readonly Verifier[] | undefined = KEYS): WitnessDecision =>
  decideAddCheckpoint(value(parseAddCheckpoint(body)), log, state);

const PROOF = consistencyProof(20, 50, NODES);
const forged = text(honest(50)).replace(/.{8}\n$/, 'AAAAAAA=\n');

await test('the table of answers', async (t) => {
  const table: readonly (readonly [string, Uint8Array, WitnessState | undefined, number, string])[] = [
    ['grown, with its proof', formatAddCheckpoint(20, PROOF, honest(50)), stateAt(20), 200, ''],
    ['the first checkpoint', formatAddCheckpoint(0, [], honest(50)), undefined, 200, ''],
    ['the first after an empty one', formatAddCheckpoint(0, [], honest(50)), { size: 0, root: EMPTY_ROOT }, 200, ''],
    ['empty, first', formatAddCheckpoint(0, [], noteOf(0, EMPTY_ROOT)), undefined, 200, ''],
    ['the same again', formatAddCheckpoint(20, [], honest(20)), stateAt(20), 200, ''],
    ['old size past the checkpoint', formatAddCheckpoint(51, [], honest(50)), stateAt(20), 400, 'old-size-past-checkpoint'],
    ['old size past the checkpoint, as stored', formatAddCheckpoint(60, [], honest(50)), stateAt(60), 400, 'old-size-past-checkpoint'],
    [
      'signed by a stranger',
      formatAddCheckpoint(20, PROOF, noteOf(50, rootAt(50, NODES), generateKey(ORIGIN, 'ed25519'))),
      stateAt(20),
      403,
      'no-known-signature',
    ],
    ['a bad signature', formatAddCheckpoint(20, PROOF, utf8(forged)), stateAt(20), 403, 'bad-signature'],
    ['old size behind', formatAddCheckpoint(10, consistencyProof(10, 50, NODES), honest(50)), stateAt(20), 409, 'old-size-mismatch'],
    ['old size ahead', formatAddCheckpoint(30, consistencyProof(30, 50, NODES), honest(50)), stateAt(20), 409, 'old-size-mismatch'],
    ['asking where we are', formatAddCheckpoint(0, [], honest(50)), stateAt(20), 409, 'old-size-mismatch'],
    ['a size never seen', formatAddCheckpoint(20, PROOF, honest(50)), undefined, 409, 'old-size-mismatch'],
    ['no proof', formatAddCheckpoint(20, [], honest(50)), stateAt(20), 422, 'proof-too-short'],
    [
      'a spoilt proof',
      formatAddCheckpoint(
        20,
        PROOF.map((hash) => flip(hash, 3)),
        honest(50),
      ),
      stateAt(20),
      422,
      'root-from-mismatch',
    ],
    ['too long a proof', formatAddCheckpoint(20, [...PROOF, EMPTY_ROOT], honest(50)), stateAt(20), 422, 'proof-too-long'],
    [
      'a fork',
      formatAddCheckpoint(20, consistencyProof(20, 50, FORK), noteOf(50, rootAt(50, FORK))),
      stateAt(20),
      422,
      'root-from-mismatch',
    ],
    ['another root for the same size', formatAddCheckpoint(20, [], noteOf(20, rootAt(20, FORK))), stateAt(20), 422, 'root-to-mismatch'],
    ['a proof for the same size', formatAddCheckpoint(20, PROOF, honest(20)), stateAt(20), 422, 'proof-too-long'],
    ['one hash from nothing', formatAddCheckpoint(0, [EMPTY_ROOT], honest(50)), undefined, 422, 'proof-from-nothing'],
    ['a proof from nothing', formatAddCheckpoint(0, PROOF, honest(50)), undefined, 422, 'proof-from-nothing'],
    ['empty, with a root', formatAddCheckpoint(0, [], noteOf(0, rootAt(1, NODES))), undefined, 422, 'root-of-nothing-mismatch'],
  ];
  for (const [name, body, state, status, reason] of table) {
    const decision = decide(body, state);
    t.equal(decision.status, status, name);
    t.equal(decision.status === 200 ? '' : decision.reason, reason, name);
  }
  const unknown = decideAddCheckpoint(value(parseAddCheckpoint(formatAddCheckpoint(0, [], honest(5)))), undefined, undefined);
  t.strictSame(unknown, { status: 404, reason: 'unknown-origin' });
});

await test('what goes back with a refusal', async (t) => {
  const conflict = decide(formatAddCheckpoint(0, [], honest(50)), stateAt(20));
  if (conflict.status === 200) throw new Error('cosigned');
  t.strictSame(refusalAnswer(conflict), { contentType: 'text/x.tlog.size', body: '20\n' });
  const bad = decide(formatAddCheckpoint(20, [], honest(50)), stateAt(20));
  if (bad.status === 200) throw new Error('cosigned');
  t.strictSame(refusalAnswer(bad), { contentType: 'text/plain; charset=utf-8', body: 'proof-too-short\n' });
});

await test('consent: the state to keep, the lines to answer, the note to show', async (t) => {
  const stranger = noteSigner(generateKey('stranger.example', 'ed25519'));
  const signed = signNote(
    { text: formatCheckpoint({ origin: ORIGIN, size: 50, root: rootAt(50, NODES), extensions: ['more'] }), signatures: [] },
    [stranger, noteSigner(LOG)],
  );
  const decision = decide(formatAddCheckpoint(20, PROOF, formatNote(signed)), stateAt(20));
  if (decision.status !== 200) throw new Error(decision.reason);
  t.strictSame([decision.state.size, hex(decision.state.root)], [50, hex(rootAt(50, NODES))]);

  const { lines, note } = cosign(decision, [cosigner(WITNESS, 1_700_000_000)]);
  const opened = value(openNote(note, [verifierOf(LOG), verifierOf(WITNESS)]));
  t.strictSame([opened.signatures.map(({ name }) => name), opened.unknown], [[ORIGIN, 'witness.example/w1'], []]);
  t.match(opened.text, /\nmore\n$/, 'extension lines are cosigned too');
  // The client appends the answer to its own note.
  t.ok(openNote(utf8(text(formatNote(signed)) + lines), [verifierOf(WITNESS)]).ok);
});

await test('malformed requests', async (t) => {
  const note = text(honest(5));
  const hash = base64(EMPTY_ROOT);
  const bad: readonly (readonly [string, string])[] = [
    ['', 'no-checkpoint'],
    ['old 0\n', 'no-checkpoint'],
    ['old 0\n\n', 'no-signature-block'],
    [`old 0\n${note}`, 'bad-proof-line'],
    [`\nold 0\n\n${note}`, 'bad-old-size'],
    [note, 'bad-old-size'],
    [`\n\n${note}`, 'bad-old-size'],
    ...['', '01', '+1', '-1', ' 1', '1 ', '0x1', '1.0', '1\r', 'one', '9007199254740992'].map(
      (size) => [`old ${size}\n\n${note}`, 'bad-old-size'] as const,
    ),
    [`old\t0\n\n${note}`, 'bad-old-size'],
    [`size 0\n\n${note}`, 'bad-old-size'],
    [`Old 0\n\n${note}`, 'bad-old-size'],
    ...['x', hash.slice(1), `${hash}=`, ` ${hash}`, `${hash}\r`, base64(new Uint8Array(31))].map(
      (line) => [`old 1\n${line}\n\n${note}`, 'bad-proof-line'] as const,
    ),
    [`old 1\n${`${hash}\n`.repeat(64)}\n${note}`, 'too-many-proof-lines'],
    [`old 0\n\n${note.trimEnd()}`, 'no-signature-block'],
    [`old 0\n\n\u0007${note}`, 'not-plain-text'],
    [
      `old 0\n\n${text(formatNote(signNote({ text: 'log.example\n05\nAA==\n', signatures: [] }, [noteSigner(LOG)])))}`,
      'bad-checkpoint-size',
    ],
    [`old 0\n\n${'x'.repeat(1024 * 1024 + 10_000)}`, 'request-too-large'],
    [`old 0\n\n${'x'.repeat(1024 * 1024 + 1)}`, 'note-too-large'],
  ];
  for (const [body, reason] of bad) {
    const parsed = parseAddCheckpoint(utf8(body));
    t.equal(parsed.ok ? 'parsed' : parsed.reason, reason, JSON.stringify(body.slice(0, 60)));
  }
  const second = parseAddCheckpoint(utf8(`old 1\n${hash}\nx\n\n${note}`));
  t.strictSame(second, { ok: false, reason: 'bad-proof-line', detail: 'proof line 2' });
  const longest = parseAddCheckpoint(utf8(`old 1\n${`${hash}\n`.repeat(63)}\n${note}`));
  t.equal(longest.ok && longest.value.proof.length, 63);
  t.equal(value(parseAddCheckpoint(formatAddCheckpoint(1, longest.ok ? longest.value.proof : [], honest(5)))).proof.length, 63);
  t.throws(() => formatAddCheckpoint(-1, [], honest(5)), RangeError);
  t.throws(() => formatAddCheckpoint(1, [new Uint8Array(31)], honest(5)), RangeError);
  t.throws(
    () =>
      formatAddCheckpoint(
        1,
        Array.from({ length: 64 }, () => EMPTY_ROOT),
        honest(5),
      ),
    RangeError,
  );
});

await test('a witness follows an honest log and never cosigns its fork', async (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ size: fc.integer({ min: 1, max: 64 }), forked: fc.boolean() }), { minLength: 1, maxLength: 12 }),
      (steps) => {
        const witness = memoryWitness(ORIGIN, KEYS);
        let followed: 'nothing' | 'log' | 'fork' = 'nothing';
        for (const { size, forked } of steps) {
          const tree = forked ? FORK : NODES;
          const old = witness.state()?.size ?? 0;
          const proof = old === 0 || old > size ? [] : consistencyProof(old, size, tree);
          const { status } = witness.post(formatAddCheckpoint(old, proof, noteOf(size, rootAt(size, tree))));
          const side = forked ? 'fork' : 'log';
          const expected = old > size ? 400 : followed === 'nothing' || followed === side ? 200 : 422;
          if (status !== expected) return false;
          if (status === 200) followed = side;
        }
        return true;
      },
    ),
    { numRuns: 60 },
  );
  t.pass();
});
