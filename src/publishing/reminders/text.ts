import { daysAfter } from '../../kernel/civil-days.ts';
import type { Language } from '../../messages/language.ts';
import { say, type Message, type Text } from '../../messages/message.ts';
import { inWords } from '../../messages/words.ts';
import { chineseDate, chinesePeriod } from '../letters/chinese.ts';

/** A reminder in the words of an office (催办提醒): plain text, for a mail, in the language of the service. */

export type ReminderFacts = {
  /** Whose it is to read: a unit, a leader by name, the office. */
  readonly to: string;
  readonly directive: { readonly title: string; readonly number: string; readonly issuer: string };
  /** The name of the duty; null for the tasks' own deadline. */
  readonly duty: string | null;
  readonly period: string;
  /** The last day in time, and the day on which this is written: YYYY-MM-DD. */
  readonly dueDay: string;
  readonly day: string;
  readonly isOverdue: boolean;
  /** Units by name, each with its tasks by what letters call them. */
  readonly units: readonly { readonly name: string; readonly tasks: readonly string[] }[];
};

/** A mail is no list of everything: what is more is counted. */
const MOST_LINES = 50;
const MOST_SUBJECT = 200;

/** One line, and nothing that a header could be made of. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

const subjectOf = (facts: ReminderFacts, period: string): Message => {
  const { duty, directive, isOverdue } = facts;
  const what = duty === null ? say('mail.deadline') : say('mail.duty', { duty: oneLine(duty), period });
  return say(isOverdue ? 'mail.subject-overdue' : 'mail.subject', { what, number: oneLine(directive.number) });
};

const standing = ({ isOverdue, dueDay, day }: ReminderFacts): Message => {
  const due = { day: dueDay };
  if (isOverdue) return say('mail.overdue', { due, days: daysAfter(dueDay, day) });
  return say(dueDay === day ? 'mail.due-today' : 'mail.due', { due });
};

const asked = (facts: ReminderFacts, period: string): Message => {
  const { directive, duty } = facts;
  const under = { title: oneLine(directive.title), number: oneLine(directive.number), standing: standing(facts) };
  return duty === null ? say('mail.to-be-completed', under) : say('mail.to-be-reported', { ...under, duty: oneLine(duty), period });
};

const linesOf = ({ units }: ReminderFacts): readonly Text[] =>
  units.length === 1
    ? (units[0]?.tasks ?? []).map(oneLine)
    : units.map(({ name, tasks }) => say('mail.tasks-of-unit', { name: oneLine(name), count: tasks.length }));

export const reminderText = (facts: ReminderFacts, language: Language): { readonly subject: string; readonly text: string } => {
  const inOurs = (text: Text): string => inWords(text, language);
  const period = language === 'zh' ? chinesePeriod(facts.period) : facts.period;
  const lines = linesOf(facts).map((line, n) => `${n + 1}. ${inOurs(line)}`);
  const more = lines.length - MOST_LINES;
  return {
    subject: inOurs(subjectOf(facts, period)).slice(0, MOST_SUBJECT),
    text: [
      inOurs(say('mail.to', { to: oneLine(facts.to) })),
      '',
      inOurs(asked(facts, period)),
      '',
      ...lines.slice(0, MOST_LINES),
      ...(more > 0 ? [inOurs(say('mail.more', { n: more }))] : []),
      '',
      oneLine(facts.directive.issuer),
      language === 'zh' ? chineseDate(facts.day) : facts.day,
    ].join('\n'),
  };
};
