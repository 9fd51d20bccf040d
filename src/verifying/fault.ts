import { say, type Text } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

/** What was found wrong, where, and why. */

export type Check =
  | 'bundle' // a part is missing or unreadable
  | 'key' // who signs
  | 'checkpoint' // a signed note
  | 'timestamp' // what a time-stamping authority said of one
  | 'quorum' // who vouches for it
  | 'entry' // an event's bytes
  | 'row' // what a database says beside an event's bytes
  | 'link' // an event's place in its stream
  | 'id' // an event's id, which no other may have
  | 'schema' // an event's data, which must be those of its type
  | 'time' // when it was recorded
  | 'tile' // hashes
  | 'root' // the tree against a checkpoint
  | 'history' // against what is remembered: a rollback or a fork
  | 'restart' // from one name of the log to the next
  | 'event' // an event that cannot be replayed
  | 'snapshot' // a published figure
  | 'notice' // a published finding
  | 'proof'; // an inclusion proof

export type Fault<Said extends Text = Text> = {
  readonly check: Check;
  /** Of the event concerned, from 1; null where it is about no single event. */
  readonly position: number | null;
  /** The file, or what stands for it: the same in every language. */
  readonly place: string;
  readonly detail: Said;
};

export const fault = (check: Check, place: string, detail: Text, position: number | null = null): Fault => ({
  check,
  position,
  place,
  detail,
});

/** Faults of events in their order, then the others as they were found: the first is the first bad position. */
export const inOrder = (faults: readonly Fault[]): readonly Fault[] =>
  faults.toSorted((a, b) => (a.position ?? Number.MAX_SAFE_INTEGER) - (b.position ?? Number.MAX_SAFE_INTEGER));

/** A part that should be there is not, or cannot be read as what it should be. */
export class Unreadable extends Told {
  readonly place: string;
  readonly detail: Text;
  /** Of the first event concerned, where that is known. */
  readonly position: number | undefined;
  constructor(place: string, detail: Text, position?: number) {
    super(say('verifying.place-and-detail', { place, detail }));
    this.place = place;
    this.detail = detail;
    this.position = position;
  }
}
