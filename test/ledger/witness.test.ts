import { cpSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test, type Test } from 'tap';
import { sha256Hex } from '../../src/kernel/canonical.ts';
import {
  consistencyProof,
  formatAddCheckpoint,
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  generateKey,
  leafHash,
  MAX_NOTE_BYTES,
  nodesFromLeaves,
  noteSigner,
  openNote,
  parseSignatures,
  rootAt,
  signNote,
  trustCheckpoint,
  verifierOf,
  type Hash,
  type NoteKey,
} from '../../src/tlog/index.ts';
import { openWitnessBook } from '../../src/ledger/witness-book.ts';
import { serveHttp } from '../support/serve-http.ts';
import {
  eventually,
  fileIn,
  grow,
  handClock,
  logLine,
  open,
  policyOf,
  record,
  startWitness,
  temporaryDir,
  witnessKey,
  witnessLines,
} from './fixture.ts';
import { english, readinessOf } from '../support/english.ts';

const ORIGIN = 'log.example/duban';
const LOG = generateKey(ORIGIN, 'ed25519');
const LEAVES = Array.from({ length: 40 }, (_, n) => leafHash(Buffer.from(`leaf ${n}`)));
const NODES = nodesFromLeaves(LEAVES);
/** Another history after the first ten leaves. */
const FORK = nodesFromLeaves(LEAVES.map((leaf, n) => (n < 10 ? leaf : leafHash(Buffer.from(`forged ${n}`)))));

const noteOf = (size: number, nodes = NODES, keys: readonly NoteKey[] = [LOG], origin = ORIGIN): Uint8Array =>
  formatNote(
    signNote({ text: formatCheckpoint({ origin, size, root: rootAt(size, nodes), extensions: [] }), signatures: [] }, keys.map(noteSigner)),
  );
const proof = (from: number, to: number, nodes = NODES): readonly Hash[] => consistencyProof(from, to, nodes);

const post = async (
  url: string,
  body: Uint8Array | string,
): Promise<{ readonly status: number; readonly type: string | null; readonly text: string }> => {
  const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: Buffer.from(body) });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
};

await test('the protocol over HTTP: what is cosigned and what is not', async (t) => {
  const key = witnessKey('w.example');
  const clock = handClock(1_700_000_000_000);
  const witness = await startWitness(t, {
    key,
    logs: `${logLine(formatVerifierKey(LOG))}quorum none\n`,
    clock,
    state: join(temporaryDir(t), 'witness.sqlite'),
  });
  const { url } = witness;
  const monitor = `${url}/${sha256Hex(ORIGIN)}/checkpoint`;
  t.equal((await fetch(monitor)).status, 404, 'nothing was cosigned yet');

  const first = await post(url, formatAddCheckpoint(0, [], noteOf(8)));
  t.match(first, { status: 200, type: /text\/plain/u });
  const lines = parseSignatures(first.text);
  t.ok(lines.ok && lines.value.length === 1 && lines.value[0]?.name === 'w.example');
  t.ok(openNote(Buffer.concat([noteOf(8), Buffer.from(first.text)]), [verifierOf(key)]).ok, 'the line completes the note');

  const table: readonly (readonly [what: string, body: Uint8Array | string, status: number, text?: RegExp])[] = [
    ['not a request', 'hello', 400],
    ['no old size', Buffer.concat([Buffer.from('old x\n\n'), noteOf(9)]), 400, /bad-old-size/u],
    ['a size with a leading zero', Buffer.concat([Buffer.from('old 08\n\n'), noteOf(9)]), 400],
    ['a proof line that is none', Buffer.concat([Buffer.from('old 8\nAAAA\n\n'), noteOf(9)]), 400, /bad-proof-line/u],
    ['64 proof lines', Buffer.concat([Buffer.from(`old 8\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}\n`), noteOf(9)]), 400],
    ['an old size past the checkpoint', formatAddCheckpoint(12, [], noteOf(9)), 400, /old-size-past-checkpoint/u],
    [
      'a log that is not known',
      formatAddCheckpoint(0, [], noteOf(8, NODES, [generateKey('other.example', 'ed25519')], 'other.example')),
      404,
      /unknown-origin/u,
    ],
    ['a key that is not known', formatAddCheckpoint(8, proof(8, 12), noteOf(12, NODES, [generateKey(ORIGIN, 'ed25519')])), 403],
    [
      'a signature that is bad',
      Buffer.from(
        Buffer.from(formatAddCheckpoint(8, proof(8, 12), noteOf(12)))
          .toString('utf8')
          .replace('\n12\n', '\n13\n'),
      ),
      403,
      /bad-signature/u,
    ],
    ['a size that was not the last', formatAddCheckpoint(4, proof(4, 12), noteOf(12)), 409, /^8\n$/u],
    ['from nothing, again', formatAddCheckpoint(0, [], noteOf(12)), 409, /^8\n$/u],
    ['another tree', formatAddCheckpoint(8, proof(8, 20).toSpliced(0, 1, LEAVES[0] ?? LOG.publicKey), noteOf(20)), 422],
    ['no proof', formatAddCheckpoint(8, [], noteOf(12)), 422],
    ['an oversized note', Buffer.concat([Buffer.from('old 8\n\n'), Buffer.alloc(MAX_NOTE_BYTES + 1, 'x')]), 400],
    ['a body beyond all bounds', Buffer.alloc(2 * MAX_NOTE_BYTES, 'x'), 413],
  ];
  for (const [what, body, status, text] of table) {
    const answer = await post(url, body);
    t.equal(answer.status, status, what);
    if (text !== undefined) t.match(answer.text, text, what);
    if (status === 409) t.match(answer.type, /^text\/x\.tlog\.size/u, what);
  }
  t.equal((await fetch(`${url}/elsewhere`)).status, 404);
  const kept = Buffer.from(await (await fetch(monitor)).arrayBuffer());
  const trusted = trustCheckpoint(kept, policyOf(`${logLine(formatVerifierKey(LOG))}witness w ${formatVerifierKey(key)}\nquorum w\n`));
  t.match(
    trusted,
    { ok: true, value: { checkpoint: { size: 8 }, cosigned: [{ witness: 'w', time: 1_700_000_000 }] } },
    'none of them changed what it keeps',
  );

  clock.advance(60_000);
  t.equal((await post(url, formatAddCheckpoint(8, [], noteOf(8)))).status, 200, 'the same again, with a newer time');
  t.equal((await post(url, formatAddCheckpoint(8, proof(8, 20), noteOf(20)))).status, 200);
  t.match(await post(url, formatAddCheckpoint(20, [], noteOf(20, FORK))), { status: 422 }, 'a fork of the same size');
  t.match(await post(url, formatAddCheckpoint(20, proof(20, 30, FORK), noteOf(30, FORK))), { status: 422 }, 'a fork that has grown');
  t.match(await post(url, formatAddCheckpoint(8, [], noteOf(8))), { status: 409, text: '20\n' }, 'a log that was rolled back');
});

await test('of two checkpoints that come at once, a witness cosigns one', async (t) => {
  const key = witnessKey('w.example');
  const state = join(temporaryDir(t), 'witness.sqlite');
  const logs = `${logLine(formatVerifierKey(LOG))}quorum none\n`;
  // Two processes on one file are two servers here: each request is one transaction.
  const one = await startWitness(t, { key, logs, clock: handClock(), state });
  const two = await startWitness(t, { key, logs, clock: handClock(), state });
  await post(one.url, formatAddCheckpoint(0, [], noteOf(10)));
  const rivals = [noteOf(20), noteOf(20, FORK)];
  for (let round = 0; round < 5; round += 1) {
    const answers = await Promise.all(
      [one, two, one, two].map(({ url }, n) =>
        post(url, formatAddCheckpoint(10, proof(10, 20, n % 2 === 0 ? NODES : FORK), rivals[n % 2] ?? noteOf(20))),
      ),
    );
    if (round === 0) t.equal(answers.filter(({ status }) => status === 200).length, 1);
    else
      t.ok(
        answers.every(({ status }) => status === 409),
        'the size has moved',
      );
  }
  await one.close();
  await two.close();
  const book = openWitnessBook(state);
  t.throws(
    () => book.decide(ORIGIN, () => ({ answer: 0, keep: { state: { size: 5, root: rootAt(5, NODES) }, note: noteOf(5) } })),
    /only grows/u,
    'its file does not let a log shrink',
  );
  t.throws(
    () => book.decide(ORIGIN, () => ({ answer: 0, keep: { state: { size: 20, root: rootAt(19, NODES) }, note: noteOf(20) } })),
    /only grows/u,
  );
  book.close();
  t.equal(statSync(state).isFile(), true);
});

const anchored = async (t: Test) => {
  const dir = temporaryDir(t);
  const clock = handClock();
  const first = open(t, dir, clock);
  await first.close();
  const logs = `${logLine(first.services.ledger.verifierKeys()[0] ?? '')}quorum none\n`;
  const witnesses = await Promise.all(
    ['one.example', 'two.example'].map((name) =>
      startWitness(t, { key: witnessKey(name), logs, clock, state: join(temporaryDir(t), 'witness.sqlite') }),
    ),
  );
  const policy = fileIn(temporaryDir(t), 'policy', logs.replace('quorum none\n', '') + witnessLines(witnesses, 2));
  return { dir, clock, logs, witnesses, policy };
};

await test('a log has its checkpoints cosigned, and hears what witnesses remember before it signs', async (t) => {
  const { dir, clock, logs, witnesses, policy } = await anchored(t);
  const [one, two] = witnesses;
  if (one === undefined || two === undefined) throw new Error('two witnesses');
  const duban = open(t, dir, clock, { policy });
  const { ledger } = duban.services;
  await grow(duban, clock, 12);
  await eventually('it is cosigned by both', () => ledger.anchoredThrough() > 0);
  const newest = ledger.last();
  t.equal(ledger.anchoredThrough(), newest?.size);
  const trusted =
    newest === undefined
      ? undefined
      : trustCheckpoint(ledger.note(newest), policyOf(logs.replace('quorum none\n', '') + witnessLines(witnesses, 2)));
  t.match(trusted, { ok: true, value: { cosigned: [{ witness: 'w1' }, { witness: 'w2' }] } });

  // One witness goes away: nothing is lost but the quorum, and it comes back.
  const port = Number(new URL(two.url).port);
  await two.close();
  clock.advance(20_000);
  await grow(duban, clock, 3);
  await eventually('it is signed', () => ledger.last()?.size === 15);
  await eventually('the other still cosigns', () => ledger.cosigners(15).length === 1);
  t.ok(ledger.anchoredThrough() < 15);
  t.equal(ledger.stopped(), undefined);
  await eventually('it is told', () => duban.told.includes('a witness could not be reached'));
  const again = await startWitness(t, { key: two.key, logs, clock, state: join(temporaryDir(t), 'forgot.sqlite'), port });
  await eventually('a witness that has forgotten begins anew', () => ledger.anchoredThrough() === 15, 20_000);
  t.equal(duban.told.filter((message) => message === 'a witness could not be reached').length, 1, 'once, however often it was tried');
  await duban.close();

  // With no quorum to be heard nothing is signed, and what is asked for is told to come back.
  await again.close();
  const deaf = open(t, dir, clock, { policy });
  clock.advance(20_000);
  await grow(deaf, clock, 2);
  deaf.services.ledger.tick();
  t.equal(deaf.services.ledger.last()?.size, 15);
  t.equal(deaf.services.ledger.cover(17), undefined);
  t.same(deaf.readiness().ready, true, 'it serves all the same');
  await startWitness(t, { key: two.key, logs, clock, state: join(temporaryDir(t), 'third.sqlite'), port });
  await eventually('it signs once they have spoken', () => deaf.services.ledger.anchoredThrough() === 17, 20_000);
});

await test('a directory restored from an older copy is found out by a witness, and signs nothing', async (t) => {
  const { dir, clock, policy } = await anchored(t);
  const duban = open(t, dir, clock, { policy });
  await grow(duban, clock, 12);
  await eventually('cosigned', () => duban.services.ledger.anchoredThrough() > 0);
  await duban.close();
  const older = join(temporaryDir(t), 'older');
  cpSync(dir, older, { recursive: true });
  const longer = open(t, dir, clock, { policy });
  await eventually('it may sign', () => longer.services.ledger.anchoredThrough() > 0);
  clock.advance(20_000);
  await grow(longer, clock, 5);
  await eventually('cosigned', () => longer.services.ledger.anchoredThrough() === 17);
  await longer.close();

  const restored = open(t, older, clock, { policy });
  const before = restored.services.ledger.last()?.size;
  await eventually('the witnesses have spoken', () => restored.services.ledger.contradicted());
  t.match(readinessOf(restored.readiness()), {
    ready: false,
    reasons: [/positions 13 to 17 are missing: witness w[12] keeps a checkpoint of size 17, but the log ends at 12/u],
  });
  await t.rejects(restored.services.store.append('record-z', 'none', [record('record-z', 1)]), { name: 'StoreUnavailable' });
  clock.advance(60_000);
  restored.services.ledger.tick();
  restored.services.ledger.seal();
  t.equal(restored.services.ledger.last()?.size, before);
  await restored.close();

  // Other events in the place of those that are missing: the size is right, and the tree is not.
  const replaced = open(t, older, clock);
  await grow(replaced, clock, 9);
  await replaced.close();
  const forked = open(t, older, clock, { policy });
  await eventually('the witnesses have spoken', () => forked.services.ledger.contradicted());
  t.match(
    english(forked.services.ledger.stopped()),
    /the first 17 events are not those of the checkpoint of size 17 that witness w[12] keeps/u,
  );
});

await test('a witness cannot stop a log by its word alone', async (t) => {
  const answers: readonly (readonly [
    what: string,
    get: readonly [number, Uint8Array | string],
    add: readonly [number, string],
    told: RegExp,
  ])[] = [
    ['it says it is ahead', [404, ''], [409, '999999\n'], /seen more than was signed/u],
    ['it says the log is inconsistent', [404, ''], [422, 'root-to-mismatch\n'], /inconsistent/u],
    ['it keeps what another key signed', [200, noteOf(30, NODES, [generateKey(ORIGIN, 'ed25519')])], [409, '30\n'], /did not sign/u],
    ['it keeps what is no note', [200, 'what?'], [403, 'no\n'], /did not sign|did not cosign/u],
    ['it answers without end', [200, 'x'.repeat(1024 * 1024)], [200, ''], /could not be reached/u],
    ['it cosigns something else', [404, ''], [200, '\u2014 liar.example AAAAAAAAAAA=\n'], /something else/u],
    ['it fails', [500, ''], [500, ''], /does not say/u],
  ];
  for (const [what, [getStatus, getBody], [addStatus, addBody], told] of answers) {
    const url = await serveHttp(t, (request, response) => {
      request.resume();
      request.on('end', () => {
        const [status, body] = request.method === 'GET' ? [getStatus, getBody] : [addStatus, addBody];
        response.writeHead(status).end(body);
      });
    });
    const dir = temporaryDir(t);
    const clock = handClock();
    const first = open(t, dir, clock);
    await first.close();
    const policy = fileIn(
      dir,
      'policy',
      logLine(first.services.ledger.verifierKeys()[0] ?? '') + witnessLines([{ key: witnessKey('liar.example'), url }], 1),
    );
    const duban = open(t, dir, clock, { policy });
    duban.services.ledger.begin(); // as if another witness of the quorum had spoken
    await grow(duban, clock, 3);
    await eventually(what, () => duban.told.some((message) => told.test(message)));
    t.equal(duban.services.ledger.stopped(), undefined, what);
    t.equal(duban.services.ledger.anchoredThrough(), 0, what);
    await grow(duban, clock, 15);
    duban.services.ledger.tick();
    t.equal(duban.services.ledger.last()?.size, 18, `${what}: and the log goes on`);
    await duban.close();
  }
});
