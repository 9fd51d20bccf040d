import { z } from 'zod';
import { commitmentHex, committed } from '../../kernel/commitment.ts';
import { defineEvent, type EventOf } from '../../kernel/event.ts';
import { authority, id, line, reason, type ValueOf } from '../../kernel/schema.ts';
import { wording } from '../../messages/standing.ts';

/**
 * Streams `contacts-<unit>` and `erasure-<commitment>`: personal data that is held apart from the log. The log says that
 * there is some, whose it is, and that it was erased; what it is, it says in a commitment alone.
 */

/** Who can be asked. Held apart, and never in an event. */
export const person = z
  .strictObject({
    name: line(60).meta({ description: wording('personal.person') }),
    post: line(60)
      .optional()
      .meta({ description: wording('personal.what-person-there') }),
    phone: line(40)
      .optional()
      .meta({ description: wording('personal.as-dialled') }),
    email: z
      .email()
      .max(254)
      .optional()
      .meta({ description: wording('personal.where-reminders-unit-may-go') }),
  })
  .meta({ id: 'Person' });
export type Person = ValueOf<typeof person>;

/** Those of a unit. */
export const contacts = z
  .array(person)
  .min(1)
  .max(20)
  .meta({ description: wording('personal.who-can-be-asked') });

/** What is held apart, by what it belongs to. */
export const heldApart = z.enum(['unit-contacts', 'report-contact']);
export type HeldApart = ValueOf<typeof heldApart>;

export const contactActs = { RecordContacts: z.strictObject({ unit: id, contacts: committed }) } as const;

export const erasureActs = {
  /** What the event of an id commits to; `unit`: whose it is. */
  ErasePersonalData: z.strictObject({ event: z.uuid(), commitment: commitmentHex, unit: id, of: heldApart, reason, authority }),
} as const;

/** In place of those that it had before. */
export const ContactsRecorded = defineEvent('ContactsRecorded', 1, contactActs.RecordContacts);

/** From here on nobody has the value; the events that commit to it stay as they are. */
export const PersonalDataErased = defineEvent('PersonalDataErased', 1, erasureActs.ErasePersonalData);

export const contactEvents = [ContactsRecorded] as const;
export type ContactEvent = EventOf<(typeof contactEvents)[number]>;
export const erasureEvents = [PersonalDataErased] as const;
export type ErasureEvent = EventOf<(typeof erasureEvents)[number]>;
