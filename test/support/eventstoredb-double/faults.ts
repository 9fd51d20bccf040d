import type { ServiceError } from '@grpc/grpc-js';
import type { LogRecord } from './record-log.ts';
import { denied, unknownUser } from './wire.ts';

/** What becomes of an append. */
export type AppendFate =
  | 'answer'
  /** Refused, nothing written: the node has no leader, or is shutting down. */
  | 'not-ready'
  /** Refused, nothing written: no quorum in time. */
  | 'timeout'
  /** Refused as a conflict, nothing written: another append to the stream waits for its quorum, and cannot be read yet. */
  | 'unsettled'
  /** Refused, nothing written: more than the server takes at once. */
  | 'too-large'
  /** Nothing written, no answer ever. */
  | 'hang'
  /** Written, but the answer says that it timed out. */
  | 'written-timeout'
  /** Written, but the connection breaks before the answer. */
  | 'written-broken'
  /** Written, but then the call ends as if all were said: on the call of many appends, and as if broken on one of its own. */
  | 'written-ended'
  /** Written, and answered when the caller has long given up. */
  | 'written-late'
  /** Written, and answered twice: on the call of many appends. */
  | 'written-twice'
  /** Written, but the answer cannot be read: on the call of many appends. */
  | 'written-garbled';

/** What becomes of a read, and of a subscription when it is opened. */
export type ReadFate =
  | 'answer'
  | 'not-ready'
  /** No answer ever. */
  | 'hang'
  /** Breaks after half of what there is to give. */
  | 'break'
  /** The answer of a node that has nothing of it yet. */
  | 'empty';

/** What a call is about to do, and who: undefined where nobody was named, as without TLS. */
export type Act = {
  readonly act: 'append' | 'read' | 'delete' | 'metadata';
  /** Undefined: the whole log. */
  readonly stream: string | undefined;
  readonly user: { readonly name: string; readonly password: string } | undefined;
};

/** What a node does wrong. Each is asked anew for every call, so that a test may count, or leave it to chance. */
export type Faults = {
  append: (stream: string) => AppendFate;
  /** Whether it has the call of many appends, which older servers have not. */
  batch: () => 'answer' | 'unimplemented';
  read: (stream: string | undefined) => ReadFate;
  subscribe: () => ReadFate;
  gossip: () => 'answer' | 'fail' | 'hang';
  /** What is delivered to a subscription in place of a record of the log. */
  deliver: (record: LogRecord) => readonly LogRecord[];
  /** What the node's nth subscription (from 1) waits for before it is sent the next record: a replica that is late. */
  lag: (nth: number) => Promise<void> | undefined;
  /** Who may do what; a double by itself forbids nothing. */
  access: (act: Act) => 'allowed' | 'denied' | 'unknown-user';
};

/** The answer to whoever may not. */
export const refusedAccess = ({ access }: Faults, act: Act): ServiceError | undefined => {
  const verdict = access(act);
  if (verdict === 'allowed') return undefined;
  return verdict === 'denied' ? denied() : unknownUser();
};

export const noFaults = (): Faults => ({
  append: () => 'answer',
  batch: () => 'answer',
  read: () => 'answer',
  subscribe: () => 'answer',
  gossip: () => 'answer',
  deliver: (record) => [record],
  lag: () => undefined,
  access: () => 'allowed',
});
