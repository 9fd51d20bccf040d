import { tokenFor } from '../../support/process.ts';

/**
 * The other units of the month: each sends its return of January in one call, as its own client would. Some send it two
 * days late, some not at all; `late` plays those that come after the day.
 * Usage: <address of the service> [late]     (DATA_DIR says where the key is)
 */

const [url = '', when] = process.argv.slice(2);
const dataDir = process.env['DATA_DIR'] ?? '';
const isLate = when === 'late';
const DIRECTIVE = 'sanzhengban-2023-1';
const PERIOD = '2023-01';
/** Sends its own by sheet. */
const BY_SHEET = 'shi-ke-ji-ju';
const LATE = ['shi-cai-zheng-ju', 'shi-min-zheng-ju', 'shi-shang-wu-ju'];
/** 市水利局 and 市文化广电旅游局 send nothing at all, 市教育局 leaves one of its tasks out. */
const SILENT = ['shi-shui-li-ju', 'shi-wen-hua-guang-dian-lv-you-ju'];
const LEFT_OUT = { unit: 'shi-jiao-yu-ju', tasks: 1 };

type Owed = { readonly unit: string; readonly task: string; readonly kind: string };
type Page = { readonly items: readonly Owed[]; readonly next: string | null };

const call = async (token: string, path: string, body?: object): Promise<unknown> => {
  const answer = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};

const office = await tokenFor(dataDir, { role: 'office' });
const owed: Owed[] = [];
for (let cursor: string | null = ''; cursor !== null;) {
  const query = `directive=${DIRECTIVE}&period=${PERIOD}&kind=monthly&limit=500${cursor === '' ? '' : `&cursor=${cursor}`}`;
  // The cast is the shape that docs/http.md names.
  const page = (await call(office, `/v1/obligations?${query}`)) as Page;
  owed.push(...page.items);
  cursor = page.next;
}

const sent = [...Map.groupBy(owed, ({ unit: of }) => of)].filter(
  ([unit]) => unit !== BY_SHEET && !SILENT.includes(unit) && LATE.includes(unit) === isLate,
);
let reports = 0;
let last = 0;
const send = async ([unit, all]: (typeof sent)[number]): Promise<void> => {
  const tasks = unit === LEFT_OUT.unit ? all.slice(LEFT_OUT.tasks) : all;
  const entries = tasks.map(({ task }, index) => ({
    task,
    status: index % 7 === 3 ? 'behind' : 'on-track',
    percent: index % 7 === 3 ? 3 : 8,
    narrative: index % 7 === 3 ? '受节前停工影响，进度滞后，已制定追赶计划。' : '按计划推进。',
  }));
  reports += entries.length;
  // The cast is the shape that docs/http.md names.
  const { position } = (await call(await tokenFor(dataDir, { role: 'unit', unit }), '/v1/returns', { period: PERIOD, entries })) as {
    readonly position: number;
  };
  last = Math.max(last, position);
};
const AT_ONCE = 8;
for (let from = 0; from < sent.length; from += AT_ONCE) await Promise.all(sent.slice(from, from + AT_ONCE).map(send));
// On a busy machine the views may come later than the office's next question.
await call(office, `/v1/tasks?limit=1&minPosition=${last}`);
process.stdout.write(`${JSON.stringify({ units: sent.length, reports })}\n`);
