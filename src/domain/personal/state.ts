import { streamsNamed } from '../../kernel/stream.ts';
import type { ContactEvent, ErasureEvent } from './events.ts';

/** The commitment to a unit's contacts, and whether something was erased. */

export const contactsStream = streamsNamed('contacts-');
export const erasureStream = streamsNamed<readonly [commitment: string]>('erasure-');

export const contactsFolding = {
  initial: null as string | null,
  evolve: (_: string | null, { data }: ContactEvent): string | null => data.contacts.commitment,
};

export const erasureFolding = { initial: false as boolean, evolve: (_: boolean, __: ErasureEvent): boolean => true };
