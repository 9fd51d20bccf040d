import { z } from 'zod';
import { canonicalBytes, sha256Hex } from './canonical.ts';

/**
 * What stands in an event in place of a value that may have to be erased: SHA-256 over a salt of 32 random bytes and the
 * value's canonical JSON. Whoever is given salt and value can tell that they are those of the event; without the salt
 * nobody finds the value by trying all that it might be, so an event whose value is erased tells nothing of it.
 */
export const commitmentHex = z.string().regex(/^[0-9a-f]{64}$/u, 'must be 64 lower-case hex digits');

/** How it stands in an event. */
export const committed = z.strictObject({
  commitment: commitmentHex.meta({ description: 'SHA-256 of a salt and the canonical JSON of what is held apart from the log.' }),
});
export type Committed = Readonly<z.infer<typeof committed>>;

export const commitmentOf = (salt: Uint8Array, value: unknown): string => sha256Hex(Buffer.concat([salt, canonicalBytes(value)]));
