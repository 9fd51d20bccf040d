import type { Answer, World } from '../support/app.ts';
import type { MismatchOf } from '../support/openapi.ts';
import type { Request } from './requests.ts';

/** What holds of every answer, whatever was asked. */

/** Answers of the front door, which no operation names: where the URL leads elsewhere, or is none. */
const ELSEWHERE = new Set([308, 400, 401, 404, 405, 414, 431]);

type Event = { readonly id: string; readonly position: number | null };
const eventsIn = (body: unknown): readonly Event[] | undefined =>
  typeof body === 'object' && body !== null && 'receipt' in body && 'events' in body && Array.isArray(body.events)
    ? (body.events as readonly Event[]) // the shape of a command's answer
    : undefined;

/** No event without a 2xx, no 2xx without its events: between the positions before and after stand those that it names. */
const eventsFault = (world: World, { status, body }: Answer, before: number, after: number): string | undefined => {
  const events = status >= 200 && status < 300 ? eventsIn(body) : undefined;
  if (events === undefined) return after === before ? undefined : `${after - before} events, and the answer names none`;
  const strange = events.find(({ id, position }) => world.duban().services.store.at(position ?? 0)?.envelope.id !== id);
  if (strange !== undefined) return `event ${strange.id} is not at ${strange.position}`;
  const fresh = events.filter(({ position }) => (position ?? 0) > before);
  if (status === 201 && fresh.length === 0) return '201, and nothing was recorded';
  if (fresh.length === 0 && after !== before) return `${after - before} events, and the answer names none of them`;
  return undefined;
};

export const faultOf = (
  world: World,
  mismatchOf: MismatchOf,
  { method, path, leads }: Request,
  answer: Answer,
  positions: { readonly before: number; readonly after: number },
): string | undefined => {
  const { status, headers, text } = answer;
  if (status >= 500 && status !== 503) return `${status}: ${text.slice(0, 300)}`;
  if (status === 503 && headers['retry-after'] === undefined) return '503 without Retry-After';
  const events = eventsFault(world, answer, positions.before, positions.after);
  if (events !== undefined) return `${status}: ${events}`;
  if (method === 'HEAD') return text === '' ? undefined : 'HEAD has a body';
  if (!leads && ELSEWHERE.has(status)) return undefined;
  return mismatchOf(method, path, answer);
};
