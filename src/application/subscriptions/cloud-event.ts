import type { StoredEvent } from '../../store/event-store.ts';

/**
 * An event as it is handed on: CloudEvents 1.0 in JSON (structured mode). Attributes have simple values there, so the
 * actor comes in parts; `data` is what the log has. Where it stands in the log, and the hash of the stored bytes, let the
 * receiver fetch the proof of it.
 */

export const CLOUD_EVENT_TYPE = 'application/cloudevents+json; charset=utf-8';

export const cloudEventText = ({ position, leaf, envelope }: Pick<StoredEvent, 'position' | 'leaf' | 'envelope'>): string => {
  const { actor, data, ...attributes } = envelope;
  return JSON.stringify({
    ...attributes,
    actorsub: actor.sub,
    actorrole: actor.role,
    ...(actor.unit === undefined ? {} : { actorunit: actor.unit }),
    logposition: String(position),
    leafhash: Buffer.from(leaf).toString('base64'),
    data,
  });
};
