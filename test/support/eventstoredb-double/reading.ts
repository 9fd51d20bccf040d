import type { ServerWritableStream } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Faults } from './faults.ts';
import type { Direction, LogRecord, RecordLog } from './record-log.ts';
import { broken, checkpointResponse, deleted, eventResponse, invalidPosition, notFoundResponse, notReady, streamNameOf } from './wire.ts';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

const fail = (call: ReadCall, error: Error): void => void call.emit('error', error);

/** Writes as fast as the client takes it. */
const send = async (call: ReadCall, response: ReadResp): Promise<void> => {
  if (call.cancelled || call.destroyed || call.write(response)) return;
  // Whoever cancels takes no more, and then nothing drains. Whichever comes first, no listener stays for the others.
  const { promise, resolve } = Promise.withResolvers<void>();
  const over = (): void => resolve();
  const events = ['drain', 'cancelled', 'error'] as const;
  for (const event of events) call.on(event, over);
  await promise;
  for (const event of events) call.off(event, over);
};

type Options = ReadReq.Options;

const directionOf = (options: Options): Direction =>
  options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS ? 'forwards' : 'backwards';

const revisionOf = (options: ReadReq.Options.StreamOptions): bigint | 'start' | 'end' => {
  if (options.hasStart()) return 'start';
  return options.hasEnd() ? 'end' : BigInt(options.getRevision());
};

const positionOf = (options: ReadReq.Options.AllOptions): bigint | 'start' | 'end' => {
  if (options.hasStart()) return 'start';
  return options.hasEnd() ? 'end' : BigInt(options.getPosition()?.getCommitPosition() ?? 0);
};

/** The server begins only where a record does, or forwards behind the last. */
const isValid = (position: bigint | 'start' | 'end', direction: Direction, log: RecordLog): boolean => {
  if (typeof position !== 'bigint') return true;
  const [last] = log.readAll('end', 'backwards', 1);
  if (direction === 'forwards' && (last === undefined || position > last.position)) return true;
  return log.readAll(position, 'forwards', 1)[0]?.position === position;
};

/** A finite read of a stream or of the whole log. */
export const serveRead = async (call: ReadCall, log: RecordLog, faults: Faults): Promise<void> => {
  const options = call.request.getOptions() ?? new streams.ReadReq.Options();
  const [ofStream, ofAll] = [options.getStream(), options.getAll()];
  const stream = ofStream && streamNameOf(ofStream.getStreamIdentifier());
  const fate = faults.read(stream);
  if (fate === 'hang') return;
  if (fate === 'not-ready') return fail(call, notReady());

  const count = fate === 'empty' ? 0 : Number(options.getCount());
  const found =
    fate === 'empty' && stream !== undefined
      ? 'not-found'
      : ofStream !== undefined && stream !== undefined
        ? log.readStream(stream, revisionOf(ofStream), directionOf(options), count)
        : log.readAll(ofAll === undefined ? 'start' : positionOf(ofAll), directionOf(options), count);
  if (found === 'deleted') return fail(call, deleted(stream ?? ''));
  if (found === 'not-found') await send(call, notFoundResponse(stream ?? ''));
  else {
    if (ofAll !== undefined && !isValid(positionOf(ofAll), directionOf(options), log)) return fail(call, invalidPosition());
    for (const record of fate === 'break' ? found.slice(0, Math.floor(found.length / 2)) : found) await send(call, eventResponse(record));
    if (fate === 'break') return fail(call, broken());
  }
  call.end();
};

const filterOf = (options: Options): ((record: LogRecord) => boolean) => {
  const filter = options.getFilter();
  const byStream = filter?.getStreamIdentifier();
  const expression = byStream ?? filter?.getEventType();
  if (expression === undefined) return () => true;
  const subject = (record: LogRecord): string => (byStream === undefined ? record.type : record.stream);
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return (record) => prefixes.some((prefix) => subject(record).startsWith(prefix));
  const pattern = new RegExp(expression.getRegex(), 'u');
  return (record) => pattern.test(subject(record));
};

/**
 * A subscription to the whole log: what is there, a checkpoint and `caughtUp`, then what comes. Checkpoints also
 * after every so many records scanned. Until the client leaves, or the node ends it.
 */
export const serveSubscription = async (
  call: ReadCall,
  { log, faults, nth }: { readonly log: RecordLog; readonly faults: Faults; readonly nth: number },
  ending: Promise<'end' | 'break'>,
  onScanned: () => void,
): Promise<void> => {
  const options = call.request.getOptions() ?? new streams.ReadReq.Options();
  const fate = faults.subscribe();
  if (fate === 'hang') {
    // Whoever serves it may still end it.
    void ending.then((how) => (how === 'end' ? call.end() : fail(call, broken())));
    return;
  }
  if (fate === 'not-ready') return fail(call, notReady());

  const filter = options.getFilter();
  const isWanted = filterOf(options);
  const between = (filter?.getMax() ?? 0) * (filter?.getCheckpointintervalmultiplier() ?? 0);
  let news = Promise.withResolvers<void>();
  const unlisten = log.onAppend(() => news.resolve());
  const over: { how?: 'end' | 'break' | 'left' } = {};
  const tell = (how: 'end' | 'break' | 'left'): void => {
    over.how ??= how;
    news.resolve();
  };
  void ending.then(tell);
  call.on('cancelled', () => tell('left'));

  await send(
    call,
    new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(crypto.randomUUID())),
  );
  const all = options.getAll();
  let index = log.indexAfter(all === undefined ? 'start' : positionOf(all));
  const half = index + Math.floor((log.size() - index) / 2);
  let scanned = 0;
  let live = false;
  while (over.how === undefined) {
    if (fate === 'break' && index >= half) tell('break');
    news = Promise.withResolvers();
    const record = log.at(index);
    if (record === undefined) {
      if (!live) {
        const last = log.at(log.size() - 1);
        if (filter !== undefined && last !== undefined) await send(call, checkpointResponse(last.position));
        await send(call, new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
        live = true;
      }
      if (log.at(index) === undefined) await news.promise;
      continue;
    }
    await Promise.race([faults.lag(nth), ending]);
    index += 1;
    scanned += 1;
    onScanned();
    if (isWanted(record)) for (const delivered of faults.deliver(record)) await send(call, eventResponse(delivered));
    if (between > 0 && scanned % between === 0) await send(call, checkpointResponse(record.position));
    // A long catch-up shares the process with those it is sent to.
    if (scanned % 100 === 0) await nextTurn();
  }
  unlisten();
  if (over.how === 'end') call.end();
  if (over.how === 'break') fail(call, broken());
};
