/**
 * Time-stamp requests and replies of RFC 3161, as far as a log needs them: to ask, and to see what was answered and
 * about what. Whether the authority's signature and certificates hold, openssl says (`openssl ts -verify`).
 */

const SEQUENCE = 0x30;
const SET = 0x31;
const BOOLEAN = 0x01;
const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const NULL = 0x05;
const OBJECT_ID = 0x06;
const GENERALIZED_TIME = 0x18;
const CONTEXT_0 = 0xa0;

const SHA256 = Buffer.from('608648016503040201', 'hex'); // 2.16.840.1.101.3.4.2.1
const TST_INFO = Buffer.from('2a864886f70d0109100104', 'hex'); // 1.2.840.113549.1.9.16.1.4

const encode = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  if (content.length > 127) throw new RangeError('a request is shorter than that');
  return Buffer.concat([Buffer.of(tag, content.length), content]);
};

/** A number whose first bit is set, which the zero before it keeps from being negative (X.690 §8.3). */
const encodeInteger = (bytes: Uint8Array): Buffer => encode(INTEGER, Buffer.of(0), bytes);

/** TimeStampReq (RFC 3161 §2.4.1) for a SHA-256 hash; asks for the authority's certificate too. */
export const timestampRequest = (hash: Uint8Array, nonce: Uint8Array): Buffer =>
  encode(
    SEQUENCE,
    encode(INTEGER, Buffer.of(1)),
    encode(SEQUENCE, encode(SEQUENCE, encode(OBJECT_ID, SHA256), encode(NULL)), encode(OCTET_STRING, hash)),
    encodeInteger(nonce),
    encode(BOOLEAN, Buffer.of(0xff)),
  );

type Node = { readonly tag: number; readonly content: Buffer };

/** The DER values that stand one after the other in some bytes; undefined where they are cut short. */
const nodesIn = (bytes: Buffer): readonly Node[] | undefined => {
  const nodes: Node[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1] ?? 0x80;
    const more = first < 0x80 ? 0 : first - 0x80;
    if (first === 0x80 || more > 4 || at + 2 + more > bytes.length) return undefined;
    const length = more === 0 ? first : bytes.readUIntBE(at + 2, more);
    const begin = at + 2 + more;
    if (begin + length > bytes.length) return undefined;
    nodes.push({ tag, content: bytes.subarray(begin, begin + length) });
    at = begin + length;
  }
  return nodes;
};

const inside = (node: Node | undefined, tag: number): readonly Node[] | undefined =>
  node?.tag === tag ? nodesIn(node.content) : undefined;

/** `20230301080000Z`, with or without a fraction, as epoch ms. */
const timeOf = (node: Node | undefined): number | undefined => {
  const text = node?.tag === GENERALIZED_TIME ? node.content.toString('latin1') : '';
  const [, year, month, day, hour, minute, second, fraction = ''] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/u.exec(text) ?? [];
  const millis = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`);
  return Number.isNaN(millis) ? undefined : millis;
};

export type Timestamp = {
  /** What was stamped: a SHA-256 hash. */
  readonly hash: Uint8Array;
  /** When, as the authority says: epoch ms. */
  readonly time: number;
  readonly nonce: Uint8Array | undefined;
};

const unsigned = (bytes: Uint8Array): Uint8Array => (bytes[0] === 0 ? bytes.subarray(1) : bytes);

/** TimeStampResp (RFC 3161 §2.4.2): what it says, its signature not looked at; undefined where nothing was granted. */
export const readTimestampReply = (reply: Uint8Array): Timestamp | undefined => {
  const [response] = nodesIn(Buffer.from(reply)) ?? [];
  const [statusInfo, contentInfo] = inside(response, SEQUENCE) ?? [];
  const [status] = inside(statusInfo, SEQUENCE) ?? [];
  const granted = status?.tag === INTEGER && status.content.length === 1 && (status.content[0] ?? 9) <= 1;
  const [, explicit] = inside(contentInfo, SEQUENCE) ?? [];
  const [signedData] = inside(explicit, CONTEXT_0) ?? [];
  const [, digests, encapsulated] = inside(signedData, SEQUENCE) ?? [];
  const [type, wrapped] = inside(encapsulated, SEQUENCE) ?? [];
  const [octets] = inside(wrapped, CONTEXT_0) ?? [];
  if (!granted || digests?.tag !== SET || type?.content.equals(TST_INFO) !== true || octets?.tag !== OCTET_STRING) return undefined;
  const [info] = nodesIn(octets.content) ?? [];
  const [, , imprint, , time, ...optional] = inside(info, SEQUENCE) ?? [];
  const [algorithm, hash] = inside(imprint, SEQUENCE) ?? [];
  const [name] = inside(algorithm, SEQUENCE) ?? [];
  const millis = timeOf(time);
  if (name?.content.equals(SHA256) !== true || hash?.tag !== OCTET_STRING || millis === undefined) return undefined;
  const nonce = optional.find(({ tag }) => tag === INTEGER);
  return { hash: hash.content, time: millis, nonce: nonce && unsigned(nonce.content) };
};
