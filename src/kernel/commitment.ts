import { z } from 'zod';
import { canonicalBytes, sha256Hex } from './canonical.ts';
import { wording } from '../messages/standing.ts';

/**
 * What stands in an event in place of a value that may have to be erased: SHA-256 over a salt of 32 random bytes and the
 * value's canonical JSON. Whoever is given salt and value can tell that they are those of the event; without the salt
 * nobody finds the value by trying all that it might be, so an event whose value is erased tells nothing of it.
 */
export const commitmentHex = z.string().regex(/^[0-9a-f]{64}$/u, wording('kernel.must-be-64-lower-case-hex'));

/** How it stands in an event. */
export const committed = z.strictObject({
  commitment: commitmentHex.meta({ description: wording('kernel.sha-256-salt-and-canonical-json') }),
});
export type Committed = Readonly<z.infer<typeof committed>>;

export const commitmentOf = (salt: Uint8Array, value: unknown): string => sha256Hex(Buffer.concat([salt, canonicalBytes(value)]));
