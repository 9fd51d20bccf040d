import { contacts } from '../../domain/personal/events.ts';
import type { ReminderHeading } from '../../domain/reminders/events.ts';
import type { Views } from '../../projecting/views.ts';
import type { Knowledge } from '../knowledge.ts';
import type { PersonalData } from '../personal-data.ts';

/** To whom a reminder goes: addresses are held apart from the log, and gone once they are erased. */

export type Addresses = (heading: ReminderHeading) => readonly string[];

type Mailed = { readonly name: string; readonly email: string };

export const createAddresses = (deps: {
  readonly personal: Pick<PersonalData, 'contactsOf'>;
  readonly knowledge: Pick<Knowledge, 'roster'>;
  readonly views: Pick<Views, 'position'>;
  /** Of the office itself. */
  readonly office: string | undefined;
}): Addresses => {
  const { personal, knowledge, views, office } = deps;
  const mailed = (unit: string): readonly Mailed[] => {
    const found = contacts.safeParse(personal.contactsOf(unit)?.value);
    return found.success ? found.data.flatMap(({ name, email }) => (email === undefined ? [] : { name, email })) : [];
  };
  /** A leader is named in the documents alone: whoever bears the name among the contacts of any unit, where one does. */
  const leader = (named: string | null): readonly string[] => {
    const all = [...knowledge.roster(views.position()).units.keys()].flatMap(mailed);
    const found = new Set(all.filter(({ name }) => name === named).map(({ email }) => email));
    return found.size === 1 ? [...found] : [];
  };

  return ({ to, unit, leader: named }) => {
    if (to === 'office') return office === undefined ? [] : [office];
    if (to === 'leader') return leader(named);
    return unit === null ? [] : [...new Set(mailed(unit).map(({ email }) => email))];
  };
};
