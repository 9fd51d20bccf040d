import { eventSubjects, eventWords } from './event-words.ts';
import { headings } from './headings.ts';
import type { Language } from './language.ts';
import { say, type Text } from './message.ts';
import type { sheets } from './sheets.ts';
import { states } from './states.ts';
import { inWords } from './words.ts';

/** Words of things that have a name in the code: values of closed lists, fields, sheets. */

type In<Prefix extends string, Part> = Extract<keyof Part, `${Prefix}.${string}`>;

const stateKeys: ReadonlySet<string> = new Set(Object.keys(states));
const isState = (key: string): key is In<'state', typeof states> => stateKeys.has(key);
const headingKeys: ReadonlySet<string> = new Set(Object.keys(headings));
const isHeading = (key: string): key is In<'heading', typeof headings> => headingKeys.has(key);

/** Whether a value of a closed list is called so. */
export const isStateCode = (code: string): boolean => isState(`state.${code}`);

/** A value of a closed list, to be said in a sentence. What is of no such list, as the id of a duty, stays as it is. */
export const stateSaid = (code: string): Text => {
  const key = `state.${code}`;
  return isState(key) ? say(key) : code;
};

export const stateIn = (code: string, language: Language): string => inWords(stateSaid(code), language);

/** The name of a field, as the heading of its column; undefined where it has no other than its own. */
export const headingSaid = (field: string): Text | undefined => {
  const key = `heading.${field}`;
  return isHeading(key) ? say(key) : undefined;
};

export type SheetName = keyof typeof sheets extends `sheet.${infer Name}` ? Name : never;

const eventKeys: ReadonlySet<string> = new Set(Object.keys(eventWords));
const isEvent = (key: string): key is keyof typeof eventWords => eventKeys.has(key);

/** What happened, by the type of its event without its version. */
export const eventSaid = (type: string): Text => {
  const key = `event.${type}`;
  return isEvent(key) ? say(key) : type;
};

const subjectKeys: ReadonlySet<string> = new Set(Object.keys(eventSubjects));
const isSubject = (key: string): key is keyof typeof eventSubjects => subjectKeys.has(key);

/** What kind of thing an event is about, by the first word of its stream. */
export const eventSubjectSaid = (kind: string): Text => {
  const key = `event-subject.${kind}`;
  return isSubject(key) ? say(key) : kind;
};
