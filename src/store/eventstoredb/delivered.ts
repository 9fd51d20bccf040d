import { uuidText } from '../../kernel/ids.ts';
import type { RemoteEvent, RemotePosition } from './remote-event.ts';
import { WireReader } from './wire-reader.ts';

/** What a subscription is sent (`ReadResp` of streams.proto), read from its bytes. */
export type Delivered =
  | { readonly kind: 'confirmed' }
  /** Without an event: a link to one that is gone. */
  | { readonly kind: 'event'; readonly event: RemoteEvent | undefined }
  /** The log was scanned up to here. */
  | { readonly kind: 'checkpoint'; readonly position: RemotePosition }
  | { readonly kind: 'caught-up' }
  | { readonly kind: 'other' };

// The numbers of the fields, by the messages that have them.
const RESPONSE = { event: 1, confirmation: 2, checkpoint: 3, caughtUp: 8 } as const;
const READ_EVENT = { event: 1 } as const;
const RECORDED = { id: 1, stream: 2, revision: 3, prepare: 4, commit: 5, metadata: 6, data: 8 } as const;
const ID = { structured: 1, text: 2 } as const;
const STRUCTURED = { most: 1, least: 2 } as const;
const STREAM = { name: 3 } as const;
const ENTRY = { key: 1, value: 2 } as const;
const POSITION = { commit: 1, prepare: 2 } as const;

const JSON_TYPE = 'application/json';
/** Of 100 ns since 1970. */
const TICKS_PER_MILLISECOND = 10_000n;

const positionFrom = (reader: WireReader): RemotePosition => {
  let commit = 0n;
  let prepare = 0n;
  for (let field = reader.next(); field > 0; field = reader.next())
    if (field === POSITION.commit) commit = reader.uint64();
    else if (field === POSITION.prepare) prepare = reader.uint64();
    else reader.skip();
  return { commit, prepare };
};

const hexOf = (bits: bigint): string => bits.toString(16).padStart(16, '0');

const structuredFrom = (reader: WireReader): string => {
  let most = 0n;
  let least = 0n;
  for (let field = reader.next(); field > 0; field = reader.next())
    if (field === STRUCTURED.most) most = reader.uint64();
    else if (field === STRUCTURED.least) least = reader.uint64();
    else reader.skip();
  return uuidText(hexOf(most) + hexOf(least));
};

const idFrom = (reader: WireReader): string => {
  let id = '';
  for (let field = reader.next(); field > 0; field = reader.next())
    if (field === ID.text) id = reader.text();
    else if (field === ID.structured) id = structuredFrom(reader.message());
    else reader.skip();
  return id;
};

const streamFrom = (reader: WireReader): string => {
  let name = '';
  for (let field = reader.next(); field > 0; field = reader.next())
    if (field === STREAM.name) name = reader.text();
    else reader.skip();
  return name;
};

const recordedFrom = (reader: WireReader): RemoteEvent => {
  let id = '';
  let stream = '';
  let revision = 0n;
  let prepare = 0n;
  let commit = 0n;
  let type = '';
  let contentType = '';
  let created = '0';
  let bytes: Uint8Array = new Uint8Array(0);
  const takeEntry = (entry: WireReader): void => {
    let key = '';
    let value = '';
    for (let field = entry.next(); field > 0; field = entry.next())
      if (field === ENTRY.key) key = entry.text();
      else if (field === ENTRY.value) value = entry.text();
      else entry.skip();
    if (key === 'type') type = value;
    else if (key === 'created') created = value;
    else if (key === 'content-type') contentType = value;
  };
  for (let field = reader.next(); field > 0; field = reader.next())
    if (field === RECORDED.id) id = idFrom(reader.message());
    else if (field === RECORDED.stream) stream = streamFrom(reader.message());
    else if (field === RECORDED.revision) revision = reader.uint64();
    else if (field === RECORDED.prepare) prepare = reader.uint64();
    else if (field === RECORDED.commit) commit = reader.uint64();
    else if (field === RECORDED.metadata) takeEntry(reader.message());
    else if (field === RECORDED.data) bytes = reader.bytes();
    else reader.skip();
  return {
    stream,
    revision: Number(revision),
    id,
    type,
    // As a read by the client gives it, which parses JSON: only bytes that nobody has understood are an event of ours.
    bytes: contentType === JSON_TYPE ? undefined : bytes,
    position: { commit, prepare },
    created: Number(BigInt(created) / TICKS_PER_MILLISECOND),
  };
};

const eventFrom = (reader: WireReader): RemoteEvent | undefined => {
  let event: RemoteEvent | undefined;
  for (let field = reader.next(); field > 0; field = reader.next())
    if (field === READ_EVENT.event) event = recordedFrom(reader.message());
    else reader.skip();
  return event;
};

/** @throws RangeError, SyntaxError  it is no such message */
export const delivered = (message: Buffer): Delivered => {
  const reader = new WireReader(message);
  let found: Delivered = { kind: 'other' };
  for (let field = reader.next(); field > 0; field = reader.next())
    if (field === RESPONSE.event) found = { kind: 'event', event: eventFrom(reader.message()) };
    else if (field === RESPONSE.checkpoint) found = { kind: 'checkpoint', position: positionFrom(reader.message()) };
    else {
      if (field === RESPONSE.confirmation) found = { kind: 'confirmed' };
      else if (field === RESPONSE.caughtUp) found = { kind: 'caught-up' };
      reader.skip();
    }
  return found;
};
