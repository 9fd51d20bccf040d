import { problem, type Problem } from './problem.ts';
import type { Basis } from './time-travel.ts';
import { say } from '../messages/message.ts';

/**
 * RFC 7089 as a second door to the past of one subject: `Accept-Datetime` leads to the URL with the position that
 * was the last one then. An HTTP date knows neither milliseconds nor positions, so `asOf` stays the first door.
 */

const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/u;

/** Epoch milliseconds of `Accept-Datetime`, no later than now (§4.5.2: the newest is the nearest). */
export const parseAcceptDatetime = (header: string, now: number): number | Problem => {
  const millis = HTTP_DATE.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(millis) ? problem('invalid-header', say('http.accept-datetime-not-http-date-such')) : Math.min(millis, now);
};

const links = (path: string, timemap: string): string =>
  `<${path}>; rel="original timegate", <${timemap}>; rel="timemap"; type="application/link-format"`;

/** Of the answer that sends on to a memento. */
export const timegateHeaders = (path: string, timemap: string, position: number): Readonly<Record<string, string>> => ({
  location: `${path}?asOf=@${position}`,
  link: links(path, timemap),
});

/** Of an answer; `past` where it is one that was asked for by its time. */
export const mementoHeaders = (path: string, timemap: string, { recordedAt }: Basis, past: boolean): Readonly<Record<string, string>> => ({
  link: links(path, timemap),
  ...(past && recordedAt !== null ? { 'memento-datetime': new Date(recordedAt).toUTCString() } : {}),
});

/**
 * The time map of a resource (RFC 7089 §5): itself, which is its own time gate, and a memento for each version.
 * Versions recorded within the same second have the same HTTP date, but each has its own URL.
 */
export const timemapText = (path: string, versions: readonly { readonly position: number; readonly recordedAt: number }[]): string => {
  const dateOf = (millis: number): string => new Date(millis).toUTCString();
  const [first, last] = [versions[0], versions.at(-1)];
  const span = first === undefined || last === undefined ? '' : `;from="${dateOf(first.recordedAt)}";until="${dateOf(last.recordedAt)}"`;
  const mementos = versions.map(({ position, recordedAt }, index) => {
    const ends = [...(index === 0 ? ['first'] : []), ...(index === versions.length - 1 ? ['last'] : []), 'memento'].join(' ');
    return `<${path}?asOf=@${position}>;rel="${ends}";datetime="${dateOf(recordedAt)}"`;
  });
  const self = `<${path}/timemap>;rel="self";type="application/link-format"${span}`;
  return `${[`<${path}>;rel="original timegate"`, self, ...mementos].join(',\n')}\n`;
};
