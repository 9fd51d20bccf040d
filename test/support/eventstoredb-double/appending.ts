import { status, type sendUnaryData, type ServerDuplexStream, type ServerReadableStream, type ServiceError } from '@grpc/grpc-js';
import codes from '@eventstore/db-client/generated/code_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Code } from '@eventstore/db-client/generated/code_pb.js';
import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import type { AppendReq, AppendResp, BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { refusedAccess, type Faults } from './faults.ts';
import type { AppendOutcome, Expected, Proposal, RecordLog } from './record-log.ts';
import { broken, deleted, identifierOf, notReady, streamNameOf, timedOut, tooLarge, userOf } from './wire.ts';

type Message = AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage;

const proposalOf = (message: Message): Proposal => ({
  id: message.getId()?.getString() ?? '',
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

const expectedOf = (options: AppendReq.Options | BatchAppendReq.Options): Expected => {
  if (options.hasNoStream()) return 'none';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'exists';
  return BigInt('getRevision' in options ? options.getRevision() : options.getStreamPosition());
};

/** How long after its deadline a late answer comes; on the call of many appends, which has none, after the append. */
const LATE_MS = 500;
const SIZE_LIMIT = 1024 * 1024;

/** A server counts what waits for its quorum, which may yet come to nothing. */
const unsettled = (expected: Expected): AppendOutcome & { readonly kind: 'wrong' } => ({
  kind: 'wrong',
  current: typeof expected === 'bigint' ? expected + 1n : 0n,
});

const answerTo = (outcome: Exclude<AppendOutcome, { kind: 'deleted' }>, expected: Expected): AppendResp => {
  const response = new streams.AppendResp();
  if (outcome.kind === 'success') {
    const position = String(outcome.position);
    const place = new streams.AppendResp.Position().setCommitPosition(position).setPreparePosition(position);
    return response.setSuccess(new streams.AppendResp.Success().setCurrentRevision(String(outcome.revision)).setPosition(place));
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (outcome.current === 'none') wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(outcome.current));
  if (expected === 'none') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
  else if (expected === 'exists') wrong.setExpectedStreamExists(new shared.Empty());
  else wrong.setExpectedRevision(String(expected));
  return response.setWrongExpectedVersion(wrong);
};

/** The classic append: one call, its messages, one answer. */
export const serveAppend = (
  call: ServerReadableStream<AppendReq, AppendResp>,
  answer: sendUnaryData<AppendResp>,
  log: RecordLog,
  faults: Faults,
): void => {
  let options: AppendReq.Options | undefined;
  const proposals: Proposal[] = [];
  call.on('data', (request: AppendReq) => {
    options ??= request.getOptions();
    const message = request.getProposedMessage();
    if (message !== undefined) proposals.push(proposalOf(message));
  });
  call.on('end', () => {
    const stream = streamNameOf(options?.getStreamIdentifier());
    const refused = refusedAccess(faults, { act: stream.startsWith('$$') ? 'metadata' : 'append', stream, user: userOf(call.metadata) });
    if (refused !== undefined) return answer(refused);
    const fate = faults.append(stream);
    if (fate === 'hang' || options === undefined) return;
    if (fate === 'not-ready') return answer(notReady());
    if (fate === 'timeout') return answer(timedOut());
    if (fate === 'too-large') return answer(tooLarge(SIZE_LIMIT));
    const expected = expectedOf(options);
    if (fate === 'unsettled') return answer(null, answerTo(unsettled(expected), expected));
    const outcome = log.append(stream, expected, proposals);
    if (fate === 'written-timeout') return answer(timedOut());
    if (fate === 'written-broken' || fate === 'written-ended') return answer(broken());
    if (outcome.kind === 'deleted') return answer(deleted(stream));
    const reply = (): void => answer(null, answerTo(outcome, expected));
    if (fate !== 'written-late') return reply();
    const deadline = call.getDeadline();
    const left = typeof deadline === 'number' ? 0 : deadline.getTime() - Date.now();
    void sleep(left + LATE_MS).then(reply);
  });
};

type Details = { readonly type: string; readonly value: Uint8Array };

const EMPTY: Details = { type: 'google.protobuf.Empty', value: new empty.Empty().serializeBinary() };
const detailsOf = (name: string, message: { readonly serializeBinary: () => Uint8Array } = new shared.Empty()): Details => ({
  type: `event_store.client.${name}`,
  value: message.serializeBinary(),
});

/** As the server says no to one append of many (its Status.cs). Not ready and busy alike have nothing but a text, and no code. */
export const errorStatus = (code: Code, message: string, { type, value }: Details): Status => {
  const packed = new any.Any();
  packed.pack(value, type);
  return new statuses.Status().setCode(code).setMessage(message).setDetails(packed);
};

const { OK, DEADLINE_EXCEEDED, FAILED_PRECONDITION, INVALID_ARGUMENT, PERMISSION_DENIED } = codes.Code;

const batchAnswerTo = (outcome: AppendOutcome, stream: string): BatchAppendResp => {
  const response = new streams.BatchAppendResp();
  if (outcome.kind === 'success') {
    const position = String(outcome.position);
    const place = new shared.AllStreamPosition().setCommitPosition(position).setPreparePosition(position);
    return response.setSuccess(new streams.BatchAppendResp.Success().setCurrentRevision(String(outcome.revision)).setPosition(place));
  }
  if (outcome.kind === 'deleted')
    return response.setError(
      errorStatus(
        FAILED_PRECONDITION,
        `Event stream '${stream}' is deleted.`,
        detailsOf('StreamDeleted', new shared.StreamDeleted().setStreamIdentifier(identifierOf(stream))),
      ),
    );
  const wrong = new shared.WrongExpectedVersion();
  if (outcome.current === 'none') wrong.setCurrentNoStream(new empty.Empty());
  else wrong.setCurrentStreamRevision(String(outcome.current));
  return response.setError(
    errorStatus(FAILED_PRECONDITION, 'Append failed due to WrongExpectedVersion.', detailsOf('WrongExpectedVersion', wrong)),
  );
};

/** An id as text or as two numbers, for the server takes either and gives back the same. */
const correlationKey = (id: UUID | undefined): string => id?.getString() || JSON.stringify(id?.getStructured()?.toObject());

/** @param refuses  why the node no longer serves the call */
type BatchAppendCall = {
  readonly call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>;
  readonly log: RecordLog;
  readonly faults: Faults;
  readonly refuses: () => ServiceError | undefined;
};

/** The batch append: one call for all appends of a client, each with a correlation id. */
export const serveBatchAppend = ({ call, log, faults, refuses }: BatchAppendCall): void => {
  const open = new Map<string, { readonly options: BatchAppendReq.Options; readonly proposals: Proposal[] }>();
  const user = userOf(call.metadata);
  let over = false;
  const breakOff = (error: ServiceError): void => {
    over = true;
    call.emit('error', error);
  };
  call.on('data', (request: BatchAppendReq) => {
    if (over) return;
    const key = correlationKey(request.getCorrelationId());
    const batch = open.get(key) ?? { options: request.getOptions() ?? new streams.BatchAppendReq.Options(), proposals: [] };
    open.set(key, batch);
    batch.proposals.push(...request.getProposedMessagesList().map(proposalOf));
    if (!request.getIsFinal()) return;
    open.delete(key);

    const stream = streamNameOf(batch.options.getStreamIdentifier());
    const reply = (response: BatchAppendResp): void => {
      if (!over) call.write(response.setCorrelationId(request.getCorrelationId()).setStreamIdentifier(batch.options.getStreamIdentifier()));
    };
    const refuse = (code: Code, message: string, details: Details): void =>
      reply(new streams.BatchAppendResp().setError(errorStatus(code, message, details)));
    const refused = refusedAccess(faults, { act: stream.startsWith('$$') ? 'metadata' : 'append', stream, user }) ?? refuses();
    if (refused?.code === status.PERMISSION_DENIED) return refuse(PERMISSION_DENIED, 'Access Denied', detailsOf('AccessDenied'));
    if (refused?.code === status.UNAVAILABLE) return refuse(OK, refused.details, EMPTY);
    if (refused !== undefined) return breakOff(refused);
    const fate = faults.append(stream);
    if (fate === 'hang') return;
    if (fate === 'not-ready') return refuse(OK, 'Server Is Not Ready', EMPTY);
    if (fate === 'timeout') return refuse(DEADLINE_EXCEEDED, 'Timeout', detailsOf('Timeout'));
    if (fate === 'too-large')
      return refuse(
        INVALID_ARGUMENT,
        'Maximum Append Size Exceeded.',
        detailsOf('MaximumAppendSizeExceeded', new shared.MaximumAppendSizeExceeded().setMaxappendsize(SIZE_LIMIT)),
      );
    const expected = expectedOf(batch.options);
    if (fate === 'unsettled') return reply(batchAnswerTo(unsettled(expected), stream));
    const outcome = log.append(stream, expected, batch.proposals);
    if (fate === 'written-timeout') return refuse(DEADLINE_EXCEEDED, 'Timeout', detailsOf('Timeout'));
    if (fate === 'written-garbled')
      return refuse(FAILED_PRECONDITION, 'garbled', { type: 'event_store.client.WrongExpectedVersion', value: Buffer.from('ff', 'hex') });
    if (fate === 'written-broken') return breakOff(broken());
    if (fate === 'written-ended') {
      over = true;
      call.end();
      return;
    }
    if (fate === 'written-late') return void sleep(LATE_MS).then(() => reply(batchAnswerTo(outcome, stream)));
    reply(batchAnswerTo(outcome, stream));
    if (fate === 'written-twice') reply(batchAnswerTo(outcome, stream));
  });
  call.on('cancelled', () => {
    over = true;
  });
  call.on('end', () => {
    if (!over) call.end();
  });
};
