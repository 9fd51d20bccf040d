import { concatBytes, decodeUtf8, encodeUtf8 } from './bytes.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { SIGNATURE_BYTES } from './ed25519.ts';
import { isCount } from './numbers.ts';

/*
 * C2SP tlog-cosignature, Ed25519: "at this time, this is the largest consistent tree of this log that I have seen".
 * The signature is a big-endian u64 of seconds since 1970, and an Ed25519 signature over two lines and the checkpoint.
 */

const TIME_BYTES = 8;

/** What is signed: the header, the time, and the whole text of the checkpoint. */
const cosignedMessage = (time: number, text: Uint8Array): Uint8Array => concatBytes(encodeUtf8(`cosignature/v1\ntime ${time}\n`), text);

const isCheckpoint = (text: Uint8Array): boolean => {
  const decoded = decodeUtf8(text);
  return decoded !== undefined && parseCheckpoint(decoded).ok;
};

// A witness always states its time (C2SP tlog-witness: "the timestamp MUST NOT be zero").
const isTime = (time: number): boolean => isCount(time) && time > 0;

/** The time a cosignature claims, in seconds since 1970; undefined when it is not one. Trust it only once verified. */
export const cosignatureTime = (signature: Uint8Array): number | undefined => {
  if (signature.length !== TIME_BYTES + SIGNATURE_BYTES) return undefined;
  // Past 2^53 the conversion rounds, but then the time is refused anyway.
  const time = Number(new DataView(signature.buffer, signature.byteOffset, TIME_BYTES).getBigUint64(0));
  return isTime(time) ? time : undefined;
};

/** The bytes of a cosignature. Throws RangeError when there is no such time or the text is no checkpoint. */
export const signCosignature = (text: Uint8Array, time: number, sign: (message: Uint8Array) => Uint8Array): Uint8Array => {
  if (!isTime(time)) throw new RangeError(`not a time in whole seconds: ${time}`);
  if (!isCheckpoint(text)) throw new RangeError('only a checkpoint can be cosigned');
  const stamp = new Uint8Array(TIME_BYTES);
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time));
  return concatBytes(stamp, sign(cosignedMessage(time, text)));
};

/** Whether the bytes are a cosignature over this checkpoint, by the key that `verify` stands for. */
export const verifyCosignature = (
  text: Uint8Array,
  signature: Uint8Array,
  verify: (message: Uint8Array, signature: Uint8Array) => boolean,
): boolean => {
  const time = cosignatureTime(signature);
  return time !== undefined && isCheckpoint(text) && verify(cosignedMessage(time, text), signature.subarray(TIME_BYTES));
};
