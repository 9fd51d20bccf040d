import { daysAfter } from '../../kernel/civil-days.ts';
import { chineseDate, chinesePeriod } from '../letters/chinese.ts';

/** A reminder in the words of an office (催办提醒): plain text, for a mail. */

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
  /** Units by name, each with the titles of its tasks. */
  readonly units: readonly { readonly name: string; readonly tasks: readonly string[] }[];
};

/** A mail is no list of everything: what is more is counted. */
const MOST_LINES = 50;
const MOST_SUBJECT = 200;

/** One line, and nothing that a header could be made of. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

const ASKED = (facts: ReminderFacts): string => (facts.duty === null ? '完成' : `报送${chinesePeriod(facts.period)}${oneLine(facts.duty)}`);

const subjectOf = (facts: ReminderFacts): string => {
  const what = facts.duty === null ? '重点工作办理时限' : `${chinesePeriod(facts.period)}${oneLine(facts.duty)}报送`;
  return `${facts.isOverdue ? '【逾期催办】' : '【催办提醒】'}${what}（${oneLine(facts.directive.number)}）`.slice(0, MOST_SUBJECT);
};

const standing = ({ isOverdue, dueDay, day }: ReminderFacts): string =>
  isOverdue
    ? `截止日期为${chineseDate(dueDay)}，现已逾期${daysAfter(dueDay, day)}天，尚未收到，请尽快办理。`
    : dueDay === day
      ? `截止日期为今天（${chineseDate(dueDay)}），尚未收到，请按时办理。`
      : `截止日期为${chineseDate(dueDay)}，尚未收到，请按时办理。`;

const linesOf = ({ units }: ReminderFacts): readonly string[] =>
  units.length === 1
    ? (units[0]?.tasks ?? []).map((task, n) => `${n + 1}. ${oneLine(task)}`)
    : units.map(({ name, tasks }, n) => `${n + 1}. ${oneLine(name)}：${tasks.length}项`);

export const reminderText = (facts: ReminderFacts): { readonly subject: string; readonly text: string } => {
  const lines = linesOf(facts);
  const more = lines.length - MOST_LINES;
  const { title, number, issuer } = facts.directive;
  return {
    subject: subjectOf(facts),
    text: [
      `${oneLine(facts.to)}：`,
      '',
      `　　根据《${oneLine(title)}》（${oneLine(number)}），下列事项应按时${ASKED(facts)}。${standing(facts)}`,
      '',
      ...lines.slice(0, MOST_LINES),
      ...(more > 0 ? [`……另有${more}项`] : []),
      '',
      oneLine(issuer),
      chineseDate(facts.day),
    ].join('\n'),
  };
};
