import { loadLocalKey, mintToken } from '../../src/http/local-key.ts';
import type { PreparedRequest } from './load.ts';
import { carriersOf, directiveId, periodOf, taskId, type Office } from './synthetic.ts';

/** Reports as their units send them, to an office whose tasks are assigned and on which nothing was reported yet. */

export const OFFICE: Office = { directives: 8, tasks: 250, carriers: 8, units: 160 };
const YEAR = 2023;
const MONTHS = 12;
const TOKEN_SECONDS = 86_400;

const NARRATIVE = '本月完成项目前期手续办理,施工单位已进场,累计完成投资占年度计划的六成;下一步将倒排工期、挂图作战,确保按期完成。';

export const tokens = async (dataDir: string): Promise<ReadonlyMap<string, string>> => {
  const key = await loadLocalKey(dataDir);
  const units = new Set(
    Array.from({ length: OFFICE.directives }, (_, n) =>
      Array.from({ length: OFFICE.tasks }, (__, task) => carriersOf(OFFICE, n, task)),
    ).flat(2),
  );
  return new Map(
    await Promise.all([...units].map(async (unit) => [unit, await mintToken(key, { role: 'unit', unit, ttl: TOKEN_SECONDS })] as const)),
  );
};

/** Reports that nobody has made yet, without end: one task after the other, so that those sent at one time are on different tasks. */
export function* reports(bearer: ReadonlyMap<string, string>): Generator<PreparedRequest> {
  for (let month = 1; month <= MONTHS; month += 1)
    for (let place = 0; place < OFFICE.carriers; place += 1)
      for (let directive = 0; directive < OFFICE.directives; directive += 1)
        for (let task = 0; task < OFFICE.tasks; task += 1) {
          const unit = carriersOf(OFFICE, directive, task)[place] ?? '';
          yield {
            method: 'POST',
            path: `/v1/tasks/${taskId(directiveId(YEAR, directive), task)}/reports`,
            headers: { authorization: `Bearer ${bearer.get(unit)}`, 'content-type': 'application/json' },
            body: JSON.stringify({
              period: periodOf(YEAR, month),
              status: 'on-track',
              percent: (task + month) % 100,
              narrative: NARRATIVE,
            }),
          };
        }
}
