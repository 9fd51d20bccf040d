import { test } from 'tap';
import { keepReissues } from '../../src/application/imports/reissues-kept.ts';

type Make = Parameters<typeof keepReissues>[1];
type Found = Parameters<Make>[0];

/** Of a draft nothing but its id is asked. */
const draft = (id: string): Found => ({ doc: { id } }) as Found;

const counting = () => {
  const made: string[] = [];
  const files = { first: {}, second: {} };
  const state = { file: files.first, fails: false };
  // The cast: of the views only which file they are is asked.
  const views = { database: () => state.file } as unknown as Parameters<typeof keepReissues>[0];
  const keep = keepReissues(views, async ({ doc: { id } }, position) => {
    made.push(`${id}@${position}`);
    if (state.fails) throw new Error('busy');
    return null;
  });
  return { made, files, state, keep };
};

await test('a difference is made once for each import and position, also for those who ask at a time', async (t) => {
  const { made, keep } = counting();
  await Promise.all([keep(draft('a'), 1), keep(draft('a'), 1), keep(draft('b'), 1), keep(draft('a'), 2)]);
  await keep(draft('a'), 1);
  t.same(made, ['a@1', 'b@1', 'a@2']);
});

await test('what failed, and what was read from a file that was replaced, is made again; no more is kept than a few', async (t) => {
  const { made, files, state, keep } = counting();
  state.fails = true;
  await t.rejects(keep(draft('a'), 1), /busy/u);
  state.fails = false;
  await keep(draft('a'), 1);
  t.equal(made.length, 2);
  state.file = files.second;
  await keep(draft('a'), 1);
  t.equal(made.length, 3);
  for (let position = 2; position < 100; position += 1) await keep(draft('a'), position);
  await keep(draft('a'), 1);
  t.equal(made.length, 102);
});
