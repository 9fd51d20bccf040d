import type { sendUnaryData, ServerDuplexStream, ServerReadableStream } from '@grpc/grpc-js';
import codes from '@eventstore/db-client/generated/code_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Code } from '@eventstore/db-client/generated/code_pb.js';
import type { AppendReq, AppendResp, BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { refusedAccess, type Faults } from './faults.ts';
import type { AppendOutcome, Expected, Proposal, RecordLog } from './record-log.ts';
import { broken, deleted, notReady, streamNameOf, timedOut, userOf } from './wire.ts';

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

/** How long after its deadline a late answer comes. */
const LATE_MS = 500;

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
export const serveAppend = (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>, log: RecordLog, faults: Faults): void => {
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
    const expected = expectedOf(options);
    const outcome = log.append(stream, expected, proposals);
    if (fate === 'written-timeout') return answer(timedOut());
    if (fate === 'written-broken') return answer(broken());
    if (outcome.kind === 'deleted') return answer(deleted(stream));
    const reply = (): void => answer(null, answerTo(outcome, expected));
    if (fate !== 'written-late') return reply();
    const deadline = call.getDeadline();
    const left = typeof deadline === 'number' ? 0 : deadline.getTime() - Date.now();
    void sleep(left + LATE_MS).then(reply);
  });
};

const errorStatus = (code: Code, message: string, details?: { readonly value: Uint8Array; readonly type: string }) => {
  const packed = new any.Any();
  if (details === undefined) packed.pack(new empty.Empty().serializeBinary(), 'google.protobuf.Empty');
  else packed.pack(details.value, details.type);
  return new statuses.Status().setCode(code).setMessage(message).setDetails(packed);
};

/** The batch append: one call for all appends of a client, each with a correlation id. */
export const serveBatchAppend = (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>, log: RecordLog, faults: Faults): void => {
  const open = new Map<string, { readonly options: BatchAppendReq.Options; readonly proposals: Proposal[] }>();
  call.on('data', (request: BatchAppendReq) => {
    const correlation = request.getCorrelationId();
    const key = correlation?.getString() ?? '';
    const batch = open.get(key) ?? { options: request.getOptions() ?? new streams.BatchAppendReq.Options(), proposals: [] };
    open.set(key, batch);
    batch.proposals.push(...request.getProposedMessagesList().map(proposalOf));
    if (!request.getIsFinal()) return;
    open.delete(key);

    const stream = streamNameOf(batch.options.getStreamIdentifier());
    const fate = faults.append(stream);
    const response = new streams.BatchAppendResp().setCorrelationId(correlation);
    response.setStreamIdentifier(batch.options.getStreamIdentifier());
    if (fate === 'hang') return;
    if (fate === 'not-ready') {
      call.write(response.setError(errorStatus(codes.Code.UNAVAILABLE, 'Server Is Not Ready')));
      return;
    }
    const outcome = log.append(stream, expectedOf(batch.options), batch.proposals);
    if (fate === 'written-broken') {
      call.emit('error', broken());
      return;
    }
    if (outcome.kind === 'success') {
      const position = String(outcome.position);
      const place = new shared.AllStreamPosition().setCommitPosition(position).setPreparePosition(position);
      call.write(response.setSuccess(new streams.BatchAppendResp.Success().setCurrentRevision(String(outcome.revision)).setPosition(place)));
    } else if (outcome.kind === 'deleted') {
      const value = new shared.StreamDeleted().setStreamIdentifier(batch.options.getStreamIdentifier()).serializeBinary();
      call.write(response.setError(errorStatus(codes.Code.FAILED_PRECONDITION, 'Stream deleted', { value, type: 'event_store.client.StreamDeleted' })));
    } else {
      const wrong = new shared.WrongExpectedVersion();
      if (outcome.current === 'none') wrong.setCurrentNoStream(new empty.Empty());
      else wrong.setCurrentStreamRevision(String(outcome.current));
      const details = { value: wrong.serializeBinary(), type: 'event_store.client.WrongExpectedVersion' };
      call.write(response.setError(errorStatus(codes.Code.FAILED_PRECONDITION, 'Wrong expected version', details)));
    }
  });
  call.on('end', () => call.end());
};
