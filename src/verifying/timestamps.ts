import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sameBytes } from '../tlog/bytes.ts';
import { readTimestampReply } from '../tlog/timestamp.ts';
import type { Claim } from './claims.ts';
import { fault, type Fault } from './fault.ts';
import type { Anchor } from './segment.ts';
import { say, type Text } from '../messages/message.ts';
import { toldBy } from '../messages/told.ts';

/**
 * The replies of time-stamping authorities beside the checkpoints. What they are about is looked at here; whether the
 * authority's signature holds, openssl says, where the auditor names the certificates to believe.
 */
export type Stamps = {
  /** Ascending in size; only those whose signature holds. */
  readonly times: readonly Anchor[];
  readonly remarks: readonly Text[];
  readonly faults: readonly Fault[];
};

const opensslFault = (reply: Uint8Array, digest: string, certificates: string): Text | undefined => {
  const dir = mkdtempSync(join(tmpdir(), 'duban-stamp-'));
  const path = join(dir, 'reply.tsr');
  writeFileSync(path, reply);
  const { error, status, stderr } = spawnSync('openssl', ['ts', '-verify', '-digest', digest, '-in', path, '-CAfile', certificates], {
    encoding: 'utf8',
  });
  rmSync(dir, { recursive: true });
  if (error !== undefined) return say('verifying.openssl-cannot-be-asked', { why: toldBy(error) });
  return status === 0 ? undefined : say('verifying.openssl-does-not-accept', { why: stderr.trim().split('\n').at(-1) ?? '' });
};

export const checkStamps = (claims: readonly Claim[], certificates: string | undefined): Stamps => {
  const times: Anchor[] = [];
  const faults: Fault[] = [];
  const stamped = claims.filter(({ timestamp }) => timestamp !== undefined);
  for (const { place, note, checkpoint, timestamp = new Uint8Array(0) } of stamped) {
    const bad = (detail: Text): void => void faults.push(fault('timestamp', `${place}, time stamp`, detail));
    const reply = readTimestampReply(timestamp);
    if (reply === undefined) {
      bad(say('verifying.is-no-time-stamp'));
      continue;
    }
    if (!sameBytes(reply.hash, hash('sha256', note.text, 'buffer'))) {
      bad(say('verifying.about-something-else'));
      continue;
    }
    if (certificates === undefined) continue;
    const refused = opensslFault(timestamp, hash('sha256', note.text, 'hex'), certificates);
    if (refused === undefined) times.push({ size: checkpoint.size, time: reply.time });
    else bad(refused);
  }
  const unasked = stamped.length > 0 && certificates === undefined ? [say('verifying.stamps-not-asked-for', { n: stamped.length })] : [];
  return { times, remarks: unasked, faults };
};
