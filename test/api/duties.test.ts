import { test } from 'tap';
import { ACTS_AT, handTask, OWN, REPORT } from '../support/acts.ts';
import { openWorld, type CommandBody, type ProblemBody } from '../support/app.ts';

/** Reports that name the duty they settle. */

type Return = CommandBody & { readonly entries: readonly object[] };

await test('a report names a duty of its period, and stands beside one that names none', async (t) => {
  const { office, unit } = await openWorld(t, { at: ACTS_AT });
  await office.post('/v1/tasks', handTask('own'));
  const at = '/v1/tasks/own/reports';
  const report = (period: string, duty?: string) => unit(OWN).post<CommandBody & ProblemBody>(at, { ...REPORT, period, duty });
  const unknown = { status: 400, body: { code: 'duty-unknown', errors: [{ pointer: '/duty' }] } };
  t.match(await report('2023-02', 'weekly'), unknown);
  t.match(await report('2023-02', 'annual'), unknown, 'which another period has');
  t.match(await report('2023-02', '月报'), { status: 400, body: { code: 'invalid-input', errors: [{ pointer: '/duty' }] } });
  t.match(await report('2022-02', 'monthly'), { status: 400, body: { code: 'period-outside-schedule' } });

  t.match(await report('2023-02', 'monthly'), { status: 201, body: { subject: `${OWN}-2023-02-monthly` } });
  t.match(await report('2023-02', 'monthly'), { status: 409, body: { code: 'already-reported' } });
  t.match(await report('2023-02'), { status: 201, body: { subject: `${OWN}-2023-02` } });
  t.match((await office.get(`${at}/${OWN}-2023-02-monthly`)).body, { period: '2023-02', duty: 'monthly', state: 'submitted' });
  t.match((await office.get(`${at}/${OWN}-2023-02`)).body, { duty: null });
});

await test('a return has an entry for each task and duty, and all of them are recorded under one key', async (t) => {
  const { office, unit, head } = await openWorld(t, { at: ACTS_AT });
  await office.post('/v1/tasks', handTask('own'));
  const file = (duties: readonly (string | undefined)[], key = 'one') =>
    unit(OWN).post<Return>(
      '/v1/returns',
      { period: '2023-02', entries: duties.map((duty) => ({ task: 'own', duty, ...REPORT })) },
      { 'idempotency-key': key },
    );
  const before = head();
  const first = await file(['monthly', undefined, 'monthly', 'weekly']);
  t.match(first, {
    status: 201,
    body: {
      subject: `${OWN}-2023-02`,
      entries: [
        { duty: 'monthly', verdict: 'recorded', report: `${OWN}-2023-02-monthly` },
        { duty: null, verdict: 'recorded', report: `${OWN}-2023-02` },
        { duty: 'monthly', verdict: 'refused', code: 'already-reported' },
        { duty: 'weekly', verdict: 'refused', code: 'duty-unknown' },
      ],
    },
  });
  t.equal(head(), before + 3, 'two reports and their cover');
  const again = await file(['monthly', undefined, 'monthly', 'weekly']);
  t.match(again, { status: 200, body: { events: first.body.events } });
  t.strictSame(again.body.entries, first.body.entries, 'a retry is answered as the first time');
  t.match(await file(['monthly', undefined], 'two'), {
    status: 200,
    body: { entries: [{ verdict: 'already-recorded' }, { verdict: 'already-recorded' }] },
  });
  t.equal(head(), before + 3);
});
