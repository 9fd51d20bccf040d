import { z } from 'zod';
import type { Services } from '../../application/services.ts';
import { taskLabels } from '../../application/tasks/task-label.ts';
import { rosterAt } from '../../domain/compliance/facts-at.ts';
import { nameOn } from '../../domain/compliance/facts.ts';
import { judge } from '../../domain/compliance/judge.ts';
import { lightOf } from '../../domain/compliance/lights.ts';
import { factsShownTo } from '../../domain/visibility.ts';
import type { FileCall, FileFormats } from '../../http/files.ts';
import { directiveAsked, problem, query, scopeOf, type Kit } from '../../http/routes.ts';
import { civilDayOf } from '../../kernel/civil-days.ts';
import { date, id, period, type ValueOf } from '../../kernel/schema.ts';
import { letterHtml } from '../../publishing/letters/html.ts';
import type { Letter } from '../../publishing/letters/letter.ts';
import { reminderLetter } from '../../publishing/letters/reminder.ts';
import { wordsDigest } from '../../publishing/letters/words.ts';
import { litObligation } from '../shared/compliance-answers.ts';
import { unknownDirective } from '../shared/refusals.ts';
import { say } from '../../messages/message.ts';
import { inWords } from '../../messages/words.ts';
import { wording } from '../../messages/standing.ts';

/** What a unit still owes for a period, as the letter (催办单) that asks it for that. */

const owed = litObligation
  .extend({
    label: z.string().meta({ description: wording('api.compliance.task-by-printed-number-and-title') }),
    dueOn: date.meta({ description: wording('api.compliance.last-day-in-time') }),
  })
  .meta({ id: 'OwedObligation' });

const answer = z.strictObject({
  unit: z.string(),
  name: z.string(),
  period: z.string(),
  issuers: z.array(z.string()).meta({ description: wording('api.compliance.who-issued-what-owed-under-whom') }),
  obligations: z.array(owed).meta({ description: wording('api.compliance.missing-or-not-yet-due-by') }),
  missing: z.int(),
  dueSoon: z.int().meta({ description: wording('api.compliance.those-not-yet-due-within-days') }),
});
type Answer = ValueOf<typeof answer>;

const letterFor = (reminder: Answer, { about }: FileCall): Letter => reminderLetter({ ...reminder, on: about.on });
const fileName = ({ unit, name, period: of }: Answer, kind: string, language: 'en' | 'zh'): string =>
  `${inWords(say('api.compliance.letter-file', { who: language === 'en' ? unit : name, period: of }), language)}.${kind}`;

const files: FileFormats<Answer> = {
  docx: {
    write: async (reminder, call) => {
      const letter = letterFor(reminder, call);
      const { letterDocx } = await import('../../publishing/letters/docx.ts'); // loaded when it is wanted: few requests do
      return { bytes: await letterDocx(letter), content: wordsDigest(letter) };
    },
    fileName: (reminder, _, language) => fileName(reminder, 'docx', language),
  },
  html: {
    write: (reminder, call) => ({ bytes: letterHtml(letterFor(reminder, call)) }),
    fileName: (reminder, _, language) => fileName(reminder, 'html', language),
    inline: true,
  },
};

export const reminderLetterRoute = (kit: Kit, services: Services): void => {
  const { knowledge, sightOf } = services;
  query(kit, {
    url: '/v1/units/:id/reminder-letter',
    summary: wording('api.compliance.what-unit-still-owes-for-period'),
    tags: ['Compliance'],
    refuses: ['unit-unknown', { field: 'directive-unknown' }],
    roles: ['office', 'unit', 'auditor', 'admin'],
    params: z.strictObject({ id }),
    query: z.strictObject({ period, directive: directiveAsked.optional() }),
    response: answer,
    formats: files,
    run: ({ params: { id: unit }, query: { period: of, directive }, principal, at: { position, moment } }) => {
      const sight = sightOf(scopeOf(principal), position);
      if (!knowledge.roster(position).units.has(unit) || !sight.isOwn(unit))
        return problem('unit-unknown', say('api.compliance.no-unit-that-you-may-see', { unit }));
      if (directive !== undefined && knowledge.directive(directive, position) === undefined) return unknownDirective(directive);
      const labelOf = taskLabels(services, position, moment);
      const known = knowledge.factsOfUnit(unit, position, directive).map((facts) => {
        const zone = knowledge.timeZone(facts.directive, position);
        const obligations = judge(factsShownTo(facts, sight), { at: moment, unit, period: of })
          .obligations.filter(({ state }) => state === 'missing' || state === 'not-yet-due')
          .map((obligation) => ({
            ...obligation,
            light: lightOf(obligation, facts.policies, moment),
            label: labelOf(obligation.task),
            dueOn: civilDayOf(Date.parse(obligation.due) - 1, zone).date,
          }));
        return { issuer: knowledge.directive(facts.directive, position)?.issuer, obligations };
      });
      const obligations = known.flatMap(({ obligations: each }) => each).toSorted((a, b) => Date.parse(a.due) - Date.parse(b.due));
      return {
        unit,
        name: nameOn(rosterAt(knowledge.roster(position), moment), unit, moment.day()),
        period: of,
        issuers: [
          ...new Set(known.flatMap(({ issuer, obligations: each }) => (issuer === undefined || each.length === 0 ? [] : [issuer]))),
        ],
        obligations,
        missing: obligations.filter(({ state }) => state === 'missing').length,
        dueSoon: obligations.filter(({ light }) => light === 'yellow').length,
      };
    },
  });
};
