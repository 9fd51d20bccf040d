import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { WrongRevision } from '../event-store.ts';
import { NodeUnavailable, Refused } from './failures.ts';
import type { OutgoingAppend } from './outgoing.ts';

/** The messages of the BatchAppend call (streams.proto, status.proto), by the stubs that the client's package brings. */

/** As a number: where a server makes the id anew, for an answer of its own accord, that is the form it gives it. */
const correlationOf = (id: number): UUID =>
  new shared.UUID().setStructured(new shared.UUID.Structured().setMostSignificantBits('0').setLeastSignificantBits(String(id)));

/** @param id  of no other append on the same call */
export const requestOf = (id: number, { stream, expected, events }: OutgoingAppend): BatchAppendReq => {
  // No deadline: it would be a time of day, and the server's clock is another. The server has a limit of its own.
  const options = new streams.BatchAppendReq.Options().setStreamIdentifier(
    new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8')),
  );
  if (expected === 'none') options.setNoStream(new shared.Empty());
  else options.setStreamPosition(String(expected));
  const messages = events.map((event) => {
    const message = new streams.BatchAppendReq.ProposedMessage().setId(new shared.UUID().setString(event.id)).setData(event.bytes);
    message.getMetadataMap().set('type', event.type).set('content-type', 'application/octet-stream');
    return message;
  });
  return new streams.BatchAppendReq()
    .setCorrelationId(correlationOf(id))
    .setOptions(options)
    .setProposedMessagesList(messages)
    .setIsFinal(true);
};

/** NaN where it is none of ours. */
export const answeredId = (response: BatchAppendResp): number =>
  Number(response.getCorrelationId()?.getStructured()?.getLeastSignificantBits());

type Refusal = (status: Status, append: OutgoingAppend) => Error;

const refused =
  (type: string): Refusal =>
  (status) =>
    new Refused(type, status.getMessage());

const conflict: Refusal = (status, { stream, expected }) => {
  const details = status
    .getDetails()
    ?.unpack((bytes) => shared.WrongExpectedVersion.deserializeBinary(bytes), 'event_store.client.WrongExpectedVersion');
  return new WrongRevision(
    stream,
    expected,
    details?.hasCurrentStreamRevision() === true ? Number(details.getCurrentStreamRevision()) : 'none',
  );
};

/** By the type of a status's details; the codes are not always set. */
const REFUSALS: ReadonlyMap<string, Refusal> = new Map([
  ['event_store.client.WrongExpectedVersion', conflict],
  ['event_store.client.StreamDeleted', refused('stream-deleted')],
  ['event_store.client.AccessDenied', refused('access-denied')],
  ['event_store.client.MaximumAppendSizeExceeded', refused('maximum-append-size-exceeded')],
  // Of one event; servers from 24.10 on.
  ['event_store.client.MaximumAppendEventSizeExceeded', refused('maximum-append-size-exceeded')],
  ['event_store.client.BadRequest', refused('invalid-argument')],
  // A quorum did not come in time, but may yet.
  ['event_store.client.Timeout', refused('timeout')],
  // "Server Is Not Ready", "Server Is Busy": at the classic append a status by which the client leaves the node.
  ['google.protobuf.Empty', (status) => new NodeUnavailable(status.getMessage())],
]);

const refusalOf = (status: Status, append: OutgoingAppend): Error => {
  const name = status.getDetails()?.getTypeName() ?? 'no details';
  try {
    return REFUSALS.get(name)?.(status, append) ?? new Refused('unknown', `${status.getMessage()} (${name})`);
  } catch (error) {
    return new Error(`a refusal that cannot be read, ${name}`, { cause: error });
  }
};

/** What an append was answered: its last revision, or why not. What nobody knows the meaning of is ambiguous. */
export const outcomeOf = (response: BatchAppendResp, append: OutgoingAppend): number | Error => {
  const [success, status] = [response.getSuccess(), response.getError()];
  if (success !== undefined) return Number(success.getCurrentRevision());
  return status === undefined ? new Error('neither success nor refusal') : refusalOf(status, append);
};
