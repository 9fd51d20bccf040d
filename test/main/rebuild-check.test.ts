import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'tap';
import { SEED_DIRECTIVE, seededDir } from '../support/app.ts';
import { runProgram } from '../support/process.ts';

/** Whether the views in use hold what the log says. */

await test('rebuild --check finds a row of the views that somebody changed, and changes nothing', async (t) => {
  const dataDir = await seededDir(t);
  const env = { DATA_DIR: dataDir };
  const checked = async (): Promise<readonly [number | null, { readonly differences: readonly unknown[] }]> => {
    const { code, stdout } = await runProgram(t, ['rebuild', '--check'], env);
    return [code, JSON.parse(stdout) as { readonly differences: readonly unknown[] }]; // what it prints
  };
  t.match(await checked(), [0, { differences: [] }]);
  const change = (sql: string, task: string): void => {
    const db = new DatabaseSync(join(dataDir, 'views.sqlite'));
    t.equal(db.prepare(sql).run(task).changes, 1);
    db.close();
  };
  change("UPDATE tasks_task SET doc = replace(doc, '家政服务', '家庭服务') WHERE task = ?", `${SEED_DIRECTIVE}-task-5`);
  const [code, report] = await checked();
  t.equal(code, 1);
  t.match(report, { differences: [{ table: 'tasks_task', stored: /家庭服务/u, rebuilt: /家政服务/u }] });
  t.same(await checked(), [code, report], 'it is left as it was');
  t.match(await runProgram(t, ['rebuild'], env), { code: 0 });
  t.match(await checked(), [0, { differences: [] }]);
  change('DELETE FROM tasks_task WHERE task = ?', `${SEED_DIRECTIVE}-task-6`);
  t.match(await checked(), [1, { differences: [{ table: 'tasks_task' }] }], 'a row that is gone, too');
  t.same(
    readdirSync(dataDir).filter((name) => name.includes('again')),
    [],
  );
});
