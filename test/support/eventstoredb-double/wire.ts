import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { StreamIdentifier } from '@eventstore/db-client/generated/shared_pb.js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { LogRecord } from './record-log.ts';

/** Records and refusals in the messages of the protocol. */

export const streamNameOf = (identifier: StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

/** Whom an authorization header names (RFC 7617). */
export const userIn = (header: string | undefined): { readonly name: string; readonly password: string } | undefined => {
  const [, encoded] = /^Basic (.+)$/u.exec(header ?? '') ?? [];
  const [, name, password] = /^([^:]*):(.*)$/u.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
  return name === undefined || password === undefined ? undefined : { name, password };
};

export const userOf = (metadata: Metadata): ReturnType<typeof userIn> => userIn(metadata.get('authorization')[0]?.toString());

export const identifierOf = (stream: string): StreamIdentifier => new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));

const TICKS_PER_MILLISECOND = 10_000n;

export const eventResponse = (record: LogRecord): ReadResp => {
  const position = String(record.position);
  const event = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(record.id))
    .setStreamIdentifier(identifierOf(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(record.data)
    .setCustomMetadata(record.metadata);
  event
    .getMetadataMap()
    .set('type', record.type)
    .set('content-type', record.contentType)
    .set('created', String(BigInt(record.created) * TICKS_PER_MILLISECOND));
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(event).setCommitPosition(position));
};

export const checkpointResponse = (position: bigint): ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );

export const notFoundResponse = (stream: string): ReadResp =>
  new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream)));

/** A call's failure, with the trailers by which the client knows it. */
export const refusal = (code: status, details: string, trailers: Readonly<Record<string, string>> = {}): ServiceError => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

export const notReady = (): ServiceError => refusal(status.UNAVAILABLE, 'Server Is Not Ready');
export const timedOut = (): ServiceError => refusal(status.ABORTED, 'Commit phase timeout');
export const tooLarge = (limit: number): ServiceError =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });
export const unimplemented = (): ServiceError => refusal(status.UNIMPLEMENTED, 'Method is unimplemented.');
export const broken = (): ServiceError => refusal(status.UNAVAILABLE, 'read ECONNRESET');
export const deleted = (stream: string): ServiceError =>
  refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, { exception: 'stream-deleted', 'stream-name': stream });
export const denied = (): ServiceError => refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
export const unknownUser = (): ServiceError => refusal(status.UNAUTHENTICATED, '');
/** As a deletion tells it; an append has an answer of its own for that. */
export const wrongRevision = (stream: string, expected: string, actual: bigint | 'none'): ServiceError =>
  refusal(status.FAILED_PRECONDITION, `${stream} is at ${actual}`, {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': expected,
    ...(actual === 'none' ? {} : { 'actual-version': String(actual) }),
  });
export const notLeader = (host: string, port: number): ServiceError =>
  refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });
export const invalidPosition = (): ServiceError => refusal(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition');
