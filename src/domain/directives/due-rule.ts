import { say, type Message, type Text } from '../../messages/message.ts';
import { stateSaid } from '../../messages/named.ts';

/**
 * The rule by which something is due, read back from the English in which it stands beside what is owed. Snapshots hold
 * that text under their digest, so it stays as it is; in another language it is said from what it says.
 */

const OWN = /^the task's own deadline, inclusive to 24:00 (\S+)$/u;
const RULE = new RegExp(
  [
    String.raw`^(once|each ten days|each \S+) by (.+?)( in the (?:\d+\w\w )?period after it)?`,
    String.raw`, (inclusive|exclusive) to (\S+) (\S+?)(, from a day of rest to the next working day)? \(policy (\d+)\)$`,
  ].join(''),
  'u',
);

const NTH = String.raw`(\d+)(st|nd|rd|th)`;
const nth = (n: string | undefined, end: string | undefined): Message => {
  const key = end === 'st' ? 'due.st' : end === 'nd' ? 'due.nd' : end === 'rd' ? 'due.rd' : 'due.th';
  return say(key, { n });
};

type Read = (...parts: readonly (string | undefined)[]) => Message;
const DAYS: readonly (readonly [form: RegExp, read: Read])[] = [
  [/^(\d{4}-\d{2}-\d{2})$/u, (date) => say('due.date', { date })],
  [/^(\d{2}-\d{2})$/u, (date) => say('due.date', { date })],
  [new RegExp(`^its ${NTH} day$`, 'u'), (n, end) => say('due.weekday', { nth: nth(n, end) })],
  [new RegExp(`^their ${NTH} day$`, 'u'), (n, end) => say('due.day-of-ten', { nth: nth(n, end) })],
  [new RegExp(`^the ${NTH} working day$`, 'u'), (n, end) => say('due.working-day', { nth: nth(n, end) })],
  [
    new RegExp(`^the ${NTH} working day of its ${NTH} month$`, 'u'),
    (n, end, month, its) => say('due.working-day-of-month', { nth: nth(n, end), month: nth(month, its) }),
  ],
  [/^the (\d+), clamped to its end$/u, (n) => say('due.day', { n })],
  [
    new RegExp(`^the (\\d+) of its ${NTH} month, clamped to its end$`, 'u'),
    (n, month, its) => say('due.day-of-month', { n, month: nth(month, its) }),
  ],
];

const daySaid = (text: string): Message | undefined => {
  for (const [form, read] of DAYS) {
    const found = form.exec(text);
    if (found !== null) return read(...found.slice(1));
  }
  return undefined;
};

const whichSaid = (text: string): Message => {
  if (text === 'once') return say('due.once');
  return text === 'each ten days' ? say('due.each-ten-days') : say('due.each', { every: stateSaid(text.slice('each '.length)) });
};

const laterSaid = (text: string | undefined): Message | null => {
  if (text === undefined) return null;
  const [, n, end] = new RegExp(NTH, 'u').exec(text) ?? [];
  return n === undefined ? say('due.next') : say('due.nth-after', { nth: nth(n, end) });
};

/** What no rule of this program says stays as it is. */
export const dueRuleSaid = (text: string): Text => {
  const own = OWN.exec(text);
  if (own !== null) return say('due.own-deadline', { zone: own[1] });
  const [, which = '', dayText = '', later, bound, cutoff, zone, moved, version] = RULE.exec(text) ?? [];
  const day = daySaid(dayText);
  if (day === undefined) return text;
  return say('due.rule', {
    which: whichSaid(which),
    day,
    later: laterSaid(later),
    bound: say(bound === 'inclusive' ? 'due.inclusive' : 'due.exclusive'),
    cutoff,
    zone,
    moved: moved === undefined ? null : say('due.moved'),
    version,
  });
};
