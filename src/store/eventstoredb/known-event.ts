import type { EventStoreDBClient as Client } from '@eventstore/db-client';
import { statusOf } from './failures.ts';
import { readToEnd, type ReadLimits } from './read-to-end.ts';
import type { RemoteEvent, RemotePosition } from './remote-event.ts';
import { say } from '../../messages/message.ts';

/** An event of the cluster's log by its place and its id: enough to tell whether a log is still the same log. */
export type KnownEvent = RemotePosition & { readonly id: string };

export const knownEvent = ({ position, id }: RemoteEvent): KnownEvent | undefined =>
  position && { commit: position.commit, prepare: position.prepare, id };

/** Its form in the mirror's `meta`. */
export const knownEventText = ({ commit, prepare, id }: KnownEvent): string => `${commit}/${prepare}/${id}`;

export const parseKnownEvent = (text: string | undefined): KnownEvent | undefined => {
  const [, commit, prepare, id] = /^(\d+)\/(\d+)\/(.+)$/u.exec(text ?? '') ?? [];
  return commit === undefined || prepare === undefined || id === undefined
    ? undefined
    : { commit: BigInt(commit), prepare: BigInt(prepare), id };
};

/** The later of two, where there are two. */
export const later = (a: KnownEvent | undefined, b: KnownEvent | undefined): KnownEvent | undefined =>
  a === undefined || (b !== undefined && b.commit > a.commit) ? b : a;

const INVALID_ARGUMENT = 3;

/** A position at which no record begins is refused: 24.6 answers UNKNOWN and this text, later servers INVALID_ARGUMENT. */
const isInvalidPosition = (error: unknown): boolean =>
  statusOf(error) === INVALID_ARGUMENT || (error instanceof Error && error.message.includes('InvalidPosition'));

/** The event at a place of the cluster's log; undefined where none begins there. */
export const eventAtPosition = async (
  client: Client,
  { commit, prepare }: RemotePosition,
  limits: ReadLimits,
): Promise<RemoteEvent | undefined> => {
  try {
    const found = await readToEnd(
      say('store.read-at-position'),
      limits,
      client.readAll({ fromPosition: { commit, prepare }, maxCount: 1 }),
    );
    return found.find(({ position }) => position?.commit === commit);
  } catch (error) {
    if (isInvalidPosition(error)) return undefined;
    throw error;
  }
};

/** Where the last event of the cluster's log stands, anybody's. */
export const endOfLog = async (client: Client, limits: ReadLimits): Promise<RemotePosition | undefined> => {
  const [found] = await readToEnd(
    say('store.read-of-last-event'),
    limits,
    client.readAll({ fromPosition: 'end', direction: 'backwards', maxCount: 1 }),
  );
  return found?.position;
};

/** The last event before a place of the cluster's log, anybody's. */
export const eventBefore = async (
  client: Client,
  { commit, prepare }: RemotePosition,
  limits: ReadLimits,
): Promise<KnownEvent | undefined> => {
  const [found] = await readToEnd(
    say('store.read-before-position'),
    limits,
    client.readAll({ fromPosition: { commit, prepare }, direction: 'backwards', maxCount: 1 }),
  );
  return found && knownEvent(found);
};
