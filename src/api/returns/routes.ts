import { z } from 'zod';
import { period } from '../../kernel/schema.ts';
import { check, command, fieldProblem, plain, Problem, problem, travelAs, unitOf, type Kit, unitAsked } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { momentAt } from '../../kernel/moment.ts';
import { entriesOf, returnActs } from '../../domain/returns/events.ts';
import { FILLED, formTitle, KEPT, SHEET } from '../../application/returns/form-words.ts';
import { filledRows, FORM, stampOf } from '../../application/returns/filled-form.ts';
import { returnForm } from '../../application/returns/return-form.ts';
import { entry, fileReturn, refusedFor, verdict, type Entry, type Verdict, verdictsIn } from './file-return.ts';
import { say, isMessage } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const returnRoutes = (kit: Kit, services: Services): void => {
  command(kit, {
    method: 'POST',
    url: '/v1/returns',
    summary: wording('api.returns.file-units-reports-one-period-together'),
    description: wording('api.returns.every-entry-gets-own-verdict-filing'),
    tags: ['Reports'],
    refuses: [
      { field: 'unit-unknown' },
      'file-unknown',
      'file-damaged',
      'file-encrypted',
      'file-too-large',
      'as-of-out-of-range',
      'beyond-the-log',
    ],
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'none',
    body: returnActs.FileReturn.partial({ unit: true }).extend({ entries: entriesOf(entry) }),
    manyVerdicts: true,
    more: z.strictObject({ entries: z.array(verdict) }),
    run: async ({ body: { period: of, entries }, principal, unit, meta, language }) => {
      const filed = await fileReturn(services, { period: of, entries, principal, unit, meta });
      return filed instanceof Problem ? filed : { ...filed, more: { entries: verdictsIn(filed.verdicts, language) } };
    },
    runFile: async ({ bytes, principal, unit, meta, language }) => {
      const { STAMP_SHEET, FIRST_ROW } = await import('../../publishing/sheets/form.ts');
      const read = await services.readSource(bytes);
      if (!read.ok) return problem(read.problem.code, read.problem.detail);
      const stamp = stampOf(read.source, STAMP_SHEET);
      // Whoever can open the file can write on its hidden page.
      if (stamp === null || !check(period, stamp.period, 'body').ok)
        return problem('file-unknown', say('api.returns.this-not-sheet-v1-returns-template'));
      if (stamp.unit !== unit) return problem('forbidden', say('api.returns.sheet-was-given-out-for', { unit: stamp.unit }));
      const unreached = await kit.reaching.views(stamp.position, `/${STAMP_SHEET}`);
      if (unreached !== undefined) return unreached;
      const moment = await travelAs(kit, principal, { pinned: stamp });
      if (moment instanceof Problem) return moment;
      const at = { position: moment.basis.position, moment: momentAt(moment.millis, moment.basis.timeZone) };
      const form = returnForm(services, unit, stamp.period, at);
      if (form === null) return fieldProblem('unit-unknown', '/unit', say('api.returns.no-unit-registered', { unit }));
      const rows = filledRows(read.source, form, FIRST_ROW);
      if (isMessage(rows)) return problem('file-unknown', rows);
      const checked = rows.map((row) => ({ row, said: row.ok ? check(entry, row.entry, 'body') : undefined }));
      const entries = checked.flatMap(({ said }): readonly Entry[] => (said?.ok === true ? [said.value] : []));
      if (rows.length === 0) return problem('invalid-input', say('api.returns.no-row-sheet-filled-in'));
      const filed = await fileReturn(services, { period: stamp.period, entries, principal, unit, meta });
      if (filed instanceof Problem) return filed;
      const left = [...filed.verdicts];
      const verdicts = checked.map(({ row, said }): Verdict => {
        if (!row.ok) return { address: row.address, ...refusedFor(row, row.code, row.detail) };
        if (said?.ok !== true) return { address: row.address, ...refusedFor(row, 'invalid-input', said?.errors[0]?.message ?? '') };
        return { address: row.address, ...(left.shift() ?? refusedFor(row, 'invalid-input', '')) };
      });
      return { ...filed, more: { entries: verdictsIn(verdicts, language) } };
    },
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/returns/template',
    summary: wording('api.returns.units-return-period-as-sheet-to'),
    description: wording('api.returns.row-for-each-report-that-owes'),
    tags: ['Reports'],
    refuses: ['unit-unknown'],
    access: ['office', 'unit', 'auditor', 'admin'],
    query: z.strictObject({ unit: unitAsked.optional(), period }),
    produces: { [XLSX]: wording('api.returns.sheet') },
    run: async ({ query: { unit: named, period: of }, principal }) => {
      const own = principal === null ? undefined : unitOf(principal);
      const unit = named ?? own;
      if (unit === undefined) return fieldProblem('invalid-input', '/unit', say('api.returns.required-only-unit-has-returns-own'));
      const moment = await travelAs(kit, principal, {});
      if (moment instanceof Problem) return moment;
      const at = { position: moment.basis.position, moment: momentAt(moment.millis, moment.basis.timeZone) };
      const form = services.sightOf(own ?? null, at.position).isOwn(unit) ? returnForm(services, unit, of, at) : null;
      if (form === null) return problem('unit-unknown', say('api.returns.no-unit-that-you-may-see', { unit }));
      const { formFile } = await import('../../publishing/sheets/form.ts');
      const content = await formFile({
        name: SHEET,
        title: formTitle(form.unitName, of),
        kept: KEPT,
        filled: FILLED,
        rows: form.rows.map(({ kept }) => kept),
        stamp: { form: FORM, unit, period: of, position: String(at.position), at: String(moment.millis) },
      });
      return { type: XLSX, headers: { 'content-disposition': `attachment; filename="return-${unit}-${of}.xlsx"` }, content };
    },
  });
};
