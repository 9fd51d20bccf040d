import { globSync, readFileSync } from 'node:fs';
import { test } from 'tap';
import { problemTypes, statusesOf } from '../../src/http/problems.ts';
import { acts } from '../support/acts.ts';
import { openWorld } from '../support/app.ts';
import { reads } from '../support/reads.ts';
import { callOf, callsIn, fieldsIn, namesIn, problemsIn, rowsIn, type Parameter, type Row } from './contract.ts';

/** docs/http.md says what the application does: calls, parameters, bodies, answers, roles and problems. */

type Schema = { readonly [member: string]: unknown };
type Operation = {
  readonly parameters?: readonly {
    readonly $ref?: string;
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>>;
};
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const page = read('docs/http.md');
const rows = rowsIn(page);

const world = await openWorld({ teardown: () => undefined }, { seeded: false });
const { body: document } = await world.nobody.get<Document>('/openapi.json');
await world.close();

const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
  ),
);

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
const REFERENCE = '#/components/schemas/';
const resolved = (schema: Schema): Schema => {
  const { $ref } = schema;
  return typeof $ref === 'string' ? (document.components.schemas[$ref.slice(REFERENCE.length)] ?? {}) : schema;
};
const branchesOf = (schema: Schema): readonly Schema[] => {
  const whole = resolved(schema);
  const branches = [whole['anyOf'], whole['oneOf']].filter(Array.isArray).flat().filter(isSchema);
  return branches.length === 0 ? [whole] : branches.flatMap(branchesOf);
};
const propertiesOf = (schema: Schema): Readonly<Record<string, unknown>> => (isSchema(schema['properties']) ? schema['properties'] : {});
const requiredOf = (schema: Schema): readonly unknown[] => (Array.isArray(schema['required']) ? schema['required'] : []);

const jsonOf = (content: Readonly<Record<string, { readonly schema: Schema }>> | undefined): Schema | undefined =>
  content?.['application/json']?.schema;

/** Of a body: a field that some branch does not know, or does not require, may be left out. */
const bodyFields = (operation: Operation): readonly Parameter[] => {
  const schema = jsonOf(operation.requestBody?.content);
  const branches = schema === undefined ? [] : branchesOf(schema);
  const names = new Set(branches.flatMap((branch) => Object.keys(propertiesOf(branch))));
  return [...names].map((name) => ({ name, required: branches.every((branch) => requiredOf(branch).includes(name)) }));
};

const answerOf = ({ responses }: Operation): Schema | undefined => jsonOf(responses['200']?.content) ?? jsonOf(responses['201']?.content);

/** Every name of a field and every value that an answer may hold, in whatever depth. */
const namesOf = (schema: Schema, seen: ReadonlySet<unknown> = new Set()): readonly string[] =>
  seen.has(schema)
    ? []
    : branchesOf(schema).flatMap((branch) => {
        const deeper = new Set([...seen, schema]);
        const inner = [branch['items'], branch['additionalProperties'], ...Object.values(propertiesOf(branch))].filter(isSchema);
        const values = [...(Array.isArray(branch['enum']) ? branch['enum'] : []), branch['const']].filter(
          (value) => typeof value === 'string',
        );
        return [...Object.keys(propertiesOf(branch)), ...values, ...inner.flatMap((each) => namesOf(each, deeper))];
      });

/** What an answer shows: the members of its object, or of a list's items and of what is said beside them. */
const shownBy = (schema: Schema): readonly string[] => {
  const members = propertiesOf(resolved(schema));
  const { items, next: _next, total: _total, basis: _basis, ...more } = members;
  const item = isSchema(items) && isSchema(items['items']) ? propertiesOf(resolved(items['items'])) : {};
  return [...Object.keys(item), ...Object.keys(more)];
};

const EVERYWHERE = new Set(['asOf', 'on', 'minPosition', 'limit', 'cursor']);
const queryOf = ({ parameters = [] }: Operation): readonly Parameter[] =>
  parameters.filter((each) => each.in === 'query').map(({ name, required = false }) => ({ name, required }));
/** Names of parameters, and the values that they take. */
const askedBy = ({ parameters = [] }: Operation): readonly string[] =>
  parameters.flatMap(({ name, schema = {} }) => [name, ...namesOf(schema)]);

const byName = (all: readonly Parameter[]): readonly Parameter[] => all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
const operationOf = ({ call }: Row): Operation => operations.get(call.route) ?? { responses: {} };

await test('every call of the application is named, and every call that is named exists', async (t) => {
  const open = [
    'GET /',
    'GET /health/live',
    'GET /health/ready',
    'GET /openapi.json',
    'GET /problems',
    'GET /problems/{code}',
    'GET /metrics',
  ];
  t.ok(operations.size > 80);
  const known = new Set([...operations.keys(), ...open]);
  const named = new Set(callsIn(page).map(({ route }) => route));
  t.same([...known.difference(named)], [], 'none is missing');
  t.same([...named.difference(known)], [], 'none is made up');
  t.same([...new Set<string>(operations.keys()).difference(new Set(rows.map(({ call }) => call.route)))], [], 'each has a row of its own');
  t.equal(new Set(rows.map(({ call }) => call.route)).size, rows.length, 'and only one');
});

await test('the query parameters of a call are those that are named, and in brackets stands what may be left out', async (t) => {
  t.same(callOf('GET /v1/owing?directive&period[&kind]'), {
    route: 'GET /v1/owing',
    parameters: [
      { name: 'directive', required: true },
      { name: 'period', required: true },
      { name: 'kind', required: false },
    ],
  });
  for (const row of rows) {
    const travels = queryOf(operationOf(row)).some(({ name }) => name === 'minPosition');
    const own = queryOf(operationOf(row)).filter(({ name }) => !travels || !EVERYWHERE.has(name));
    t.same(byName(row.call.parameters), byName(own), row.call.route);
  }
});

await test('the body of a command has the fields that are named', async (t) => {
  for (const act of acts) {
    const row = rows.find(({ call }) => call.route === act.route);
    if (row === undefined) continue;
    const common = new Set(['occurredAt', 'receivedAt', ...(act.whose === 'unit' ? ['unit'] : [])]);
    const fields = bodyFields(operationOf(row)).filter(({ name, required }) => !common.has(name) && (name !== 'basis' || required));
    t.same(byName(fieldsIn(row.cells['body'] ?? '')), byName(fields), act.route);
  }
});

await test('commands and reads are open to those who are named', async (t) => {
  for (const { route, roles, ifMatch } of acts) {
    const cells = rows.find(({ call }) => call.route === route)?.cells;
    t.same(cells?.['who']?.split(', ').toSorted(), roles.toSorted(), route);
    t.equal(cells?.['If-Match'], ifMatch === 'none' ? '–' : ifMatch, `${route} If-Match`);
  }
  for (const [route, { who }] of Object.entries(reads)) {
    if (who === 'open' || who === 'admin-or-loopback') continue;
    t.equal(rows.find(({ call }) => call.route === route)?.cells['who'], who, route);
  }
});

await test('an answer has the fields that are named, and what it shows is named', async (t) => {
  const below = /\n```\n(\{ id, directive.*?)```/su.exec(page)?.[1] ?? '';
  t.match(below, 'compliance');
  let held = 0;
  for (const row of rows) {
    const cell = row.cells['gives'];
    const schema = answerOf(operationOf(row));
    if (cell === undefined || schema === undefined) continue;
    held += 1;
    const body = bodyFields(operationOf(row)).map(({ name }) => name);
    const known = new Set([...namesOf(schema), ...askedBy(operationOf(row)), ...body, ...Object.keys(problemTypes)]);
    t.same(
      namesIn(cell).filter((name) => !known.has(name)),
      [],
      `${row.call.route} names nothing that is not there`,
    );
    if (/\bthe same\b|\bas they are adopted\b/u.test(cell)) continue; // they are named in the row above, or with the command
    const told = new Set(cell.includes('(below)') ? [...below.matchAll(/\w+/gu)].map(([word]) => word) : namesIn(cell));
    t.same(
      shownBy(schema).filter((name) => !told.has(name)),
      [],
      `${row.call.route} shows nothing that is not named`,
    );
  }
  t.ok(held > 40);
});

await test('the basis of an answer has the members that are named', async (t) => {
  const named = /`basis: \{ ([\w, ]+) \}`/u.exec(page)?.[1]?.split(', ');
  t.same(named, requiredOf(document.components.schemas['Basis'] ?? {}));
});

await test('problems that are named exist, with the status that is named', async (t) => {
  const named = problemsIn(page);
  t.ok(named.length > 10);
  const types: Readonly<Record<string, (typeof problemTypes)[keyof typeof problemTypes] | undefined>> = problemTypes;
  const wrong = named.filter(({ status, code }) => {
    const type = types[code];
    return type === undefined || !statusesOf(type).includes(status);
  });
  t.same(wrong, []);
});

/** Whether a path that a page shows, with a value or a variable in the place of a parameter, is that of a call, or of some. */
const belongs = (path: string): boolean => {
  const parts = path.split('/');
  return [...operations.keys()].some((route) => {
    const known = route.slice(route.indexOf('/')).split('/');
    const fits = parts.every((part, index) => known[index] === part || known[index]?.startsWith('{') === true || index >= known.length);
    return fits && (parts.length <= known.length || known.at(-1) === '{path}');
  });
};

/** All but the one that adds a call, for an example. */
const PAGES = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }).filter((name) => name !== 'docs/adding-an-event.md');

await test('every path that a page shows belongs to a call', async (t) => {
  const shown = PAGES.flatMap((name) =>
    [...read(name).matchAll(/(?<![\w…])\/v1(?:\/[^\s"'`?)[,;]+)+/gu)].map(([path]) => ({ name, path })),
  );
  t.ok(shown.length > 150);
  t.same(
    shown.filter(({ path }) => !belongs(path)),
    [],
  );
  t.notOk(belongs('/v1/tasks/$T/none'));
  t.notOk(belongs('/v1/none'));
});
