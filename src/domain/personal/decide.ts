import { accept, reject, type CommandsOf, type Decider } from '../../kernel/decider.ts';
import {
  ContactsRecorded,
  PersonalDataErased,
  type contactActs,
  type ContactEvent,
  type erasureActs,
  type ErasureEvent,
} from './events.ts';
import { contactsFolding, erasureFolding } from './state.ts';
import { say } from '../../messages/message.ts';

/** A value has a commitment of its own each time, so the same contacts again are recorded again. */
export const contactsDecider: Decider<string | null, CommandsOf<typeof contactActs>, ContactEvent> = {
  ...contactsFolding,
  decide: (_, { unit, contacts }) => accept(ContactsRecorded({ unit, contacts })),
};

export const erasureDecider: Decider<boolean, CommandsOf<typeof erasureActs>, ErasureEvent> = {
  ...erasureFolding,
  decide: (isErased, { type: _, ...said }) =>
    isErased
      ? reject('already-erased', say('personal.what-event-commits-to-erased', { event: said.event }))
      : accept(PersonalDataErased(said)),
};
