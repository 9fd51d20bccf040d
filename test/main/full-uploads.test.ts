import { cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { noSmallDisk, smallDisk } from '../drill/small-disk.ts';
import { ACTS_AT, CONTACTS, OWN, REPORT } from '../support/acts.ts';
import { openWorld, seededDir, temporaryDir, type Answer, type CommandBody, type ProblemBody } from '../support/app.ts';

/** What is sent to a full disk is refused as that, leaves nothing half-written, and is taken once there is room. */

const filesIn = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

await test('attachments, documents and contact details on a disk that is full', { skip: noSmallDisk() ?? false }, async (t) => {
  const disk = smallDisk({ life: t, dir: temporaryDir(t) }, 24);
  const dataDir = join(disk.path, 'data');
  cpSync(await seededDir(t), dataDir, { recursive: true });
  const world = await openWorld(t, { dataDir, at: ACTS_AT });
  const attachments = join(dataDir, 'attachments');
  const bytes = Buffer.alloc(3_000_000, 'a photograph of the site ');
  const text = `关于印发重点工作任务的通知\n${`${'各有关单位要抓好落实。'.repeat(20)}\n`.repeat(900)}`;
  const TEXT = { 'content-type': 'text/plain' };
  const sends: Readonly<Record<string, () => Promise<Answer<CommandBody & ProblemBody>>>> = {
    'POST /v1/attachments': () => world.unit(OWN).post('/v1/attachments', bytes, { 'content-type': 'application/octet-stream' }),
    'POST /v1/imports': () => world.office.post('/v1/imports', text, TEXT),
    'POST /v1/contacts': () => world.unit(OWN).post('/v1/contacts', CONTACTS, { 'idempotency-key': 'contacts' }),
    'POST /v1/tasks/{id}/reports': () =>
      world.unit(OWN).post('/v1/tasks/sanzhengban-2023-1-task-18/reports', { period: '2023-03', ...REPORT, contact: CONTACTS.contacts[0] }),
  };
  await world.settled();
  disk.fill(0);
  const head = world.head();
  const before = filesIn(attachments);
  for (const [name, send] of Object.entries(sends)) {
    const { status, body } = await send();
    t.ok(
      (status === 507 && body.code === 'storage-full') || (status === 503 && body.code === 'store-unavailable'),
      `${name}: ${status} ${body.code}`,
    );
  }
  t.equal((await sends['POST /v1/attachments']?.())?.body.code, 'storage-full', 'an upload says what it is that is full');
  t.equal(world.head(), head, 'nothing is recorded');
  const left = filesIn(attachments).filter((path) => !before.includes(path));
  t.same(left, [], 'nothing is left half-written');

  disk.empty();
  for (const [name, send] of Object.entries(sends)) t.equal((await send()).status, 201, `${name}, once there is room`);
  const [whole] = filesIn(attachments).filter((path) => statSync(path).size === bytes.length);
  t.ok(whole !== undefined, 'the file is there whole');
  t.equal(world.duban().readiness().ready, true);
});
