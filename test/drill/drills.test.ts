import { test } from 'tap';
import { drills } from './all.ts';
import { makeTemplate, runRound } from './rounds.ts';

/** Every drill once; `npm run drill` does more rounds of them. */

for (const drill of drills)
  await test(`${drill.name}: ${drill.what}`, { skip: drill.unable?.() ?? false }, async (t) => {
    const seed = `${process.pid}-${Date.now()}`;
    const { acknowledged, checks, failed } = await runRound(drill, await makeTemplate(t), seed);
    t.ok(acknowledged > 0, `${acknowledged} commands were acknowledged`);
    for (const { name, found } of checks.filter(({ holds }) => holds)) t.pass(`${name}: ${found}`);
    t.same(failed, [], `seed ${seed}`);
  });
