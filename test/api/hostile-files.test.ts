import { readFileSync } from 'node:fs';
import { test } from 'tap';
import { HOSTILE_FILES } from '../documents/hostile-files.ts';
import { openWorld, type CommandBody, type ProblemBody } from '../support/app.ts';

/** Whoever sends files that were made to break the reader gets an answer to each, and the office's next document is read. */

const NOTICE = readFileSync(new URL('../../docs/example-notice.txt', import.meta.url));

await test('hostile files are answered one by one and all at once, and the server goes on', async (t) => {
  const world = await openWorld(t, { seeded: false, at: '2024-03-01T09:00:00+08:00', overHttp: true });
  const send = (bytes: Uint8Array, name: string) =>
    world.office.send<CommandBody & ProblemBody>('POST', `/v1/imports?name=${name}`, Buffer.from(bytes), {
      'content-type': 'application/octet-stream',
    });
  const statuses = { 'file-unknown': 415, 'file-damaged': 400, 'file-encrypted': 400, 'file-too-large': 413 } as const;
  const sent = await Promise.all(HOSTILE_FILES.map(async (file) => ({ file, answer: await send(file.bytes(), 'a.docx') })));
  for (const { file, answer } of sent) {
    t.equal(answer.status, file.refused === undefined ? 201 : statuses[file.refused], `${file.name}: ${answer.text.slice(0, 200)}`);
    if (file.refused !== undefined) t.equal(answer.body.code, file.refused, file.name);
  }
  const { status, headers } = await send(NOTICE, 'notice.txt');
  t.equal(status, 201, 'the next document is read');
  t.equal((await world.auditor.get(headers['location'] ?? '')).status, 200);
});
