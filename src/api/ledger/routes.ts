import { z } from 'zod';
import { instant } from '../../kernel/schema.ts';
import { eventById } from '../shared/event-by-id.ts';
import { millisText } from '../../kernel/clock.ts';
import { encodeEntries, parseTilePath, TILE_WIDTH } from '../../tlog/index.ts';
import { awaitOwn, fieldProblem, logPosition, nextLink, notFound, ordinal, plain, problem, scopeOf, type Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { unanchoredSince } from '../../ledger/anchoring.ts';
import type { SignedCheckpoint } from '../../ledger/checkpoint-store.ts';
import { languageOf } from '../../http/negotiate.ts';
import { say, type Message } from '../../messages/message.ts';
import { inWords } from '../../messages/words.ts';
import { TAGS as TAGS_OF_LANGUAGES } from '../../messages/language.ts';
import { wording } from '../../messages/standing.ts';

/** Proofs that need no trust in us: checkpoints, inclusion, consistency, receipts, tiles (C2SP, RFC 6962). */

const TAGS = ['Ledger'] as const;
const READERS = ['office', 'unit', 'auditor', 'admin'] as const;
const TEXT = 'text/plain; charset=utf-8';
const IMMUTABLE = { 'cache-control': 'private, max-age=31536000, immutable' };
const PAGE = 100;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const hashes = z.array(z.string()).meta({ description: wording('api.ledger.base64-32-bytes-each') });

const stampText = (reply: Uint8Array | undefined): string | null => (reply === undefined ? null : base64(reply));

const checkpointLine = z
  .strictObject({
    size: z.int(),
    rootHash: z.string(),
    signedAt: instant,
    witnesses: z.array(z.string()),
    timestamp: z
      .string()
      .nullable()
      .meta({ description: wording('api.ledger.reply-time-stamping-authority-rfc-3161') }),
    note: z.string().meta({ description: wording('api.ledger.signed-note-with-cosignatures-c2sp-signed') }),
  })
  .meta({ id: 'Checkpoint' });

export const ledgerRoutes = (kit: Kit, { ledger, checkpointStore, sightOf, store, views }: Services): void => {
  const retry = (what: Message) =>
    problem('not-anchored-yet', say('api.ledger.not-covered-by-signed-checkpoint-yet', { what }), { headers: { 'retry-after': '1' } });

  const shown = (checkpoint: SignedCheckpoint): z.infer<typeof checkpointLine> => ({
    size: checkpoint.size,
    rootHash: base64(checkpoint.root),
    signedAt: millisText(checkpoint.signedAt),
    witnesses: [...ledger.cosigners(checkpoint.size)],
    timestamp: stampText(checkpointStore.stamp(checkpoint.size)),
    note: Buffer.from(ledger.note(checkpoint)).toString('utf8'),
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/ledger/checkpoint',
    summary: wording('api.ledger.newest-signed-checkpoint-with-cosignatures'),
    tags: TAGS,
    refuses: ['not-anchored-yet'],
    access: READERS,
    produces: { 'text/plain': wording('api.ledger.signed-note-c2sp-tlog-checkpoint') },
    run: () => {
      const newest = ledger.cover(ledger.size()) ?? ledger.last();
      return newest === undefined ? retry(say('api.ledger.log')) : { type: TEXT, content: ledger.note(newest) };
    },
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/ledger/checkpoints',
    summary: wording('api.ledger.signed-checkpoints-in-order-size'),
    tags: TAGS,
    refuses: ['beyond-the-log'],
    access: READERS,
    query: z.strictObject({ after: logPosition.optional() }),
    response: z.strictObject({
      items: z.array(checkpointLine),
      next: z
        .int()
        .nullable()
        .meta({ description: wording('api.ledger.after-next-page') }),
      origin: z.string(),
      size: z.int().meta({ description: wording('api.ledger.events-in-log') }),
      signedThrough: z.int(),
      anchoredThrough: z.int().meta({ description: wording('api.ledger.largest-size-that-quorum-witnesses-has') }),
      unanchored: z.int().meta({ description: wording('api.ledger.events-that-no-quorum-vouches-for') }),
      unanchoredSince: instant.nullable().meta({ description: wording('api.ledger.when-first-these-was-recorded') }),
      stopped: z
        .string()
        .nullable()
        .meta({ description: wording('api.ledger.why-nothing-signed-where-nothing') }),
      waiting: z
        .string()
        .nullable()
        .meta({ description: wording('api.ledger.what-signing-waits-for-where-goes') }),
    }),
    run: async ({ query: { after = 0 }, request }) => {
      const late = await kit.reaching.log(after, '/after');
      if (late !== undefined) return late;
      const found = checkpointStore.after(after, PAGE + 1);
      const next = found.length > PAGE ? (found[PAGE - 1]?.size ?? null) : null;
      const anchoredThrough = ledger.anchoredThrough();
      const since = unanchoredSince(ledger, store);
      const language = languageOf(request);
      return {
        headers: {
          'content-language': TAGS_OF_LANGUAGES[language],
          vary: 'accept-language',
          ...(next === null ? {} : nextLink(request.url, 'after', next)),
        },
        json: {
          items: found.slice(0, PAGE).map(shown),
          next,
          origin: ledger.origin,
          size: ledger.size(),
          signedThrough: ledger.last()?.size ?? 0,
          anchoredThrough,
          unanchored: ledger.size() - anchoredThrough,
          unanchoredSince: since === undefined ? null : millisText(since),
          stopped: inWords(ledger.stopped() ?? '', language) || null,
          waiting: inWords(ledger.waiting() ?? '', language) || null,
        },
      };
    },
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/ledger/key',
    summary: wording('api.ledger.verifier-keys-checkpoints-oldest-first-last'),
    tags: TAGS,
    reads: 'elsewhere',
    access: READERS,
    produces: { 'text/plain': wording('api.ledger.verifier-keys-c2sp-signed-note-one') },
    run: () => ({
      type: TEXT,
      content: ledger
        .verifierKeys()
        .map((key) => `${key}\n`)
        .join(''),
    }),
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/ledger/proof/inclusion',
    summary: wording('api.ledger.that-event-at-position-in-tree'),
    tags: TAGS,
    refuses: ['as-of-out-of-range', 'not-anchored-yet'],
    access: READERS,
    query: z.strictObject({ position: ordinal, size: ordinal.optional() }),
    response: z.strictObject({ index: z.int(), size: z.int(), leafHash: z.string(), rootHash: z.string(), hashes }),
    run: ({ query: { position, size = ledger.size() } }) => {
      if (size > ledger.size())
        return fieldProblem('as-of-out-of-range', '/size', say('api.ledger.beyond-tree-which-has-leaves', { size: ledger.size() }));
      const event = position > size ? undefined : store.at(position);
      if (event === undefined) return fieldProblem('as-of-out-of-range', '/position', say('api.ledger.not-in-tree-leaves', { size }));
      return {
        json: {
          index: position - 1,
          size,
          leafHash: base64(event.leaf),
          rootHash: base64(ledger.root(size)),
          hashes: ledger.inclusion(position, size).map(base64),
        },
      };
    },
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/ledger/proof/consistency',
    summary: wording('api.ledger.that-tree-one-size-beginning-that'),
    tags: TAGS,
    refuses: ['as-of-out-of-range', 'not-anchored-yet'],
    access: READERS,
    query: z.strictObject({ from: ordinal, to: ordinal.optional() }),
    response: z.strictObject({ from: z.int(), to: z.int(), hashes }),
    run: ({ query: { from, to = ledger.size() } }) => {
      if (to > ledger.size())
        return fieldProblem('as-of-out-of-range', '/to', say('api.ledger.beyond-tree-which-has-leaves', { size: ledger.size() }));
      if (from > to) return fieldProblem('as-of-out-of-range', '/from', say('api.ledger.larger-than-to'));
      return { json: { from, to, hashes: ledger.consistency(from, to).map(base64) } };
    },
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/log/events/:id/proof',
    summary: wording('api.ledger.receipt-event-proof-file-that-needs'),
    description: wording('api.ledger.unit-gets-those-events-that-may'),
    tags: TAGS,
    refuses: ['not-found', 'not-anchored-yet'],
    access: READERS,
    params: z.strictObject({ id: z.uuid() }),
    produces: { 'text/plain': wording('api.ledger.c2sp-tlog-proof-index-hashes-and') },
    run: async ({ params: { id }, principal }) => {
      const late = await awaitOwn(kit, principal);
      if (late !== undefined) return late;
      const stored = eventById({ views, store, sightOf }, id, scopeOf(principal));
      if (stored === undefined) return notFound(say('api.ledger.no-event-this-id-in-log'));
      const checkpoint = await coverSoon(stored.position);
      if (checkpoint === undefined) return retry(say('api.ledger.position', { position: stored.position }));
      return {
        type: TEXT,
        headers: { 'content-disposition': `attachment; filename="${id}.tlog-proof"` },
        content: ledger.receipt(stored.position, checkpoint),
      };
    },
  });

  /** A checkpoint is signed at most once a second on request: a receipt asked for sooner waits for that one. */
  const coverSoon = async (position: number): Promise<SignedCheckpoint | undefined> => {
    const covered = ledger.cover(position);
    if (covered !== undefined || ledger.stopped() !== undefined) return covered;
    await new Promise((resolve) => {
      setTimeout(resolve, RECEIPT_WAIT_MILLIS);
    });
    return ledger.cover(position);
  };

  plain(kit, {
    method: 'GET',
    url: '/v1/ledger/tile/*',
    summary: wording('api.ledger.tiles-hashes-and-bundles-entries-c2sp'),
    description: wording('api.ledger.v1-ledger-tile-l-n-p'),
    tags: TAGS,
    refuses: ['not-found'],
    access: READERS,
    params: z.strictObject({ '*': z.string().max(200) }),
    produces: { 'application/octet-stream': wording('api.ledger.hashes-32-bytes-or-entries-each') },
    run: ({ params: { '*': path }, principal }) => {
      const parsed = parseTilePath(`tile/${path}`);
      if (!parsed.ok) return notFound(say('api.ledger.that-no-path-tile'));
      const { level, index, width } = parsed.value;
      // Hashes give nothing away; the entries are everybody's events.
      if (level === 'entries' && principal?.role === 'unit') return notFound(say('api.ledger.that-not-shown-to-unit'));
      const bytes = level === 'entries' ? entriesOf(index, width) : ledger.tile({ level, index, width });
      return bytes === undefined
        ? notFound(say('api.ledger.tree-has-no-such-tile-yet'))
        : { type: 'application/octet-stream', headers: IMMUTABLE, content: bytes };
    },
  });

  const entriesOf = (index: number, width: number): Uint8Array | undefined => {
    const first = index * TILE_WIDTH;
    if (first + width > ledger.size()) return undefined;
    return encodeEntries(store.readAll(first, width).map(({ bytes }) => bytes));
  };

  plain(kit, {
    method: 'POST',
    url: '/v1/ledger/cosignatures',
    summary: wording('api.ledger.hand-in-witnesss-line-for-checkpoint'),
    tags: TAGS,
    access: ['office', 'auditor', 'admin'],
    body: z.strictObject({ size: z.int().min(1), cosignature: z.string().min(1).max(10_000) }),
    response: z.strictObject({ size: z.int(), added: z.array(z.string()) }),
    statuses: [201],
    run: ({ body: { size, cosignature } }) => {
      const cosigned = ledger.cosign(size, cosignature);
      return cosigned.ok
        ? { status: 201, json: { size, added: cosigned.added } }
        : fieldProblem('invalid-input', '/cosignature', cosigned.reason);
    },
  });
};

const RECEIPT_WAIT_MILLIS = 1_050;
