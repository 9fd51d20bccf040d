import { z } from 'zod';
import { id, period } from '../kernel/schema.ts';
import { command, unitOf, type Kit } from '../http/routes.ts';
import type { Outcome } from '../handling/handler.ts';
import type { Services } from '../services.ts';
import { reportSubmission } from '../tasks/bodies.ts';
import { createGroundsReader } from '../tasks/grounds.ts';
import { submitReport } from '../tasks/submit-report.ts';
import { returnDecider } from './decide.ts';
import { returnStream } from './state.ts';

const verdict = z
  .strictObject({
    task: z.string(),
    verdict: z.enum(['recorded', 'already-recorded', 'refused']),
    report: z.string().nullable(),
    position: z.int().nullable(),
    code: z.string().nullable().meta({ description: 'Why it was refused: the last part of a problem’s type.' }),
    detail: z.string().nullable(),
  })
  .meta({ id: 'ReturnVerdict' });
type Verdict = z.infer<typeof verdict>;

const entry = reportSubmission.omit({ period: true }).extend({ task: id });

export const returnRoutes = (kit: Kit, { handler, timeZone }: Services): void => {
  const grounds = createGroundsReader(handler, timeZone);

  const verdictOn = (task: string, report: string, outcome: Outcome<unknown>): Verdict => {
    const refused = (code: string, detail: string): Verdict => ({ task, verdict: 'refused', report: null, position: null, code, detail });
    switch (outcome.kind) {
      case 'accepted':
        return {
          task,
          verdict: outcome.replayed ? 'already-recorded' : 'recorded',
          report,
          position: outcome.events.at(-1)?.position ?? null,
          code: null,
          detail: null,
        };
      case 'refused': {
        const { code, detail } = outcome.refusal;
        return code === 'already-reported' ? { task, verdict: 'already-recorded', report, position: null, code: null, detail } : refused(code, detail);
      }
      case 'revision-mismatch':
        return refused('precondition-failed', 'the task has changed');
      case 'key-reused':
        return refused('idempotency-key-reused', 'this Idempotency-Key came with another report before');
    }
  };

  command(kit, {
    method: 'POST',
    url: '/v1/returns',
    summary: 'File a unit’s reports of one period together',
    description: 'Every entry gets its own verdict. Filing again goes on where the first left off; nothing is reported twice.',
    tags: ['Reports'],
    roles: ['unit', 'office'],
    acts: 'unit',
    ifMatch: 'none',
    body: z.strictObject({ unit: id.optional(), period, entries: z.array(entry).min(1).max(500) }),
    more: z.strictObject({ entries: z.array(verdict) }),
    run: async ({ body: { period: of, entries }, principal, unit, meta }) => {
      const verdicts: Verdict[] = [];
      for (const { task, ...body } of entries) {
        const submitted = await submitReport(handler, grounds, { task, reader: unitOf(principal), unit, period: of, body, meta });
        verdicts.push(
          submitted === undefined
            ? { task, verdict: 'refused', report: null, position: null, code: 'task-unknown', detail: 'there is no such task, or none that you may see' }
            : verdictOn(task, submitted.report, submitted.outcome),
        );
      }
      const covered = verdicts.flatMap(({ task, report }) => (report === null ? [] : [{ task, report }]));
      const outcome = await handler.handle(returnDecider, returnStream(unit, of), { type: 'FileReturn', unit, period: of, entries: covered }, meta);
      const subject = `${unit}-${of}`;
      return { outcome, subject, location: `/v1/obligations?unit=${unit}&period=${of}`, more: { entries: verdicts } };
    },
  });
};

