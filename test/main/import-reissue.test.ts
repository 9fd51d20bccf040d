import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { temporaryDir } from '../support/app.ts';
import { runProgram, type Ran } from '../support/process.ts';

/** The command line, for another edition of a document in force. */

const HEAD = ['河州市人民政府办公室关于印发2024年重点工作责任分解的通知', '河政办〔2024〕9号'];
const FIRST = [...HEAD, '1、新建学校3所。(市教育局)', '2、建成公园2个。(市园林局)', '2024年2月1日'];
const SECOND = [...HEAD, '1、新建学校5所。(市教育局)', '2024年3月1日'];

await test('import shows a difference, and ends with 3 until a person has said why and what', async (t) => {
  const dir = temporaryDir(t);
  const run = (lines: readonly string[], ...more: readonly string[]): Promise<Ran> => {
    const file = join(dir, 'notice.txt');
    writeFileSync(file, lines.join('\n'));
    return runProgram(t, ['import', file, '--commit', ...more], { DATA_DIR: join(dir, 'data') });
  };
  t.match(await run(FIRST), { code: 0 });
  const asked = await run(SECOND);
  t.match(asked, { code: 3, stderr: '', stdout: /another edition of hezhengban-2024-9: 0 added, 1 changed, 1 dropped, 0 unchanged/u });
  t.match(asked.stdout, /text: 新建学校3所。 → 新建学校5所。[^]*to take it, say --reason and --authority/u);
  const why = ['--reason', '印刷有误', '--authority', '河政办函〔2024〕3号'];
  t.match(await run(SECOND, ...why), { code: 3, stdout: /\? dropped hezhengban-2024-9-task-2/u }, 'what is left out asks');
  const dropped = ['--take', 'dropped hezhengban-2024-9-task-2'];
  t.match(await run(SECOND, ...why, ...dropped, '--effective-from', 'May'), { code: 1, stderr: /--effective-from/u });
  t.match(await run(SECOND, ...why), { code: 0, stdout: /"directive":"hezhengban-2024-9"/u }, 'what was said stays said');
  t.match(await run(SECOND, ...why), { code: 0, stdout: /"events":0/u }, 'once');
});
