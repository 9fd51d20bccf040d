import { z } from 'zod';
import { reminders as reminderViews, type ReminderDoc } from '../../../projections/reminders.ts';
import type { Services } from '../../application/services.ts';
import { directiveFolding, directiveStream, policyFolding, policyStream } from '../../domain/directives/state.ts';
import { rulesDecider } from '../../domain/reminders/decide.ts';
import { recipient, reminderRules } from '../../domain/reminders/events.ts';
import { reminderRulesStream } from '../../domain/reminders/state.ts';
import { retryLater } from '../../http/problem.ts';
import { directiveAsked, command, cut, list, notFound, problem, query, type Kit } from '../../http/routes.ts';
import { sheetOf } from '../shared/sheets.ts';
import { millisText } from '../../kernel/clock.ts';
import { date, id, instant, reason } from '../../kernel/schema.ts';
import { tableOf } from '../../projecting/projection.ts';
import { say } from '../../messages/message.ts';
import type { Language } from '../../messages/language.ts';
import { foundAgain, wording } from '../../messages/standing.ts';
import { inWords } from '../../messages/words.ts';

/** When units are reminded of what they owe, and what became of each reminder. */

const TAGS = ['Reminders'] as const;
const READERS = ['office', 'auditor', 'admin'] as const;
const rulesTable = tableOf(reminderViews, 'rules');

const rulesAnswer = z
  .strictObject({
    directive: z.string(),
    ...reminderRules.shape,
    set: z.strictObject({ by: z.string(), at: instant }).meta({ description: wording('api.reminders.by-whom-and-when') }),
    revision: z.int(),
  })
  .meta({ id: 'ReminderRules' });

const reminderAnswer = z
  .strictObject({
    id: z.uuid(),
    directive: z.string(),
    unit: z
      .string()
      .nullable()
      .meta({ description: wording('api.reminders.whose-null-where-about-several-as') }),
    kind: z.string(),
    period: z.string(),
    step: z.string().meta({ description: wording('api.reminders.step-rules-that-follows') }),
    day: date.meta({ description: wording('api.reminders.day-on-which-was-to-be') }),
    to: recipient.meta({ description: wording('api.reminders.to-whom') }),
    leader: z
      .string()
      .nullable()
      .meta({ description: wording('api.reminders.leader-that-goes-to-null-for') }),
    status: z.enum(['claimed', 'sent', 'failed', 'unknown', 'missed']).meta({
      description: wording('api.reminders.claimed-and-no-more-or-unknown'),
    }),
    tasks: z.array(z.string()),
    attempts: z.int().min(0),
    addresses: z
      .int()
      .min(0)
      .meta({ description: wording('api.reminders.to-how-many-went-addresses-in') }),
    subject: z.string().meta({ description: wording('api.reminders.mail') }),
    text: z.string().meta({ description: wording('api.reminders.as-was-sent') }),
    answer: z
      .string()
      .nullable()
      .meta({ description: wording('api.reminders.what-mail-server-said-or-why') }),
    at: instant.meta({ description: wording('api.reminders.when-that-was') }),
  })
  .meta({ id: 'Reminder' });

/** Why it was missed is a sentence of the catalogue; what a mail server said stays as it is. */
const answerOf = ({ heading, tasks, answer, ...doc }: ReminderDoc, language: Language): z.infer<typeof reminderAnswer> => ({
  ...heading,
  ...doc,
  answer: answer === null ? null : inWords(foundAgain(answer), language),
  tasks: [...tasks],
});

export const reminderRoutes = (kit: Kit, { handler, views, knowledge, reminders }: Services): void => {
  command(kit, {
    method: 'PUT',
    url: '/v1/directives/:id/reminders',
    summary: wording('api.reminders.say-when-units-reminded-what-they'),
    description: wording('api.reminders.in-place-what-was-said-before'),
    tags: TAGS,
    refuses: ['directive-unknown', 'calendar-missing', 'duty-unknown'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    params: z.strictObject({ id }),
    body: reminderRules,
    run: async ({ params: { id: directive }, body, meta }) => {
      const [{ state }, { state: policies }] = await Promise.all([
        handler.load(directiveFolding, directiveStream(directive)),
        handler.load(policyFolding, policyStream(directive)),
      ]);
      const known = {
        directiveKnown: state.status !== 'none',
        hasCalendar: (policies.at(-1)?.calendar ?? null) !== null,
        duties: policies.flatMap(({ duties }) => duties.map((duty) => duty.id)),
      };
      const does = { type: 'SetReminderRules', directive, ...body, ...known } as const;
      return {
        outcome: await handler.handle(rulesDecider, reminderRulesStream(directive), does, meta),
        subject: directive,
        location: `/v1/directives/${directive}/reminders`,
      };
    },
  });

  query(kit, {
    url: '/v1/directives/:id/reminders',
    summary: wording('api.reminders.when-units-reminded-what-they-owe'),
    tags: TAGS,
    refuses: ['directive-unknown', 'not-found'],
    roles: READERS,
    params: z.strictObject({ id }),
    idNames: 'directive',
    response: rulesAnswer,
    run: ({ params: { id: directive }, at: { position } }) => {
      if (knowledge.directive(directive, position) === undefined)
        return problem('directive-unknown', say('api.reminders.no-directive-known', { directive }));
      const doc = views.one(rulesTable, { directive }, position)?.doc;
      if (doc === undefined) return notFound(say('api.reminders.no-reminders-set-for-this-directive'));
      const { at, workingDays, steps, by, receivedAt } = doc;
      const revision = knowledge.lastOf(reminderRulesStream(directive), position)?.revision ?? 0;
      return { directive, at, workingDays, steps, set: { by, at: millisText(receivedAt) }, revision };
    },
  });

  list(kit, {
    url: '/v1/reminders',
    summary: wording('api.reminders.reminders-sent-not-gone-missed-and'),
    tags: TAGS,
    roles: READERS,
    query: z.strictObject({ directive: directiveAsked.optional(), status: reminderAnswer.shape.status.optional() }),
    key: z.int().min(0),
    item: reminderAnswer,
    sheet: sheetOf(reminderAnswer, 'reminders', {
      called: { subject: 'mail-subject', text: 'mail-text', tasks: 'mail-tasks' },
      folded: ['step', 'text'],
    }),
    spoken: true,
    run: ({ query: { directive, status }, at: { position, moment }, paging: { limit, after }, language }) => {
      const found = reminders
        .all(directive, position, moment)
        .filter((doc) => status === undefined || doc.status === status)
        .toSorted((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
      const from = (after ?? -1) + 1;
      const { items, next } = cut(
        found.slice(from, from + limit + 1).map((doc, n) => ({ doc, n: from + n })),
        limit,
        ({ n }) => n,
      );
      return { items: items.map(({ doc }) => answerOf(doc, language)), next, total: found.length };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/reminders/:id/resend',
    summary: wording('api.reminders.send-reminder-again'),
    description: wording('api.reminders.one-that-may-have-been-sent'),
    tags: TAGS,
    refuses: ['not-found', 'not-ready'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'none',
    params: z.strictObject({ id: z.uuid() }),
    body: z.strictObject({ reason }),
    run: async ({ params: { id: name }, body, meta }) => {
      if (!reminders.canSend) return retryLater('not-ready', say('api.reminders.smtp-url-not-set-nothing-can'), 60);
      const resent = await reminders.resend(name, body.reason, meta);
      if (resent === undefined) return notFound(say('api.reminders.no-reminder-has-this-id-or'));
      return { outcome: resent.outcome, subject: name, location: '/v1/reminders' };
    },
  });
};
