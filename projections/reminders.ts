import type { ReminderEvent, ReminderHeading, ReminderRules, RuleEvent } from '../src/domain/reminders/events.ts';
import { reminderStream, type ReminderStatus } from '../src/domain/reminders/state.ts';
import { instantMillis } from '../src/kernel/clock.ts';
import { json, type Recorded, type Rows, type Tables } from '../src/projecting/projection.ts';
import { viewOf } from './view.ts';

/** When is to be reminded of what, and every reminder, by directive. */

/** `receivedAt`: epoch ms. */
export type RulesDoc = ReminderRules & { readonly receivedAt: number; readonly by: string };

export type ReminderDoc = {
  readonly id: string;
  readonly heading: ReminderHeading;
  readonly status: ReminderStatus;
  readonly tasks: readonly string[];
  readonly attempts: number;
  /** To how many it was sent last. */
  readonly addresses: number;
  readonly subject: string;
  readonly text: string;
  /** What came of it; why it was missed. */
  readonly answer: string | null;
  /** Of the last step. */
  readonly at: string;
};

const tables = {
  rules: { kind: 'versioned', key: ['directive'], columns: { directive: 'text', doc: json<RulesDoc>() }, listedBy: [[]] },
  reminder: {
    kind: 'versioned',
    key: ['reminder'],
    columns: { reminder: 'text', directive: 'text', doc: json<ReminderDoc>() },
    listedBy: [[], ['directive']],
  },
} as const satisfies Tables;

type All = Rows<typeof tables>;

const idOf = ({ stream }: Recorded<ReminderEvent>): string => reminderStream.idOf(stream);
const put = (rows: All, doc: ReminderDoc): void => rows.put('reminder', { reminder: doc.id, directive: doc.heading.directive, doc });

export const reminders = viewOf<RuleEvent | ReminderEvent>()({
  name: 'reminders',
  version: 1,
  tables,
  on: {
    ReminderRulesSet: (event, rows) => {
      const { directive, ...rules } = event.data;
      rows.put('rules', { directive, doc: { ...rules, receivedAt: instantMillis(event.receivedAt), by: event.actor.sub } });
    },
    ReminderClaimed: (event, rows) => {
      const { heading, tasks, addresses, subject, text, attempt } = event.data;
      const id = idOf(event);
      put(rows, { id, heading, status: 'claimed', tasks, attempts: attempt, addresses, subject, text, answer: null, at: event.receivedAt });
    },
    ReminderAnswered: (event, rows) => {
      const row = rows.get('reminder', { reminder: idOf(event) });
      if (row === undefined) return; // nothing is answered that was not claimed
      put(rows, { ...row.doc, status: event.data.outcome, answer: event.data.answer, at: event.receivedAt });
    },
    ReminderMissed: (event, rows) => {
      const { heading, tasks, reason, subject, text } = event.data;
      const id = idOf(event);
      const before = rows.get('reminder', { reminder: id })?.doc;
      const { attempts = 0, addresses = 0 } = before ?? {};
      put(rows, { id, heading, status: 'missed', tasks, attempts, addresses, subject, text, answer: reason, at: event.receivedAt });
    },
  },
});
