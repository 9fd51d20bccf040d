/**
 * Reads a protobuf message field by field (protobuf.dev/programming-guides/encoding), making nothing of what is not asked
 * for: the generated messages cost most of what it costs to follow a log.
 */
export class WireReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;
  #type = 0;

  constructor(bytes: Buffer, from = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = end;
  }

  /** The number of the next field, whose value must then be read or skipped; 0 at the end. */
  next(): number {
    if (this.#at >= this.#end) return 0;
    const tag = this.#uint();
    this.#type = tag % 8;
    return Math.floor(tag / 8);
  }

  /** A varint of 64 bits without sign. */
  uint64(): bigint {
    let low = 0;
    let scale = 1;
    for (let group = 0; group < EXACT_GROUPS; group += 1) {
      const byte = this.#byte();
      low += (byte & GROUP) * scale;
      if (byte <= GROUP) return BigInt(low);
      scale *= GROUP + 1;
    }
    let value = BigInt(low);
    for (let shift = GROUP_BITS * BigInt(EXACT_GROUPS); ; shift += GROUP_BITS) {
      const byte = this.#byte();
      value |= BigInt(byte & GROUP) << shift;
      if (byte <= GROUP) return BigInt.asUintN(64, value);
    }
  }

  /** A view of the message's own bytes. */
  bytes(): Buffer {
    const from = this.#length();
    return this.#bytes.subarray(from, this.#at);
  }

  text(): string {
    const from = this.#length();
    return this.#bytes.toString('utf8', from, this.#at);
  }

  message(): WireReader {
    const from = this.#length();
    return new WireReader(this.#bytes, from, this.#at);
  }

  skip(): void {
    if (this.#type === WIRE.varint) this.#uint();
    else if (this.#type === WIRE.length) this.#length();
    else if (this.#type === WIRE.fixed64 || this.#type === WIRE.fixed32) this.#pass(this.#type === WIRE.fixed64 ? 8 : 4);
    else throw new RangeError(`a field of wire type ${this.#type}`);
  }

  #byte(): number {
    const byte = this.#at < this.#end ? this.#bytes[this.#at] : undefined;
    if (byte === undefined) throw new RangeError('the message ends within a field');
    this.#at += 1;
    return byte;
  }

  /** A varint that is small: a tag, or a length. */
  #uint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.#byte();
      value += (byte & GROUP) * scale;
      if (byte <= GROUP) return value;
      scale *= GROUP + 1;
    }
  }

  /** Where a field of so many bytes begins; it is behind the reader then. */
  #length(): number {
    const length = this.#uint();
    const from = this.#at;
    this.#pass(length);
    return from;
  }

  #pass(bytes: number): void {
    this.#at += bytes;
    if (this.#at > this.#end) throw new RangeError('the message ends within a field');
  }
}

const WIRE = { varint: 0, fixed64: 1, length: 2, fixed32: 5 } as const;
/** Seven bits of each byte of a varint are its value's. */
const GROUP = 0x7f;
const GROUP_BITS = 7n;
/** A number holds 53 bits. */
const EXACT_GROUPS = 7;
