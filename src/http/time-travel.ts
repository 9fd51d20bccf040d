import { z } from 'zod';
import { civilDate, endOfDay, startOfDay } from '../kernel/calendar.ts';
import { millisText, type Clock } from '../kernel/clock.ts';
import { date, timeZone } from '../kernel/schema.ts';
import type { EventStore } from '../store/event-store.ts';
import { logPosition } from './parameters.ts';
import { fieldProblem, Problem, retryLater } from './problem.ts';

/**
 * The two times of a read: `asOf`, what was known, and `on`, the civil day judged. Either way the answer is a
 * function of (position, day), which it carries as its `basis`.
 */

/** What is asked of the log; the store has it. */
export type LogClock = Pick<EventStore, 'head' | 'at' | 'positionAt'>;

export type ViewsClock = {
  /** The last position that the views hold. */
  readonly position: () => number;
  /** True as soon as they hold a position, false when they still do not after `millis`. */
  readonly waitFor: (position: number, millis: number) => Promise<boolean>;
};

export const basis = z
  .strictObject({
    position: z.int().min(0).describe('What was known: all events up to this position of the log.'),
    recordedAt: z.iso.datetime().nullable().describe('When the event at this position was recorded; null before the first.'),
    on: date.describe('The civil day judged.'),
    timeZone: timeZone.describe('The zone in which days begin and end.'),
  })
  .meta({ id: 'Basis' });
export type Basis = z.infer<typeof basis>;

/** `final`: whatever is recorded from now on, this question keeps its answer. */
export type Moment = { readonly basis: Basis; readonly final: boolean };

type AsOf = { readonly position: number } | { readonly millis: number };

const POSITION = /^(?:0|[1-9]\d{0,14})$/u;
const INSTANT = z.iso.datetime({ offset: true });

/** In a query string a bare `+` reads as a space, and the offset of an instant is the one place where that happens. */
const withOffset = (text: string): string => text.replace(/ (?=\d{2}:\d{2}$)/u, '+');

const parseAsOf = (text: string): AsOf | undefined => {
  if (text.startsWith('@')) return POSITION.test(text.slice(1)) ? { position: Number(text.slice(1)) } : undefined;
  const instant = INSTANT.safeParse(withOffset(text));
  return instant.success ? { millis: Temporal.Instant.from(instant.data).epochMilliseconds } : undefined;
};

/** The query parameters of every read that travels in time. */
export const timeParameters = {
  asOf: z
    .string()
    .transform((text, context) => {
      const asOf = parseAsOf(text);
      if (asOf === undefined) context.addIssue({ code: 'custom', message: 'must be @<position> or an RFC 3339 date-time with an offset' });
      return asOf ?? z.NEVER;
    })
    .optional()
    .describe('What was known: `@<position>`, or the last position recorded at or before an RFC 3339 instant. The newest by default.'),
  on: date.optional().describe("The civil day judged, in the office's time zone. By default the day of `asOf`, or today."),
  minPosition: logPosition
    .optional()
    .describe("Waits, at most 5 s, until this position can be read: the `position` of a command's answer."),
} as const satisfies z.ZodRawShape;

export type Asked = {
  readonly asOf?: AsOf | undefined;
  readonly on?: string | undefined;
  readonly minPosition?: number | undefined;
  /** Of the first page, where this is a later one. */
  readonly pinned?: { readonly position: number; readonly on: string } | undefined;
};

export type TimeTravel = (asked: Asked) => Promise<Moment | Problem>;

const WAIT_MILLIS = 5_000;

/** Today is asked for again and again: the last day found is kept. */
const civilDays = (zone: string): ((millis: number) => string) => {
  let day = { from: 0, to: 0, text: '' };
  return (millis) => {
    if (millis < day.from || millis >= day.to) {
      const civil = civilDate(Temporal.Instant.fromEpochMilliseconds(millis), zone);
      day = { from: startOfDay(civil, zone).epochMilliseconds, to: endOfDay(civil, zone).epochMilliseconds, text: civil.toString() };
    }
    return day.text;
  };
};

/** What is asked for, before the views are waited for: without a position it is the newest they hold. */
type Target = { readonly position: number | undefined; readonly on: string; readonly final: boolean };

export const createTimeTravel = (deps: {
  readonly log: LogClock;
  readonly views: ViewsClock;
  readonly clock: Clock;
  readonly timeZone: string;
}): TimeTravel => {
  const { log, views, clock } = deps;
  const dayOf = civilDays(deps.timeZone);

  const recordedAt = (position: number): number | null => {
    const head = log.head();
    return position === head.position ? head.recordedAt : (log.at(position)?.recordedAt ?? null);
  };

  const atPosition = (position: number, on: string | undefined, now: number): Target | Problem => {
    if (position > log.head().position)
      return fieldProblem('as-of-out-of-range', '/asOf', `is beyond the log, which ends at @${log.head().position}`);
    const recorded = recordedAt(position);
    return { position, on: on ?? dayOf(recorded ?? now), final: recorded !== null || on !== undefined };
  };

  const atInstant = (millis: number, on: string | undefined, now: number): Target | Problem => {
    if (millis > now) return fieldProblem('as-of-out-of-range', '/asOf', 'is in the future: what will be known is not known');
    // Record times never decrease, so only after one later than `millis` can no further event fall before it.
    return { position: log.positionAt(millis), on: on ?? dayOf(millis), final: (log.head().recordedAt ?? -Infinity) > millis };
  };

  const targetOf = ({ asOf, on, pinned }: Asked): Target | Problem => {
    const now = clock.now().epochMilliseconds;
    const target =
      asOf === undefined ? undefined : 'position' in asOf ? atPosition(asOf.position, on, now) : atInstant(asOf.millis, on, now);
    if (target instanceof Problem) return target;
    if (pinned === undefined) return target ?? { position: undefined, on: on ?? dayOf(now), final: false };
    if ((target !== undefined && target.position !== pinned.position) || (on !== undefined && on !== pinned.on))
      return fieldProblem('invalid-input', '/cursor', 'belongs to another asOf or on');
    return { ...pinned, final: true };
  };

  const behind = async (wanted: number): Promise<Problem | undefined> =>
    wanted <= views.position() || (await views.waitFor(wanted, WAIT_MILLIS))
      ? undefined
      : retryLater('views-behind', `position ${wanted} cannot be read yet; the views are at ${views.position()}`, 1);

  return async (asked) => {
    // First, because what another replica's answer named may be beyond what the log holds here at this moment.
    const late = await behind(asked.minPosition ?? 0);
    if (late !== undefined) return late;
    const target = targetOf(asked);
    if (target instanceof Problem) return target;
    const early = await behind(target.position ?? 0);
    if (early !== undefined) return early;
    const position = target.position ?? views.position();
    const recorded = recordedAt(position);
    return {
      basis: { position, recordedAt: recorded === null ? null : millisText(recorded), on: target.on, timeZone: deps.timeZone },
      final: target.final,
    };
  };
};
