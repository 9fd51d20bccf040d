import { z } from 'zod';
import { instant } from '../../kernel/schema.ts';
import { eventById } from '../shared/event-by-id.ts';
import { millisText } from '../../kernel/clock.ts';
import { encodeEntries, parseTilePath, TILE_WIDTH } from '../../tlog/index.ts';
import { awaitOwn, fieldProblem, logPosition, nextLink, notFound, ordinal, plain, problem, unitOf, type Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { unanchoredSince } from '../../ledger/anchoring.ts';
import type { SignedCheckpoint } from '../../ledger/checkpoint-store.ts';

/** Proofs that need no trust in us: checkpoints, inclusion, consistency, receipts, tiles (C2SP, RFC 6962). */

const TAGS = ['Ledger'] as const;
const READERS = ['office', 'unit', 'auditor', 'admin'] as const;
const TEXT = 'text/plain; charset=utf-8';
const IMMUTABLE = { 'cache-control': 'private, max-age=31536000, immutable' };
const PAGE = 100;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const hashes = z.array(z.string()).meta({ description: 'Base64, 32 bytes each.' });

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
      .meta({ description: 'The reply of a time-stamping authority (RFC 3161) about the text of the note, base64.' }),
    note: z.string().meta({ description: 'The signed note with its cosignatures (C2SP signed-note, tlog-checkpoint).' }),
  })
  .meta({ id: 'Checkpoint' });

export const ledgerRoutes = (kit: Kit, { ledger, checkpointStore, sightOf, store, views }: Services): void => {
  const retry = (what: string) =>
    problem('not-anchored-yet', `${what} is not covered by a signed checkpoint yet`, { headers: { 'retry-after': '1' } });

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
    summary: 'The newest signed checkpoint, with its cosignatures',
    tags: TAGS,
    refuses: ['not-anchored-yet'],
    access: READERS,
    produces: { 'text/plain': 'A signed note (C2SP tlog-checkpoint)' },
    run: () => {
      const newest = ledger.cover(ledger.size()) ?? ledger.last();
      return newest === undefined ? retry('the log') : { type: TEXT, content: ledger.note(newest) };
    },
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/ledger/checkpoints',
    summary: 'Signed checkpoints in order of size',
    tags: TAGS,
    access: READERS,
    query: z.strictObject({ after: logPosition.optional() }),
    response: z.strictObject({
      items: z.array(checkpointLine),
      next: z.int().nullable().meta({ description: '`after` of the next page.' }),
      origin: z.string(),
      size: z.int().meta({ description: 'Events in the log.' }),
      signedThrough: z.int(),
      anchoredThrough: z.int().meta({ description: 'The largest size that the quorum of witnesses has cosigned; 0 without witnesses.' }),
      unanchored: z.int().meta({ description: 'Events that no quorum vouches for yet: only these could be rewritten unseen.' }),
      unanchoredSince: instant.nullable().meta({ description: 'When the first of these was recorded.' }),
      stopped: z.string().nullable().meta({ description: 'Why nothing is signed, where nothing is.' }),
      waiting: z.string().nullable().meta({ description: 'What signing waits for, where it goes on by itself once that has come.' }),
    }),
    run: ({ query: { after = 0 }, request }) => {
      const found = checkpointStore.after(after, PAGE + 1);
      const next = found.length > PAGE ? (found[PAGE - 1]?.size ?? null) : null;
      const anchoredThrough = ledger.anchoredThrough();
      const since = unanchoredSince(ledger, store);
      return {
        ...(next === null ? {} : { headers: nextLink(request.url, 'after', next) }),
        json: {
          items: found.slice(0, PAGE).map(shown),
          next,
          origin: ledger.origin,
          size: ledger.size(),
          signedThrough: ledger.last()?.size ?? 0,
          anchoredThrough,
          unanchored: ledger.size() - anchoredThrough,
          unanchoredSince: since === undefined ? null : millisText(since),
          stopped: ledger.stopped() ?? null,
          waiting: ledger.waiting() ?? null,
        },
      };
    },
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/ledger/key',
    summary: 'The verifier keys of the checkpoints, oldest first: the last one signs',
    tags: TAGS,
    reads: 'elsewhere',
    access: READERS,
    produces: { 'text/plain': 'Verifier keys (C2SP signed-note), one a line: name+hash+base64' },
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
    summary: 'That the event at a position is in the tree of a size (RFC 6962 §2.1.1)',
    tags: TAGS,
    refuses: ['as-of-out-of-range', 'not-anchored-yet'],
    access: READERS,
    query: z.strictObject({ position: ordinal, size: ordinal.optional() }),
    response: z.strictObject({ index: z.int(), size: z.int(), leafHash: z.string(), rootHash: z.string(), hashes }),
    run: ({ query: { position, size = ledger.size() } }) => {
      if (size > ledger.size()) return fieldProblem('as-of-out-of-range', '/size', `is beyond the tree, which has ${ledger.size()} leaves`);
      const event = position > size ? undefined : store.at(position);
      if (event === undefined) return fieldProblem('as-of-out-of-range', '/position', `is not in the tree of ${size} leaves`);
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
    summary: 'That the tree of one size is the beginning of that of another (RFC 6962 §2.1.2)',
    tags: TAGS,
    refuses: ['as-of-out-of-range', 'not-anchored-yet'],
    access: READERS,
    query: z.strictObject({ from: ordinal, to: ordinal.optional() }),
    response: z.strictObject({ from: z.int(), to: z.int(), hashes }),
    run: ({ query: { from, to = ledger.size() } }) => {
      if (to > ledger.size()) return fieldProblem('as-of-out-of-range', '/to', `is beyond the tree, which has ${ledger.size()} leaves`);
      if (from > to) return fieldProblem('as-of-out-of-range', '/from', 'is larger than `to`');
      return { json: { from, to, hashes: ledger.consistency(from, to).map(base64) } };
    },
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/log/events/:id/proof',
    summary: 'The receipt of an event: a proof file that needs no server',
    description: 'A unit gets those of events that it may see.',
    tags: TAGS,
    refuses: ['not-found', 'not-anchored-yet'],
    access: READERS,
    params: z.strictObject({ id: z.uuid() }),
    produces: { 'text/plain': 'A C2SP tlog-proof: index, hashes, and the signed checkpoint they lead to' },
    run: async ({ params: { id }, principal }) => {
      const late = await awaitOwn(kit, principal);
      if (late !== undefined) return late;
      const stored = eventById({ views, store, sightOf }, id, principal === null ? null : (unitOf(principal) ?? null));
      if (stored === undefined) return notFound('no event of this id is in the log, or none that you may see');
      const checkpoint = await coverSoon(stored.position);
      if (checkpoint === undefined) return retry(`position ${stored.position}`);
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
    summary: 'Tiles of hashes and bundles of entries (C2SP tlog-tiles)',
    description: '`/v1/ledger/tile/<L>/<N>[.p/<W>]` and `/v1/ledger/tile/entries/<N>[.p/<W>]`.',
    tags: TAGS,
    refuses: ['not-found'],
    access: READERS,
    params: z.strictObject({ '*': z.string().max(200) }),
    produces: { 'application/octet-stream': 'Hashes of 32 bytes, or entries each behind its length' },
    run: ({ params: { '*': path }, principal }) => {
      const parsed = parseTilePath(`tile/${path}`);
      if (!parsed.ok) return notFound('that is no path of a tile');
      const { level, index, width } = parsed.value;
      // Hashes give nothing away; the entries are everybody's events.
      if (level === 'entries' && principal?.role === 'unit') return notFound('that is not shown to a unit');
      const bytes = level === 'entries' ? entriesOf(index, width) : ledger.tile({ level, index, width });
      return bytes === undefined
        ? notFound('the tree has no such tile yet')
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
    summary: 'Hand in a witness’s line for a checkpoint',
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
