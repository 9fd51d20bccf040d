import { reminders as reminderViews, type ReminderDoc } from '../../../projections/reminders.ts';
import type { DubanEvent } from '../../domain/catalogue.ts';
import { DEADLINE } from '../../domain/compliance/obligation.ts';
import { remindersDue, type DueReminder } from '../../domain/reminders/due.ts';
import { reminderDecider, standingAt } from '../../domain/reminders/decide.ts';
import { reminderStream } from '../../domain/reminders/state.ts';
import { taskDecider } from '../../domain/tasks/decide.ts';
import { taskStream } from '../../domain/tasks/state.ts';
import { civilDate } from '../../kernel/calendar.ts';
import { instantMillis, type Clock } from '../../kernel/clock.ts';
import { momentAt, type Moment } from '../../kernel/moment.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Language } from '../../messages/language.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';
import { inWords } from '../../messages/words.ts';
import type { Views } from '../../projecting/views.ts';
import { reminderText } from '../../publishing/reminders/text.ts';
import type { MailOutcome, SendMail } from '../../sending/mail.ts';
import type { Handler, Meta, Outcome } from '../handler.ts';
import type { Knowledge } from '../knowledge.ts';
import { taskLabels } from '../tasks/task-label.ts';
import type { Addresses } from './addresses.ts';

/**
 * Reminds: looks for what is due, claims each reminder in the log, sends it, and records what came of it. At most once, for
 * nobody can tell whether a mail that broke off has come: a claim that has no answer is shown, and a person decides.
 */

const rulesTable = tableOf(reminderViews, 'rules');
const reminderTable = tableOf(reminderViews, 'reminder');

/** Why one was missed: recorded in English, and shown in the language of who reads it. */
const MISSED = { noAddress: wording('reminder.no-address'), tooLate: wording('reminder.not-in-time') } as const;
/** What is recorded of one whose sender is gone. */
const SENDER_ENDED = wording('reminder.sender-ended');

const HOUR_MILLIS = 3_600_000;
/** Older than that it is not sent any more: who is reminded of the day before yesterday is not helped. */
export const LATEST_MILLIS = 36 * HOUR_MILLIS;

export type Reminded = {
  readonly id: string;
  readonly heading: DueReminder['heading'];
  readonly tasks: readonly string[];
  /**
   * `due`: it would be sent. `no-address`: nobody of its recipients has one. `before-this-copy`: this directory does not know
   * what was sent then. `unknown`: it may have gone, now or before, and a person decides. `settled`: another was first, or it is
   * known not to have gone and waits to be tried again.
   */
  readonly result: MailOutcome['outcome'] | 'due' | 'no-address' | 'before-this-copy' | 'missed' | 'settled';
  readonly answer: string | null;
};

export type Resent = { readonly outcome: Outcome<unknown>; readonly sent: MailOutcome | undefined };

export type Reminders = {
  /** Null where nothing can be sent. */
  readonly canSend: boolean;
  /** One after the other; `dry`: nothing is recorded or sent. */
  readonly run: (options: { readonly dry: boolean }) => Promise<readonly Reminded[]>;
  /** By a person: undefined where there is no such reminder, or nobody to send it to. */
  readonly resend: (id: string, why: string, meta: Meta) => Promise<Resent | undefined>;
  readonly find: (id: string) => ReminderDoc | undefined;
  /** As they stand at the moment. */
  readonly all: (directive: string | undefined, position: number, moment: Pick<Moment, 'reached'>) => readonly ReminderDoc[];
};

export const createReminders = (deps: {
  readonly handler: Handler<DubanEvent>;
  readonly views: Views;
  readonly knowledge: Knowledge;
  readonly addresses: Addresses;
  readonly clock: Clock;
  /** From when on this directory knows what was sent, epoch ms. */
  readonly since: number;
  /** Whether no other process can be sending anything from this log. */
  readonly singleWriter: boolean;
  /** Undefined: nothing can be sent. */
  readonly send: SendMail | undefined;
  /** In which mails are written. */
  readonly language: Language;
}): Reminders => {
  const { handler, views, knowledge, addresses, clock, since, singleWriter, send, language } = deps;
  const now = (): number => clock.now().epochMilliseconds;
  const system = (): Meta => ({ actor: { sub: 'reminders', role: 'system' }, receivedAt: clock.now() });
  /** Sent, and noted on their tasks. */
  const noted = new Set<string>();
  /** Being sent by this process. */
  const underWay = new Map<symbol, string>();

  const find = (id: string): ReminderDoc | undefined => views.one(reminderTable, { reminder: id }, views.position())?.doc;

  const dutyName = ({ directive, kind }: DueReminder['heading'], position: number): string | null => {
    if (kind === DEADLINE) return null;
    const duties = knowledge.policies(directive, position).flatMap((policy) => policy.duties);
    return duties.findLast(({ id }) => id === kind)?.name ?? kind;
  };

  const written = ({ heading, owed, dueDay, isOverdue }: DueReminder): { readonly subject: string; readonly text: string } | undefined => {
    const position = views.position();
    const directive = knowledge.directive(heading.directive, position);
    if (directive === undefined) return undefined;
    const labelOf = taskLabels({ views }, position, momentAt(now(), directive.timeZone), (task) => task);
    const units = [...Map.groupBy(owed, ({ unit }) => unit).values()].map((of) => ({
      name: of[0]?.name ?? '',
      tasks: of.map(({ task }) => labelOf(task)),
    }));
    const to = heading.to === 'leader' ? (heading.leader ?? '') : heading.to === 'office' ? directive.issuer : (units[0]?.name ?? '');
    const day = civilDate(clock.now(), directive.timeZone).toString();
    const facts = { to, directive, duty: dutyName(heading, position), period: heading.period, dueDay, day, isOverdue, units };
    return reminderText(facts, language);
  };

  /** That the unit was reminded stands on each task: the same again changes nothing. */
  const noteOnTasks = async (
    { heading, tasks: of, subject, answer }: Pick<ReminderDoc, 'heading' | 'tasks' | 'subject' | 'answer'>,
    id: string,
  ): Promise<void> => {
    if (heading.unit === null || heading.to !== 'unit' || noted.has(id)) return;
    const { unit, period } = heading;
    const parties = knowledge.roster(views.position());
    for (const task of new Set(of)) {
      const said = { unit, period, channel: inWords(say('mail.channel'), language), text: subject } as const;
      const day = civilDate(clock.now(), knowledge.timeZone(heading.directive, views.position())).toString();
      const does = { type: 'Remind', ...said, day, parties, reminder: id, answer } as const;
      await handler.handle(taskDecider, taskStream(task), does, { ...system(), idempotency: { key: `reminder ${id}`, body: said } });
    }
    noted.add(id);
  };

  const isOurs = (outcome: Outcome<unknown>): outcome is Extract<Outcome<unknown>, { readonly kind: 'accepted' }> =>
    outcome.kind === 'accepted' && !outcome.replayed && outcome.events.length > 0;

  type Letter = Pick<ReminderDoc, 'heading' | 'tasks' | 'subject' | 'text'>;

  /** Claims, sends, records. Undefined where it is not to be sent. */
  const sendOnce = async (
    id: string,
    { heading, tasks: of, subject, text }: Letter,
    to: readonly string[],
    how: { readonly again: string | null; readonly meta: Meta },
  ): Promise<Resent> => {
    if (send === undefined) throw new Error('there is nothing to send with');
    const { again, meta } = how;
    const stream = reminderStream(id);
    const claim = { type: 'ClaimReminder', heading, tasks: of, channel: 'email', addresses: to.length, subject, text, again } as const;
    const sending = Symbol(id);
    underWay.set(sending, id);
    try {
      const outcome = await handler.handle(reminderDecider, stream, claim, meta);
      if (!isOurs(outcome)) return { outcome, sent: undefined };
      const attempt = outcome.state?.attempts ?? 1;
      const sent = await send({ id, list: heading.directive, to, subject, text });
      await handler.handle(reminderDecider, stream, { type: 'AnswerReminder', attempt, ...sent }, system());
      if (sent.outcome === 'sent') await noteOnTasks({ heading, tasks: of, subject, answer: sent.answer }, id);
      return { outcome, sent };
    } finally {
      underWay.delete(sending);
    }
  };

  const answeredUnknown = (id: string, attempt: number) =>
    handler.handle(
      reminderDecider,
      reminderStream(id),
      { type: 'AnswerReminder', attempt, outcome: 'unknown', answer: SENDER_ENDED },
      system(),
    );

  /** Whether it may have gone, by now: so long ago was it claimed, or by a process that is gone. */
  const mayHaveGone = ({ id, status, at }: ReminderDoc): boolean => {
    const isOrphan = status === 'claimed' && singleWriter && ![...underWay.values()].includes(id);
    return isOrphan || standingAt(status, instantMillis(at), momentAt(now(), 'UTC')) === 'unknown';
  };

  const miss = async (due: DueReminder, reason: string): Promise<void> => {
    const { id, heading, owed } = due;
    const letter = written(due);
    if (letter === undefined) return;
    const does = { type: 'MissReminder', heading, tasks: tasksIn(owed), reason, ...letter } as const;
    await handler.handle(reminderDecider, reminderStream(id), does, system());
  };

  const remind = async (due: DueReminder, dry: boolean): Promise<Reminded> => {
    const { id, heading, at, owed } = due;
    const result = (what: Reminded['result'], answer: string | null = null): Reminded => ({
      id,
      heading,
      tasks: tasksIn(owed),
      result: what,
      answer,
    });
    const known = find(id);
    if (known?.status === 'sent' && !dry) await noteOnTasks(known, id);
    if (known !== undefined && mayHaveGone(known)) {
      // Where it has been answered meanwhile, which the views do not know yet, nothing is left to record.
      if (known.status === 'claimed' && singleWriter && !dry && !isOurs(await answeredUnknown(id, known.attempts)))
        return result('settled');
      return result('unknown', known.answer);
    }
    if (known !== undefined && known.status !== 'failed') return result('settled');
    const to = addresses(heading);
    if (now() - at > LATEST_MILLIS) {
      if (!dry) await miss(due, to.length === 0 ? MISSED.noAddress : MISSED.tooLate);
      return result('missed');
    }
    if (at < since) return result('before-this-copy');
    if (to.length === 0) return result('no-address');
    const letter = written(due);
    if (dry || send === undefined || letter === undefined) return result('due');
    const { sent } = await sendOnce(id, { heading, tasks: tasksIn(owed), ...letter }, to, { again: null, meta: system() });
    return sent === undefined ? result('settled') : result(sent.outcome, sent.answer);
  };

  return {
    canSend: send !== undefined,
    find,
    all: (directive, position, moment) =>
      views
        .asOf(reminderTable, directive === undefined ? {} : { directive }, position)
        .map(({ doc }) => ({ ...doc, status: standingAt(doc.status, instantMillis(doc.at), moment) })),
    run: async ({ dry }) => {
      const position = views.position();
      const all = views.asOf(rulesTable, {}, position).flatMap(({ directive, doc }) => {
        const facts = knowledge.facts(directive, position);
        return facts === undefined ? [] : remindersDue(facts, doc, now());
      });
      const results: Reminded[] = [];
      for (const due of all) results.push(await remind(due, dry));
      return results;
    },
    resend: async (id, why, meta) => {
      const known = find(id);
      if (known === undefined) return undefined;
      const to = addresses(known.heading);
      return to.length === 0 ? undefined : sendOnce(id, known, to, { again: why, meta });
    },
  };
};

const tasksIn = (owed: DueReminder['owed']): readonly string[] => [...new Set(owed.map(({ task }) => task))].slice(0, 500);
