import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { tasks } from '../../../projections/tasks.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Folding, Recorded } from '../../application/stream-states.ts';
import { KeyReused, type Meta, type Outcome } from '../../application/handler.ts';
import type { Services } from '../../application/services.ts';
import { createDecisionContextReader } from '../../application/tasks/decision-context.ts';
import { directiveFolding, directiveStream } from '../../domain/directives/state.ts';
import { taskDecider } from '../../domain/tasks/decide.ts';
import { taskActs, type TaskEvent } from '../../domain/tasks/events.ts';
import { taskFolding, taskStream } from '../../domain/tasks/state.ts';
import { whyHeld } from '../../application/imports/held-ids.ts';
import { check, problem, type Problem } from '../../http/routes.ts';
import { cleanJson } from '../../kernel/json.ts';
import { assignBody } from '../shared/task-bodies.ts';
import { rowsUnder, type SheetRow } from '../shared/sheet-rows.ts';
import { assignmentOf, type AssignTask } from './assign.ts';
import { differing, type Founded } from './ledger-again.ts';
import { bodyMaker, type RowBody } from './ledger-bodies.ts';
import { readRow } from './ledger-row.ts';
import { BECOME, ledgerFields, type LedgerField } from './ledger-sheet.ts';
import type { Language } from '../../messages/language.ts';
import { say, type Text } from '../../messages/message.ts';
import { headingSaid } from '../../messages/named.ts';
import { inWords } from '../../messages/words.ts';
import { wording } from '../../messages/standing.ts';

/** A ledger that comes in as a file: a task for each row, and a verdict on each. */

export const MOST_ROWS = 2_000;

const taskTable = tableOf(tasks, 'task');
const rowBody = assignBody.safeExtend({ title: taskActs.AssignTask.shape.title.optional() });

const rowVerdict = z
  .strictObject({
    address: z.string().meta({ description: wording('api.tasks.row-in-file') }),
    id: z
      .string()
      .nullable()
      .meta({ description: wording('api.tasks.task') }),
    verdict: z.enum(['created', 'already-there', 'refused']),
    event: z
      .uuid()
      .nullable()
      .meta({ description: wording('api.tasks.one-that-assigned-where-this-call') }),
    position: z.int().nullable(),
    code: z
      .string()
      .nullable()
      .meta({ description: wording('api.tasks.why-was-refused-last-part-problems') }),
    column: z
      .string()
      .nullable()
      .meta({ description: wording('api.tasks.which-column-at-fault-as-file') }),
    cell: z
      .string()
      .nullable()
      .meta({ description: wording('api.tasks.where-that-stands') }),
    detail: z.string().nullable(),
  })
  .meta({ id: 'TaskRowVerdict' });
/** What became of a row, before it is known who reads it. */
type Verdict = Omit<z.infer<typeof rowVerdict>, 'detail'> & { readonly detail: Text | null };

const verdictIn = (verdict: Verdict, language: Language): z.infer<typeof rowVerdict> => ({
  ...verdict,
  detail: verdict.detail === null ? null : inWords(verdict.detail, language),
});

export const ofRows = z.strictObject({
  rows: z
    .array(rowVerdict)
    .optional()
    .meta({ description: wording('api.tasks.file-what-became-each-row-in') }),
  notTaken: z
    .array(z.string())
    .optional()
    .meta({ description: wording('api.tasks.file-columns-that-say-what-became') }),
});

const NEEDED: readonly (readonly LedgerField[])[] = [['text'], ['assignees'], ['id', 'number']];

/** The first event of a task. */
const founding: Folding<Founded | null, TaskEvent> = {
  initial: null,
  evolve: (state, event) => (event.type === 'TaskAssigned' ? event.data : state),
};

type Row = SheetRow<LedgerField>;
type Checked = { readonly row: Row; readonly body: RowBody; readonly valid: z.infer<typeof rowBody> };
type Refused = { readonly field: LedgerField | null; readonly code: string; readonly detail: Text };

/** The column that a refusal points at. */
const fieldAt = (pointer: string | undefined, fields: ReadonlySet<string>): LedgerField | null => {
  const [, first = '', second = ''] = pointer?.split('/') ?? [];
  const below = { theme: 'themeNumber', group: 'groupNumber' } as const;
  if ((first === 'theme' || first === 'group') && second === 'number') return below[first];
  if (first === 'deadlineTerms' && second === 'kind') return 'deadlineKind';
  if (first === 'deadlineTerms' && second === 'precision') return 'deadlinePrecision';
  if (first === 'deadlineTerms' && second === 'milestones') return 'milestones';
  // The cast: it is one of the fields.
  return fields.has(first) ? (first as LedgerField) : null;
};

/** Rows whose parents are rows of the file themselves come after those. */
const parentsFirst = <Each extends { readonly body: RowBody }>(rows: readonly Each[]): readonly Each[] => {
  const byId = new Map(rows.map((row) => [row.body.id, row]));
  const done = new Set<Each>();
  const visit = (row: Each): void => {
    const above: Each[] = [];
    for (let next: Each | undefined = row; next !== undefined && !done.has(next) && !above.includes(next);) {
      above.push(next);
      next = next.body.parent === null ? undefined : byId.get(next.body.parent);
    }
    for (const each of above.toReversed()) done.add(each);
  };
  for (const row of rows) visit(row);
  return [...done];
};

type Filed = {
  readonly outcome: Outcome<null>;
  readonly subject: string;
  readonly location: string;
  readonly more: z.infer<typeof ofRows>;
};

export const assignFromFile = async (
  { handler, commits, timeZone, readSource, views }: Pick<Services, 'handler' | 'commits' | 'timeZone' | 'readSource' | 'views'>,
  {
    bytes,
    directive: into,
    meta,
    language,
  }: { readonly bytes: Buffer; readonly directive: string | undefined; readonly meta: Meta; readonly language: Language },
): Promise<Filed | Problem> => {
  const read = await readSource(bytes);
  if (!read.ok) return problem(read.problem.code, read.problem.detail);
  const fields = ledgerFields();
  const sheet = rowsUnder(read.source, fields);
  if (!sheet.ok) return problem(sheet.code, sheet.detail);
  const { columns, rows } = sheet;
  const missing = [...NEEDED, ...(into === undefined ? [['directive'] as const] : [])].find(
    (any) => !any.some((field) => columns.has(field)),
  );
  if (missing !== undefined) {
    const named = { anyOf: missing.map((field) => headingSaid(field) ?? field) };
    return problem('invalid-input', say('api.tasks.ledger-has-no-column', { missing: named }));
  }
  if (rows.length === 0) return problem('invalid-input', say('api.tasks.no-row-stands-under-headings'));
  if (rows.length > MOST_ROWS)
    return problem('file-too-large', say('api.tasks.ledger-has-rows-at-most-taken', { length: rows.length, mostRows: MOST_ROWS }));

  const verdicts = new Map<Row, Verdict>();
  const judge = (row: Row, id: string | null, said: Partial<Verdict> & Pick<Verdict, 'verdict'>): undefined => {
    const nothing = { event: null, position: null, code: null, column: null, cell: null, detail: null };
    verdicts.set(row, { address: row.address, id, ...nothing, ...said });
  };
  const refuse = (row: Row, id: string | null, { field, code, detail }: Refused): undefined =>
    judge(row, id, {
      verdict: 'refused',
      code,
      column: field === null ? null : (columns.get(field) ?? null),
      cell: field === null ? null : (row.cells.get(field)?.address ?? null),
      detail,
    });

  const roster = await createDecisionContextReader(handler, timeZone).roster();
  const known = new Set<string>(fields.values());
  const themesOf = (directive: string): ReadonlyMap<string, number> =>
    new Map(
      views
        .asOf(taskTable, { directive }, views.position())
        .flatMap(({ doc: { theme } }) => (theme === null ? [] : [[theme.name, theme.number]])),
    );
  const bodyFor = bodyMaker({ into, roster, themesOf });
  const validated = (row: Row): Checked | undefined => {
    const one = readRow(row);
    if (!one.ok) return refuse(row, null, { ...one, code: 'invalid-input' });
    const made = bodyFor(one.said);
    if (!made.ok) return refuse(row, null, made);
    const { body } = made;
    const clean = cleanJson(body);
    if (!clean.ok) {
      const [fault] = clean.faults;
      return refuse(row, body.id, {
        field: fieldAt(fault?.pointer, known),
        code: 'invalid-input',
        detail: fault?.message ?? '',
      });
    }
    const valid = check(rowBody, clean.value, 'body');
    if (valid.ok) return { row, body, valid: valid.value };
    const [fault] = valid.errors;
    return refuse(row, body.id, { field: fieldAt(fault?.pointer, known), code: 'invalid-input', detail: fault?.message ?? '' });
  };
  const checked: Checked[] = [];
  for (const row of rows) {
    const one = validated(row);
    if (one !== undefined) checked.push(one);
    await nextTurn(); // a ledger may have thousands of rows, and others wait
  }

  const directives = new Map<string, Awaited<ReturnType<typeof directiveState>>>();
  const directiveState = async (id: string) => (await handler.load(directiveFolding, directiveStream(id))).state;
  const begun = new Map<string, string>();
  const events: Recorded[] = [];
  let isNew = false;

  const assign = async (row: Row, does: AssignTask): Promise<void> => {
    const { task } = does;
    const held = await whyHeld({ handler, commits }, does);
    if (held !== undefined) return refuse(row, task, { field: fieldAt(held.pointer, known), code: held.code, detail: held.detail });
    const idempotency = meta.idempotency && { ...meta.idempotency, key: `${meta.idempotency.key} ${task}`, once: undefined };
    const outcome = await handler.handle(taskDecider, taskStream(task), does, { ...meta, idempotency });
    if (outcome.kind === 'key-reused') throw new KeyReused();
    if (outcome.kind === 'revision-mismatch') throw new Error('a row without preconditions met one');
    if (outcome.kind === 'accepted') {
      const [event] = outcome.events;
      events.push(...outcome.events);
      isNew ||= !outcome.replayed;
      judge(row, task, { verdict: 'created', event: event?.id ?? null, position: event?.position ?? null });
      return;
    }
    const { code, detail, pointer } = outcome.refusal;
    if (code !== 'task-exists') return refuse(row, task, { field: fieldAt(pointer, known), code, detail });
    const [founded, now] = [
      (await handler.load(founding, taskStream(task))).state,
      (await handler.load(taskFolding, taskStream(task))).state,
    ];
    const unlike = founded === null || now === null ? [] : differing(does, { founded, now, said: new Set(row.cells.keys()) });
    const [first] = unlike;
    if (first === undefined) return judge(row, task, { verdict: 'already-there' });
    const which = unlike.map((field) => columns.get(field) ?? field);
    return refuse(row, task, {
      field: first,
      code,
      detail: say('ledger-row.otherwise', { task, columns: which }),
    });
  };

  for (const { row, body, valid } of parentsFirst(checked)) {
    const before = begun.get(body.id);
    if (before !== undefined) {
      refuse(row, body.id, { field: 'id', code: 'task-exists', detail: say('ledger-row.twice', { id: body.id, address: before }) });
      continue;
    }
    begun.set(body.id, row.address);
    const directive = directives.get(body.directive) ?? (await directiveState(body.directive));
    directives.set(body.directive, directive);
    const parentKnown =
      body.parent === null || (await handler.load(taskFolding, taskStream(body.parent))).state?.directive === body.directive;
    const around = { directive, parentKnown, roster, timeZone, from: directive.date };
    await assign(row, assignmentOf(valid, around, meta));
    await nextTurn();
  }

  const notTaken = BECOME.filter((field) => rows.some(({ cells }) => (cells.get(field)?.text ?? '') !== ''));
  const first = checked[0]?.body.directive ?? into ?? '';
  return {
    outcome: { kind: 'accepted', events, revision: 0, state: null, replayed: !isNew },
    subject: first,
    location: `/v1/tasks?directive=${encodeURIComponent(first)}`,
    more: {
      rows: rows.flatMap((row) => verdicts.get(row) ?? []).map((each) => verdictIn(each, language)),
      notTaken: notTaken.map((field) => columns.get(field) ?? field),
    },
  };
};
