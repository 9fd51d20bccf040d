import { say, type Message, type Text } from '../../messages/message.ts';
/**
 * What a source may not do: it contradicts what was sequenced here, so what it says next cannot be trusted to
 * continue the same log. Sequencing stops before it, and a person decides.
 */
export type AnomalyKind =
  /** Other bytes, or another id, where an event was sequenced. */
  | 'event-altered'
  /** A revision is left out. */
  | 'revision-gap'
  /** A stream that is new here begins above revision 0. */
  | 'late-start'
  /** An event that is not an envelope written for its place. */
  | 'foreign-event'
  /** An event that names another event before it than the one that is there. */
  | 'broken-link'
  /** A stream that is known here was deleted there. */
  | 'stream-removed'
  /** The log no longer holds the last event sequenced here: a database restored from a backup, or another one. */
  | 'log-behind';

export type Anomaly = {
  readonly kind: AnomalyKind;
  readonly stream: string;
  /** Null where the whole stream is meant. */
  readonly revision: number | null;
  readonly detail: Text;
};

export const anomalyText = ({ kind, stream, revision, detail }: Anomaly): Message =>
  say('store.anomaly', { kind, place: revision === null ? stream : `${stream}@${revision}`, detail });
