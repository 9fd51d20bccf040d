import { OTHER, OWN } from '../support/acts.ts';
import { SEED_DIRECTIVE, type ListBody, type World } from '../support/app.ts';
import type { Known } from './values.ts';

const D = SEED_DIRECTIVE;
const TASKS = [
  ...[1, 3, 10, 20, 45, 50, 75, 85].map((n) => `${D}-item-${n}`),
  ...[5, 6, 9, 47, 99].map((n) => `${D}-task-${n}`),
  `${D}-target-3`,
];
const UNITS = [OWN, OTHER, 'hu-bin-qu-zheng-fu', 'shi-tai-ban'];
const PERIODS = ['2023-03', '2023-12', '2024-01', '2024-02', '2023', '2023-Q1'];

/** Names of what is there. */
export const knownIn = async ({ auditor }: World): Promise<Known> => {
  const idsOf = async (url: string): Promise<string[]> => {
    const { body } =
      await auditor.get<ListBody<{ readonly id?: string; readonly report?: string; readonly event?: { readonly id: string } }>>(url);
    return body.items.flatMap(({ id, report, event }) => id ?? report ?? event?.id ?? []);
  };
  const tasks = ['example-task-1', ...TASKS];
  const events = await idsOf('/v1/log/events?after=400&limit=20');
  const reports = await idsOf('/v1/reports?directive=example-2024-1&period=2024-01');
  const snapshots = await idsOf('/v1/snapshots');
  const parties = [...UNITS, 'ge-xian-shi-qu-zheng-fu'];
  const positions = ['0', '1', '500', '520', '100000'];
  return new Map<string, string[]>([
    ['tasks/{id}', tasks],
    ['task', tasks],
    ['?task', tasks],
    ['parent', tasks],
    ['units/{id}', [...UNITS]],
    ['unit', [...UNITS]],
    ['?unit', [...UNITS]],
    ['units', [...UNITS]],
    ['members', [...UNITS]],
    ['mergedInto', [...UNITS]],
    ['party', parties],
    ['collectives/{id}', ['ge-xian-shi-qu-zheng-fu', 'example-collective']],
    ['directives/{id}', [D, 'example-2024-1']],
    ['directive', [D, 'example-2024-1']],
    ['?directive', [D]],
    ['reports/{reportId}', [...reports, `${OWN}-2024-01`]],
    ['snapshots/{id}', snapshots],
    ['snapshot', snapshots],
    ['notices/{id}', await idsOf('/v1/notices')],
    ['inspections/{id}', await idsOf('/v1/inspections')],
    ['imports/{id}', await idsOf('/v1/imports')],
    ['events/{id}', events],
    ['attachments/{sha256}', []],
    ['tile/{path}', ['0/000', '0/001', 'entries/000', '1/000.p/1', '0/002.p/12', 'x']],
    ['period', PERIODS],
    ['?period', PERIODS],
    ['?asOf', ['@508', '@1', '@0', '@520', '2023-02-01T00:00:00+08:00', '2024-03-01T00:00:00Z']],
    ['?on', ['2023-03-31', '2023-12-31', '2030-01-01', '2023-03-30T15:59:59.999Z']],
    ['?minPosition', ['0', '508', '500']],
    ['?from', ['2023-01-01', '@500', '1']],
    ['?to', ['2023-12-31', '@6100', '500']],
    ['?after', positions],
    ['?type', ['TaskAssigned', 'ReportSubmitted.v1', 'Nothing']],
    ['?q', ['市', '科技', 'x']],
    ['metric', ['研发投入强度']],
  ]);
};
