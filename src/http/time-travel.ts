import { z } from 'zod';
import { civilDay } from '../kernel/civil-days.ts';
import { instantMillis, millisText, type Clock } from '../kernel/clock.ts';
import { momentAt, type Moment as JudgedMoment } from '../kernel/moment.ts';
import { date, timeZone, YEARS } from '../kernel/schema.ts';
import type { EventStore } from '../store/event-store.ts';
import { officeDays, parseMillis, parseOn, type Judged, type On } from './moment.ts';
import { logPosition } from './parameters.ts';
import { clockBehind, fieldProblem, Problem } from './problem.ts';
import type { Reaching } from './reaching.ts';
import { say, type Text } from '../messages/message.ts';
import { wording } from '../messages/standing.ts';

/**
 * The two times of a read: `asOf`, what was known, and `on`, the moment judged. Either way the answer is a
 * function of (position, moment), which it carries as its `basis`.
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
    position: z.int().min(0).describe(wording('http.what-was-known-all-events-up')),
    recordedAt: z.iso.datetime().nullable().describe(wording('http.when-event-at-this-position-was')),
    on: date.describe(wording('http.civil-day-at')),
    at: z.iso.datetime().describe(wording('http.moment-judged-asof-position-on-at')),
    timeZone: timeZone.describe(wording('http.zone-office-in-which-days-begin')),
    forecast: z.literal(true).optional().describe(wording('http.moment-had-not-come-what-will')),
    directiveTimeZone: timeZone.optional().describe(wording('http.zone-one-directive-that-about-where')),
  })
  .meta({ id: 'Basis' });
export type Basis = z.infer<typeof basis>;

/** Of what was fixed once. What was fixed before moments were judged names the day alone. */
export const fixedBasis = basis.partial({ at: true }).meta({ id: 'FixedBasis' });
export type FixedBasis = z.infer<typeof fixedBasis>;

/** The moment judged that a basis says: of a day alone its last. */
export const momentOf = ({ at, on, timeZone: zone }: FixedBasis): JudgedMoment =>
  momentAt(at === undefined ? civilDay(on, zone).end - 1 : instantMillis(at), zone);

/** `millis`: the moment judged, epoch ms. `final`: whatever is recorded from now on, this question keeps its answer. */
export type Moment = { readonly basis: Basis; readonly millis: number; readonly final: boolean };

type AsOf = { readonly position: number } | { readonly millis: number };

const POSITION = /^(?:0|[1-9]\d{0,14})$/u;
const parseAsOf = (text: string): AsOf | undefined => {
  if (text.startsWith('@')) return POSITION.test(text.slice(1)) ? { position: Number(text.slice(1)) } : undefined;
  const millis = parseMillis(text);
  return millis === undefined ? undefined : { millis };
};

/** Longer than any instant or position. */
const LONGEST = 40;

/** Text that means something, or a word on what it should be. */
const meaning = <Value>(parse: (text: string) => Value | undefined, message: string) =>
  z
    .string()
    .max(LONGEST, message)
    .transform((text, context) => {
      const value = parse(text);
      if (value === undefined) context.addIssue({ code: 'custom', message });
      return value ?? z.NEVER;
    });

/** The query parameters of every read that travels in time. */
export const timeParameters = {
  asOf: meaning(parseAsOf, wording('http.must-be-position-or-rfc-3339', { years: YEARS }))
    .optional()
    .describe(wording('http.what-was-known-position-or-last')),
  on: meaning(parseOn, wording('http.must-be-civil-date-yyyy-mm', { years: YEARS }))
    .optional()
    .describe(wording('http.moment-judged-rfc-3339-instant-or')),
  minPosition: logPosition.optional().describe(wording('http.waits-at-most-5-s-until')),
} as const satisfies z.ZodRawShape;

export type Asked = {
  readonly asOf?: AsOf | undefined;
  readonly on?: On | undefined;
  readonly minPosition?: number | undefined;
  /** Of the first page, where this is a later one: `at` in epoch ms. */
  readonly pinned?: { readonly position: number; readonly at: number } | undefined;
};

export type TimeTravel = (asked: Asked) => Promise<Moment | Problem>;

/** What is asked for, before the views are waited for: without a position it is the newest they hold. */
type Target = { readonly position: number | undefined; readonly judged: Judged; readonly final: boolean };

export const createTimeTravel = (deps: {
  readonly log: LogClock;
  readonly views: ViewsClock;
  readonly reaching: Reaching;
  readonly clock: Clock;
  /** Why the clock is not to be believed. */
  readonly clockFault: () => Text | undefined;
  readonly timeZone: string;
}): TimeTravel => {
  const { log, views, reaching, clock, clockFault } = deps;
  const days = officeDays(deps.timeZone);

  const recordedAt = (position: number): number | null => {
    const head = log.head();
    return position === head.position ? head.recordedAt : (log.at(position)?.recordedAt ?? null);
  };

  /** Where `on` is left out the moment is that of what was known, or now. */
  const judged = (on: On | undefined, known: number | null, now: number): Judged => {
    if (on !== undefined) return days.moment(on, now);
    return known === null ? { millis: now, day: days.dayOf(now), forecast: false, fixed: false } : days.moment({ millis: known }, now);
  };

  const atPosition = (position: number, on: On | undefined, now: number): Target => {
    const moment = judged(on, recordedAt(position), now);
    return { position, judged: moment, final: moment.fixed };
  };

  const atInstant = (millis: number, on: On | undefined, now: number): Target | Problem => {
    if (millis > now) return fieldProblem('as-of-out-of-range', '/asOf', say('http.in-future-what-will-be-known'));
    const moment = judged(on, millis, now);
    if (isOpen(millis)) return { position: log.head().position, judged: moment, final: false };
    // Record times never decrease, so only after one later than `millis` can no further event fall before it.
    return { position: log.positionAt(millis), judged: moment, final: moment.fixed && (log.head().recordedAt ?? -Infinity) > millis };
  };

  /**
   * Whether events that are there by now may have come before an instant although their record times do not say so: they
   * got that of the last event before, from which the clock was set back. None of them is left out.
   */
  const isOpen = (millis: number): boolean => {
    const now = clock.now().epochMilliseconds;
    return (log.head().recordedAt ?? -Infinity) > now && millis >= (recordedAt(log.positionAt(now)) ?? -Infinity);
  };

  const targetOf = ({ asOf, on, pinned }: Asked): Target | Problem => {
    const fault = clockFault();
    if (fault !== undefined && pinned === undefined && (asOf === undefined || 'millis' in asOf)) return clockBehind(fault);
    // Not before what is known, should a clock step back or that of another replica be ahead.
    const now = Math.max(clock.now().epochMilliseconds, log.head().recordedAt ?? -Infinity);
    const target =
      asOf === undefined ? undefined : 'position' in asOf ? atPosition(asOf.position, on, now) : atInstant(asOf.millis, on, now);
    if (target instanceof Problem) return target;
    if (pinned === undefined) return target ?? { position: undefined, judged: judged(on, null, now), final: false };
    if ((target !== undefined && target.position !== pinned.position) || (on !== undefined && !days.isOn(on, pinned.at)))
      return fieldProblem('invalid-input', '/cursor', say('http.belongs-to-another-asof-or-on'));
    const moment = days.moment({ millis: pinned.at }, now);
    return { position: pinned.position, judged: moment, final: moment.fixed };
  };

  /** Waits for the positions that are named, before anything is made of them: another replica may have given them. */
  const reach = async ({ asOf, minPosition = 0, pinned }: Asked): Promise<Problem | undefined> =>
    (await reaching.views(minPosition, '/minPosition')) ??
    (asOf !== undefined && 'position' in asOf ? await reaching.views(asOf.position, '/asOf', 'as-of-out-of-range') : undefined) ??
    (pinned === undefined ? undefined : reaching.views(pinned.position, '/cursor'));

  return async (asked) => {
    const unreached = await reach(asked);
    if (unreached !== undefined) return unreached;
    const target = targetOf(asked);
    if (target instanceof Problem) return target;
    const early = await reaching.views(target.position ?? 0, '/asOf');
    if (early !== undefined) return early;
    const position = target.position ?? views.position();
    const recorded = recordedAt(position);
    const { millis, day, forecast } = target.judged;
    return {
      basis: {
        position,
        recordedAt: recorded === null ? null : millisText(recorded),
        on: day,
        at: millisText(millis),
        timeZone: deps.timeZone,
        ...(forecast ? { forecast } : {}),
      },
      millis,
      final: target.final,
    };
  };
};
