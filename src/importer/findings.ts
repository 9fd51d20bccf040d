import { comparatorConflicts } from './comparator-conflict.ts';
import type { Document } from './document.ts';
import type { BodyEntry, Entries, RowEntry } from './entries.ts';
import { drift } from './name-drift.ts';
import type { Finding, FindingKind, ProposedTask } from './proposal.ts';
import type { Roster } from './roster.ts';
import { differenceOf, unitsOutside } from './row-against-task.ts';
import { sharedProjects } from './shared-projects.ts';

type Found = Omit<Finding, 'n'>;

export type Material = {
  readonly directive: string;
  readonly document: Document;
  readonly entries: Entries;
  readonly roster: Roster;
  readonly tasks: readonly ProposedTask[];
};

const found = (kind: FindingKind, { id, line }: { readonly id: string; readonly line: { readonly n: number } }, detail: string): Found => ({
  kind,
  subject: id,
  line: line.n,
  detail,
});

/** 1-4, 6: numbers in order, runs shortened. */
const ranges = (numbers: readonly number[]): string => {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && number === run[1] + 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
};

const layout = ({ directive, document: { head, itemsSchedule }, entries }: Material): readonly Found[] => {
  const { pageTitle } = head;
  const doubled = itemsSchedule.rows.filter((row) => row.doubledMonth);
  const [firstDoubled] = doubled;
  let latest = 0;
  const outOfOrder = entries.rows.flatMap((row) => {
    const number = row.task?.number ?? latest;
    const before = latest;
    latest = Math.max(latest, number);
    return number < before
      ? [found('layout', row, `row ${row.number} belongs to task ${number} and stands after rows of task ${before}`)]
      : [];
  });
  const misshapen = entries.rows.flatMap((row) => {
    if (row.shape === 'full') return [];
    const how =
      row.shape === 'shifted'
        ? 'the deadline stands in the cell of the cooperating units, and the last cell is empty'
        : 'the row has five cells';
    return [found('layout', row, `${how}; read as a row without cooperating units`)];
  });
  return [
    ...(pageTitle === null
      ? []
      : [
          found(
            'layout',
            { id: directive, line: pageTitle },
            'the title in one line before the directive, as a web page shows it; not a part of the directive',
          ),
        ]),
    ...itemsSchedule.after.map((line) =>
      found('layout', { id: directive, line }, 'a line after the schedule of items; not a part of the directive'),
    ),
    ...[...entries.targets, ...entries.tasks].flatMap((item) =>
      item.bracketLine === null
        ? []
        : [
            found(
              'layout',
              { id: item.id, line: item.bracketLine },
              `the units of ${item.kind} ${item.number} stand on a line of their own`,
            ),
          ],
    ),
    ...(firstDoubled === undefined
      ? []
      : [
          found(
            'layout',
            { id: directive, line: firstDoubled.line },
            `deadlines print the word for month twice (月月底前), in rows ${ranges(doubled.map((row) => row.number))}; ` +
              'read as the end of the month',
          ),
        ]),
    ...misshapen,
    ...outOfOrder,
  ];
};

const collectives = ({ entries: { targets, tasks, rows }, roster }: Material): readonly Found[] =>
  roster.collectives.flatMap(({ id, name }) => {
    const naming = <T extends BodyEntry | RowEntry>(items: readonly T[]): readonly T[] =>
      items.filter(({ named }) => named.some((party) => party.name === name));
    const places = [
      { what: 'target', items: naming(targets) },
      { what: 'task', items: naming(tasks) },
      { what: 'item', items: naming(rows) },
    ].filter(({ items }) => items.length > 0);
    const line = places[0]?.items[0]?.line;
    const where = places.map(
      ({ what, items }) => `${items.length} ${what}${items.length > 1 ? 's' : ''} (${ranges(items.map(({ number }) => number))})`,
    );
    return line === undefined
      ? []
      : [
          found(
            'collective-unresolved',
            { id, line },
            `${name} stands for units that the directive does not list; named in ${where.join(', ')}`,
          ),
        ];
  });

const names = ({ entries: { targets, tasks, rows } }: Material): readonly Found[] =>
  [...targets, ...tasks, ...rows].flatMap((entry) => [
    ...entry.doubts.map(({ printed, why }) => found('name-unresolved', entry, `“${printed}” ${why}`)),
    ...entry.repeated.map((name) => found('other', entry, `${name} is named twice in one role; kept once`)),
  ]);

const unlinked = (row: RowEntry): Found => {
  const nearest = row.link.nearest.map(({ number, score }) => `task ${number} (${Math.round(score * 100)} % of its wording)`);
  return found('other', row, `row ${row.number} belongs to no task clearly; nearest: ${nearest.join(', ')}`);
};

const rowsAgainstTasks = ({ entries: { rows } }: Material): readonly Found[] =>
  rows.flatMap((row) => {
    const { task } = row;
    if (task === null) return [unlinked(row)];
    const difference = differenceOf(row, task);
    const outside = unitsOutside(row, task);
    const strange = drift(row.text, task.text);
    return [
      ...(difference === null ? [] : [found('row-differs', row, `${difference.name} against task ${task.number}: ${difference.detail}`)]),
      ...(outside.length === 0 ? [] : [found('unit-outside-task', row, `task ${task.number} does not name ${outside.join('、')}`)]),
      ...(strange.length === 0
        ? []
        : [
            found(
              'name-drift',
              row,
              `not in the words of task ${task.number}: ${strange.map(({ words, clause }) => `“${words}” in “${clause}”`).join(', ')}`,
            ),
          ]),
    ];
  });

const gaps = ({ tasks }: Material): readonly Found[] => {
  const parents = new Set(tasks.map(({ parent }) => parent));
  return tasks.flatMap((task) => {
    if (parents.has(task.id)) return [];
    const at = { id: task.id, line: { n: task.sourceLine } };
    const why = task.kind === 'item' ? '' : `: no row of the schedule of items belongs to ${task.kind} ${task.number}`;
    return [
      ...(task.leaders.length === 0 ? [found('no-leader', at, `no leader is named${why}`)] : []),
      ...(task.deadline === null ? [found('no-deadline', at, `no deadline is set${why}`)] : []),
    ];
  });
};

/** The directive assigns from its date on. */
const order = ({ document: { itemsSchedule }, tasks }: Material): readonly Found[] =>
  tasks.flatMap(({ id, sourceLine, deadline }) =>
    deadline !== null && deadline < itemsSchedule.date
      ? [
          found(
            'date-order',
            { id, line: { n: sourceLine } },
            `the deadline, ${deadline}, lies before the directive, of ${itemsSchedule.date}`,
          ),
        ]
      : [],
  );

const conflicts = ({ tasks }: Material): readonly Found[] =>
  comparatorConflicts(tasks).map(({ first, detail }) =>
    found('comparator-conflict', { id: first.id, line: { n: first.sourceLine } }, detail),
  );

const projects = ({ entries: { tasks } }: Material): readonly Found[] =>
  sharedProjects(tasks).flatMap(({ project, listedIn, alsoIn }) => {
    const entry = tasks.find(({ number }) => number === listedIn);
    return entry === undefined
      ? []
      : [found('other', entry, `${project} is listed in task ${listedIn} and named in task ${ranges(alsoIn)} too`)];
  });

const ORDER: readonly FindingKind[] = [
  'layout',
  'collective-unresolved',
  'name-unresolved',
  'unit-outside-task',
  'row-differs',
  'name-drift',
  'comparator-conflict',
  'no-leader',
  'no-deadline',
  'date-order',
  'other',
];

/** All that the importer could not settle, in the order of the lines it is about. */
export const findingsOf = (material: Material): readonly Finding[] =>
  [layout, collectives, names, rowsAgainstTasks, gaps, order, conflicts, projects]
    .flatMap((find) => find(material))
    .sort((a, b) => a.line - b.line || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
    .map((finding, index) => ({ n: index + 1, ...finding }));
