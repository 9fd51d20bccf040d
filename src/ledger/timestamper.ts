import { spawn } from 'node:child_process';
import { hash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../kernel/clock.ts';
import { parseNote } from '../tlog/index.ts';
import type { Ledger } from './ledger.ts';
import type { CheckpointStore } from './checkpoint-store.ts';
import { readTimestampReply, timestampRequest } from '../tlog/timestamp.ts';

/**
 * Has the newest checkpoint stamped by a time-stamping authority (RFC 3161) once a day, so that its time does not rest
 * on our clock or a witness's: also on the last day of every month, when the reports of it are in.
 */
export type Timestamper = { /** Asks where the day has come. Never throws. */ readonly ask: () => Promise<void> };

const TIMEOUT_MILLIS = 30_000;
const PAUSE_MILLIS = 60_000;
const MAX_REPLY_BYTES = 64 * 1024;
const NONCE_BYTES = 8;

const overHttp = async (url: string, request: Buffer): Promise<Buffer> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: new Uint8Array(request),
    signal: AbortSignal.timeout(TIMEOUT_MILLIS),
    redirect: 'error',
  });
  if (!answer.ok) throw new Error(`the authority answers ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
};

/** A command that is given two files: the query, and where the reply is to be written. */
const byCommand = async (command: string, request: Buffer): Promise<Buffer> => {
  const dir = await mkdtemp(join(tmpdir(), 'duban-tsa-'));
  try {
    const [query, reply] = [join(dir, 'query.tsq'), join(dir, 'reply.tsr')] as const;
    await writeFile(query, request);
    const child = spawn('sh', ['-c', command, 'sh', query, reply], { stdio: 'ignore', timeout: TIMEOUT_MILLIS });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`the command ends with ${String(code)}`);
    return await readFile(reply);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};

/** What an authority stamps: the checkpoint itself, without its signatures. */
export const stampedHash = (note: Uint8Array): Buffer | undefined => {
  const parsed = parseNote(note);
  return parsed.ok ? hash('sha256', parsed.value.text, 'buffer') : undefined;
};

const dayOf = (millis: number): number => Math.floor(millis / 86_400_000);

export const createTimestamper = (deps: {
  readonly ledger: Pick<Ledger, 'last' | 'stopped'>;
  readonly checkpointStore: Pick<CheckpointStore, 'addStamp' | 'lastStamp'>;
  /** An http(s) address, or a command. */
  readonly authority: string;
  readonly clock: Clock;
  readonly onEvent: (message: string, detail: object) => void;
}): Timestamper => {
  const { ledger, checkpointStore, authority, clock, onEvent } = deps;
  const request = /^https?:\/\//u.test(authority) ? overHttp : byCommand;
  let notBefore = 0;

  const stamp = async (size: number, note: Uint8Array): Promise<void> => {
    const digest = stampedHash(note);
    if (digest === undefined) return;
    const nonce = randomBytes(NONCE_BYTES);
    nonce[0] = (nonce[0] ?? 0) | 0x80; // so that DER writes every one of them behind a zero
    const reply = await request(authority, timestampRequest(digest, nonce));
    const timestamp = reply.length > MAX_REPLY_BYTES ? undefined : readTimestampReply(reply);
    if (timestamp === undefined || !digest.equals(timestamp.hash)) throw new Error('the authority did not stamp the checkpoint');
    if (timestamp.nonce !== undefined && !nonce.equals(timestamp.nonce)) throw new Error('the authority answered another request');
    checkpointStore.addStamp(size, clock.now().epochMilliseconds, reply);
  };

  /** The size and note to be stamped now, if any. */
  const due = () => {
    const newest = ledger.last();
    const before = checkpointStore.lastStamp();
    if (newest === undefined || ledger.stopped() !== undefined || performance.now() < notBefore) return undefined;
    const today = dayOf(clock.now().epochMilliseconds);
    return before !== undefined && (before.size >= newest.size || dayOf(before.stampedAt) === today) ? undefined : newest;
  };

  return {
    ask: async () => {
      try {
        const checkpoint = due();
        if (checkpoint !== undefined) await stamp(checkpoint.size, checkpoint.note);
      } catch (error) {
        notBefore = performance.now() + PAUSE_MILLIS;
        onEvent('a checkpoint was not time-stamped, which is tried again', {
          error: error instanceof Error ? error.message : String(error),
        });
      }
    },
  };
};
