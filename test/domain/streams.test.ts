import { globSync } from 'node:fs';
import * as fc from 'fast-check';
import { test } from 'tap';
import { definitions, STREAM_PREFIXES, streamKinds } from '../../src/domain/catalogue.ts';
import { taskStream } from '../../src/domain/tasks/state.ts';
import { isLogged } from '../../src/store/eventstoredb/stream-names.ts';

/** What a stream is called, and that the log holds it: an event in a stream that the log does not hold is in no position. */

const DOMAIN = new URL('../../src/domain/', import.meta.url);

type Export = { readonly file: string; readonly name: string; readonly value: unknown };

/** What the features export, whether or not anything lists it. */
const exportsOf = async (pattern: string): Promise<readonly Export[]> => {
  const files = globSync(pattern, { cwd: DOMAIN }).toSorted();
  const modules = await Promise.all(files.map(async (file) => ({ file, all: (await import(new URL(file, DOMAIN).href)) as object })));
  return modules.flatMap(({ file, all }) => Object.entries(all).map(([name, value]) => ({ file, name, value })));
};

const memberOf = (value: unknown, member: string): unknown =>
  typeof value === 'function' && member in value ? Object.getOwnPropertyDescriptor(value, member)?.value : undefined;

/** A stream's name as a feature makes it. */
const exampleOf = ({ name, value }: Export): string | undefined => {
  if (typeof value === 'function' && memberOf(value, 'prefix') !== undefined) return String(Reflect.apply(value, undefined, ['a', 'b']));
  return name.endsWith('_STREAM') && typeof value === 'string' ? value : undefined;
};

await test('the log holds every stream that a feature names', async (t) => {
  const named = (await exportsOf('*/*.ts')).flatMap((found) => {
    const stream = exampleOf(found);
    return stream === undefined ? [] : [{ ...found, stream }];
  });
  t.equal(named.length, streamKinds.length, 'each kind of stream in the catalogue is one that a feature names');
  for (const { file, name, stream } of named)
    t.ok(
      isLogged(STREAM_PREFIXES, stream),
      `src/domain/${file} names streams like ${stream} (${name}), so STREAM_PREFIXES covers them: a cluster's replica follows no other`,
    );
});

await test('every event that a feature defines stands in one kind of stream of the log', async (t) => {
  const defined = (await exportsOf('*/events.ts')).flatMap(({ file, value }) => {
    const type = memberOf(value, 'type');
    return typeof type === 'string' ? [{ file, type }] : [];
  });
  t.equal(defined.length, definitions.length);
  for (const { file, type } of defined)
    t.equal(
      streamKinds.filter(({ events }) => events.some((event) => event.type === type)).length,
      1,
      `src/domain/${file} defines ${type}, so streamKinds says in which streams it stands`,
    );
});

await test('the streams of the log, in this order, are those that logs were written and positions counted with', async (t) => {
  t.same(STREAM_PREFIXES, [
    'roster',
    'policy-',
    'directive-',
    'task-',
    'return-',
    'notice-',
    'inspection-',
    'snapshot-',
    'ledger',
    'import-',
    'contacts-',
    'erasure-',
    'reminders-',
    'reminder-',
  ]);
});

await test('no prefix is the beginning of another, so a stream is of one kind', async (t) => {
  for (const prefix of STREAM_PREFIXES)
    t.same(
      STREAM_PREFIXES.filter((other) => other.startsWith(prefix)),
      [prefix],
    );
});

await test('an id is found in the name of its stream again, and in that of no other', async (t) => {
  fc.assert(fc.property(fc.string({ minLength: 1 }), (id) => taskStream.idOf(taskStream(id)) === id));
  for (const stream of ['', 'task-', 'task', 'tasks-1', 'roster', 'return-task-1', ' task-1']) {
    t.equal(taskStream.idIn(stream), undefined, stream);
    t.throws(() => taskStream.idOf(stream), /is no stream task-<id>/u, stream);
  }
});
