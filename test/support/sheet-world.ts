import type { Test } from 'tap';
import { openDuban } from '../../src/main/duban.ts';
import { handTask, OWN, REPORT } from './acts.ts';
import { openWorld, SEED_DIRECTIVE, TIME_ZONE, type World } from './app.ts';
import { DIRECTIVE as MARKED, PEER, plant, type Planted } from './planted.ts';

/** A world in which every list that is a sheet has rows, and the URLs that show them. */

export const SEEDED = SEED_DIRECTIVE;
const MAILED = 'mailed';
const BEFORE = '2023-03-22T09:00:00+08:00';
const NOW = '2023-04-10T09:00:00+08:00';

const rethrow = (error: unknown): never => {
  throw error;
};

const must = async (sent: Promise<{ readonly status: number; readonly text: string }>): Promise<void> => {
  const { status, text } = await sent;
  if (status >= 300) throw new Error(text);
};

/** A directive whose unit was reminded by mail, and reported on paper. */
const remind = async (world: World): Promise<void> => {
  const { office } = world;
  const heading = { number: '政办〔2023〕2号', title: '重点工作', issuer: '市政府办公室', date: '2023-01-01' };
  await must(office.post('/v1/directives', { id: MAILED, ...heading }));
  const monthly = { from: '2023-03', to: '2023-12', day: 25 };
  await must(office.post(`/v1/directives/${MAILED}/policies`, { effectiveFrom: '2023-01-01', monthly }));
  for (const id of ['mailed-1', 'mailed-2'])
    await must(office.post('/v1/tasks', { ...handTask(id), text: '推进重点工作', directive: MAILED }));
  await must(world.unit(OWN).post('/v1/contacts', { contacts: [{ name: '张三', email: 'zhangsan@example.org' }] }));
  const steps = [{ id: 'before', when: 'before', days: 3, to: ['unit'], channel: 'email' }];
  await must(office.send('PUT', `/v1/directives/${MAILED}/reminders`, { at: '09:00', workingDays: false, steps }));
  await world.settled();
  world.clock.set(BEFORE);
  const reminded = await world.duban().services.reminders.run({ dry: false });
  if (!reminded.some(({ result }) => result === 'sent')) throw new Error(JSON.stringify(reminded));
  await world.settled();
  world.clock.set(NOW);
  const paper = { unit: OWN, basis: '来文第7号', receivedAt: '2023-03-24T09:00:00+08:00' };
  await must(office.post('/v1/tasks/mailed-1/reports', { ...REPORT, period: '2023-03', ...paper }));
};

/** As on 10 April 2023. */
export const openSheetWorld = async (t: Pick<Test, 'teardown'>): Promise<World & { readonly planted: Planted }> => {
  const mail = { send: () => Promise.resolve({ outcome: 'sent', answer: '250 OK' } as const), office: undefined };
  const world = await openWorld(t, {
    at: '2023-03-20T18:00:00+08:00',
    open: (dataDir, clock) => openDuban({ dataDir, timeZone: TIME_ZONE, clock, onError: rethrow, relaxedDurability: true, mail }),
  });
  await remind(world);
  const planted = await plant(world);
  const why = { reason: '职责调整', authority: '市长办公会纪要第3期' };
  await must(
    world.office.post(
      '/v1/tasks/marked-shared/reassignments',
      { assignees: [{ role: 'lead', party: PEER }], effectiveFrom: '2023-05-15', ...why },
      { 'if-match': '*' },
    ),
  );
  await world.settled();
  return { ...world, planted };
};

type Parameter = { readonly name?: string; readonly in?: string; readonly schema?: { readonly enum?: readonly string[] } };
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>> };

/** Of every list that is a sheet, the URLs that show what there is. */
export const sheetUrls = async (world: World): Promise<readonly string[]> => {
  const { body } = await world.nobody.get<Document>('/openapi.json');
  return Object.entries(body.paths).flatMap(([path, { get }]) => {
    const parameters = get?.parameters ?? [];
    if (!parameters.some(({ name, schema }) => name === 'format' && schema?.enum?.includes('xlsx'))) return [];
    if (path === '/v1/snapshots/{id}') return []; // does not change any more
    const takes = (asked: string): boolean => parameters.some(({ name, in: place }) => name === asked && place === 'query');
    const periods = takes('period') && path !== '/v1/measurements' ? ['&period=2023-02', '&period=2023-03'] : [''];
    return [SEEDED, MARKED, MAILED].flatMap((directive) => {
      const url = path.replace('{id}', path.startsWith('/v1/units/') ? 'shi-ke-ji-ju' : directive);
      const asked = `${takes('directive') ? `&directive=${directive}` : ''}${takes('year') ? '&year=2023' : ''}`;
      const ways = takes('by') ? ['unit', 'leader', 'theme', 'kind'].map((by) => `&by=${by}`) : [''];
      return periods.flatMap((ofPeriod) => ways.map((way) => `${url}?format=xlsx${asked}${ofPeriod}${way}`));
    });
  });
};
