/**
 * The log of the double: one list of records in the order of their commits, as all nodes of a cluster share it.
 * Revisions, idempotency and deletion as the real server has them.
 */

export type LogRecord = {
  /** Byte offset in the log: monotone, not dense. Commit and prepare position alike. */
  readonly position: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly created: number;
};

export type Proposal = Pick<LogRecord, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

export type Expected = bigint | 'none' | 'any' | 'exists';

export type AppendOutcome =
  | { readonly kind: 'success'; readonly revision: bigint; readonly position: bigint }
  | { readonly kind: 'wrong'; readonly current: bigint | 'none' }
  | { readonly kind: 'deleted' };

export type Direction = 'forwards' | 'backwards';

type Stream = { readonly records: LogRecord[]; hiddenBefore: bigint; state: 'open' | 'soft-deleted' | 'tombstoned' };

const RECORD_OVERHEAD = 100n;
const MAX_REVISION = 2n ** 63n - 1n;
const NOTHING = new Uint8Array(0);

const metadataEvent = (type: string, data: string): Proposal => ({
  id: crypto.randomUUID(),
  type,
  contentType: 'application/json',
  data: Buffer.from(data),
  metadata: NOTHING,
});

export type RecordLog = ReturnType<typeof createRecordLog>;

/** @param now  the clock of the cluster, epoch ms */
export const createRecordLog = (now: () => number = Date.now) => {
  let records: LogRecord[] = [];
  let streams = new Map<string, Stream>();
  const listeners = new Set<() => void>();
  let end = 0n;

  const streamOf = (name: string): Stream => {
    const known = streams.get(name);
    if (known !== undefined) return known;
    const made: Stream = { records: [], hiddenBefore: 0n, state: 'open' };
    streams.set(name, made);
    return made;
  };

  const write = (name: string, revision: bigint, proposal: Proposal): LogRecord => {
    const { id, type, contentType, data, metadata } = proposal;
    const record = { position: end, stream: name, revision, id, type, contentType, data, metadata, created: now() };
    end += RECORD_OVERHEAD + BigInt(data.length);
    records.push(record);
    streamOf(name).records.push(record);
    return record;
  };

  const announce = (): void => {
    for (const listener of listeners) listener();
  };

  const lastRevision = (stream: Stream): bigint | 'none' => stream.records.at(-1)?.revision ?? 'none';

  /** The events that follow the expected revision bear these ids: the first answer, again. */
  const repeated = (stream: Stream, next: bigint, proposals: readonly Proposal[]): LogRecord | undefined => {
    const held = proposals.map((_, index) => stream.records.find(({ revision }) => revision === next + BigInt(index)));
    return held.every((record, index) => record?.id === proposals[index]?.id) ? held.at(-1) : undefined;
  };

  const append = (name: string, expected: Expected, proposals: readonly Proposal[]): AppendOutcome => {
    const stream = streamOf(name);
    if (stream.state === 'tombstoned') return { kind: 'deleted' };
    const current = lastRevision(stream);
    const reopens = expected === 'none' && stream.state === 'soft-deleted';
    const asExpected = expected === 'any' || reopens || (expected === 'exists' ? current !== 'none' : expected === current);
    if (!asExpected) {
      const same = expected === 'exists' ? undefined : repeated(stream, expected === 'none' ? 0n : expected + 1n, proposals);
      return same === undefined ? { kind: 'wrong', current } : { kind: 'success', revision: same.revision, position: same.position };
    }
    const first = current === 'none' ? 0n : current + 1n;
    const written = proposals.map((proposal, index) => write(name, first + BigInt(index), proposal));
    stream.state = 'open';
    announce();
    const last = written.at(-1);
    return { kind: 'success', revision: last?.revision ?? 0n, position: last?.position ?? end };
  };

  return {
    append,
    lastRevision: (name: string): bigint | 'none' => lastRevision(streamOf(name)),

    /** Hides a stream's events from its readers; `$all` still shows them. An append opens it again, and numbers go on. */
    softDelete: (name: string): void => {
      const stream = streamOf(name);
      const current = lastRevision(stream);
      stream.hiddenBefore = current === 'none' ? 0n : current + 1n;
      stream.state = 'soft-deleted';
      const metastream = `$$${name}`;
      write(metastream, BigInt(streamOf(metastream).records.length), metadataEvent('$metadata', `{"$tb":${MAX_REVISION}}`));
      announce();
    },

    /** Ends a stream for ever. */
    tombstone: (name: string): void => {
      streamOf(name).state = 'tombstoned';
      write(name, MAX_REVISION, metadataEvent('$streamDeleted', '{}'));
      announce();
    },

    readStream: (
      name: string,
      from: bigint | 'start' | 'end',
      direction: Direction,
      count: number,
    ): readonly LogRecord[] | 'not-found' | 'deleted' => {
      const stream = streams.get(name);
      if (stream?.state === 'tombstoned') return 'deleted';
      const visible = stream?.records.filter(({ revision }) => revision >= stream.hiddenBefore) ?? [];
      if (stream === undefined || stream.records.length === 0 || stream.state === 'soft-deleted') return 'not-found';
      if (direction === 'forwards')
        return visible.filter(({ revision }) => from === 'start' || (from !== 'end' && revision >= from)).slice(0, count);
      return visible
        .filter(({ revision }) => from === 'end' || (from !== 'start' && revision <= from))
        .toReversed()
        .slice(0, count);
    },

    /** Forwards from a position, inclusive; backwards from before it. */
    readAll: (from: bigint | 'start' | 'end', direction: Direction, count: number): readonly LogRecord[] => {
      if (direction === 'forwards')
        return records.filter(({ position }) => from === 'start' || (from !== 'end' && position >= from)).slice(0, count);
      return records
        .filter(({ position }) => from === 'end' || (from !== 'start' && position < from))
        .toReversed()
        .slice(0, count);
    },

    /** Ordinals in the log of what a subscription has yet to be given: those after a position. */
    indexAfter: (from: bigint | 'start' | 'end'): number => {
      if (from === 'start') return 0;
      if (from === 'end') return records.length;
      const found = records.findIndex(({ position }) => position > from);
      return found === -1 ? records.length : found;
    },
    at: (index: number): LogRecord | undefined => records[index],
    size: (): number => records.length,
    all: (): readonly LogRecord[] => records,

    onAppend: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    // What nobody can do through the protocol: a database restored from a backup, files edited.

    /** Takes the log back to its first records. */
    restore: (count: number): void => {
      records = records.slice(0, count);
      end = (records.at(-1)?.position ?? -RECORD_OVERHEAD) + RECORD_OVERHEAD + BigInt(records.at(-1)?.data.length ?? 0);
      streams = new Map();
      for (const record of records) streamOf(record.stream).records.push(record);
    },
    /** Puts other data in an event's place. */
    alter: (name: string, revision: number, data: Uint8Array): void => {
      const replace = (record: LogRecord): LogRecord =>
        record.stream === name && record.revision === BigInt(revision) ? { ...record, data } : record;
      records = records.map(replace);
      const stream = streamOf(name);
      stream.records.splice(0, stream.records.length, ...stream.records.map(replace));
    },
  };
};
