import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'tap';
import { readSource } from '../../src/documents/read-source.ts';
import { readDocument } from '../../src/importer/read-document.ts';
import { foldText } from '../../src/kernel/json.ts';
import { normalized } from '../../src/kernel/visible-text.ts';
import { openWorld, type Client, type World } from '../support/app.ts';
import { documentOf, exampleOf, type Document, type Operation, type Parameter } from '../support/openapi.ts';
import { unboundedIn } from '../support/unbounded.ts';

/**
 * Whatever is sent has a bound before anything is made of it. Text with marks piled on a letter takes time that grows with the
 * square where it is normalised: here it may take no more than twenty times what plain text of its length takes.
 */

const PAIRS = 64_000;
/** Piled up as it is, once what shows nothing is taken out, once blanks are, and once compatibility forms are made. */
const PILES: Readonly<Record<string, string>> = {
  'as it is': `a${'\u0300\u0316'.repeat(PAIRS)}`,
  'behind what shows nothing': `a${`${'\u0300\u0316'.repeat(15)}\u200b`.repeat(PAIRS / 15)}`,
  'behind blanks': `a${`${'\u0300\u0316'.repeat(15)} `.repeat(PAIRS / 15)}`,
  'in half-width letters': `a${'\uff9e\u0316'.repeat(PAIRS)}`,
  'in Thai letters': `a${'\u0e33\u0316'.repeat(PAIRS)}`,
};
const plainOf = (text: string): string => 'a'.repeat(text.length);

const parametersOf = ({ parameters = [] }: Operation, document: Document): readonly Parameter[] =>
  parameters.map((each) =>
    each.$ref === undefined ? each : (document.components['parameters']?.[each.$ref.split('/').at(-1) ?? ''] as Parameter),
  ); // as the document has it

const operationsOf = (document: Document): readonly (readonly [method: string, path: string, operation: Operation])[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => [method.toUpperCase(), path, operation] as const),
  );

await test('every text, list and record that a call takes has a bound', async (t) => {
  const document = await documentOf(await openWorld(t, { seeded: false }));
  const unbounded = operationsOf(document).flatMap(([method, path, operation]) => [
    // Headers are bounded together, by the server: 431.
    ...parametersOf(operation, document)
      .filter((each) => each.in !== 'header')
      .flatMap((each) => unboundedIn(each.schema, document, `${method} ${path} ${each.name}`)),
    ...unboundedIn(operation.requestBody?.content['application/json']?.schema, document, `${method} ${path} `),
  ]);
  t.same(unbounded, []);

  const found = (schema: object): readonly string[] => unboundedIn({ ...schema }, document, '');
  t.same(found({ type: 'string' }), [': text']);
  t.same(found({ type: 'string', pattern: '^a+$' }), [': text']);
  t.same(found({ type: 'string', pattern: '^[a+]{1,3}$' }), []);
  t.same(found({ type: 'array', items: { type: 'string', maxLength: 3 } }), [': list']);
  t.same(found({ type: 'object', additionalProperties: { type: 'string' } }), [': names', '/*: text']);
});

/** CPU, ms. */
const spent = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** Of three runs the fastest: others use the machine too. */
const fastest = async (work: () => unknown): Promise<number> => Math.min(await spent(work), await spent(work), await spent(work));

const FLOOR = 25; // ms, below which nothing is told from noise
const isLike = (hostile: number, plain: number): boolean => hostile <= 20 * Math.max(plain, FLOOR);

await test('text is folded and normalised in time that grows with its length', async (t) => {
  for (const [name, text] of Object.entries(PILES)) {
    for (const work of [foldText, (of: string) => normalized(of, 'NFC'), (of: string) => normalized(of, 'NFKC')])
      t.ok(isLike(await fastest(() => work(text)), await fastest(() => work(plainOf(text)))), name);
  }
});

await test('text is normalised in one place alone', async (t) => {
  const root = new URL('../../src/', import.meta.url);
  const normalising = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => {
      const calls = readFileSync(new URL(path, root), 'utf8').matchAll(/(\w*)\.normalize\(/gu);
      return [...calls].filter(([, of]) => of !== 'posix').map(() => path);
    });
  t.same(normalising, ['kernel/visible-text.ts']);
});

/** Each text of a body, at whatever depth, in turn. */
const withText = (body: unknown, text: string): readonly unknown[] => {
  if (typeof body === 'string') return [text];
  if (Array.isArray(body)) return body.flatMap((item, at) => withText(item, text).map((made) => body.with(at, made)));
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => withText(value, text).map((made) => ({ ...body, [key]: made })));
};

const senderOf = (world: World, { 'x-sent-as': as }: Operation): Client => (as === 'admin' ? world.admin : world.office);

await test('piled marks in any text of any body are answered as soon as plain text', async (t) => {
  const world = await openWorld(t, { seeded: false });
  const document = await documentOf(world);
  // Bodies have at most 256 KiB: of the rest no more is sent.
  const piled = [PILES['as it is'] ?? '', PILES['in half-width letters']?.slice(0, 90_000) ?? ''];
  let asked = 0;
  for (const [method, path, operation] of operationsOf(document)) {
    const { url, headers, body } = exampleOf(path, operation);
    if (body === undefined || headers['content-type'] !== 'application/json') continue;
    for (const text of piled) {
      const bodies = withText(JSON.parse(body), text);
      const plain = await spent(() =>
        senderOf(world, operation).send(method, url, JSON.stringify(withText(JSON.parse(body), plainOf(text))[0]), headers),
      );
      for (const sent of [...bodies.slice(0, 2), ...bodies.slice(-1)]) {
        let status = 0;
        const work = async (): Promise<void> => {
          ({ status } = await senderOf(world, operation).send(method, url, JSON.stringify(sent), headers));
        };
        t.ok(isLike(await spent(work), plain), `${method} ${path}`);
        t.ok(status >= 400 && status < 500, `${method} ${path} is ${status}`);
        asked += 1;
      }
    }
  }
  t.ok(asked > 100);
});

await test('so they are in a path, a query and a header, which are bounded together', async (t) => {
  const world = await openWorld(t, { seeded: false, overHttp: true });
  const { port } = world.app().server.address() as AddressInfo; // it listens on a port
  const authorization = `Bearer ${await world.tokenOf('office')}`;
  const ask = async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<number> => {
    const sent = request({ host: '127.0.0.1', port, path, headers: { authorization, ...headers } });
    sent.end();
    const [response] = (await once(sent, 'response')) as [{ readonly statusCode: number; readonly resume: () => void }];
    response.resume();
    return response.statusCode;
  };
  const percent = (pairs: number): string => encodeURIComponent(`a${'\u0300\u0316'.repeat(pairs)}`);
  for (const path of [`/v1/tasks?q=${percent(600)}`, `/v1/units/${percent(600)}`, `/v1/${percent(600)}`, `/v1/tasks?${percent(600)}=1`])
    t.ok((await spent(async () => t.match(String(await ask(path)), /^4/u))) < 1_000, path.slice(0, 20));
  t.match(String(await ask(`/v1/tasks?q=${percent(PAIRS)}`)), /^4(?:14|31)$/u);
  for (const name of [
    'idempotency-key',
    'if-none-match',
    'accept-datetime',
    'accept',
    'accept-language',
    'x-request-id',
    'authorization',
  ]) {
    const latin = 'é,;"= '.repeat(1_500);
    t.ok((await spent(async () => t.ok((await ask('/v1/units', { [name]: latin })) < 500, name))) < 1_000, name);
    t.equal(await ask('/v1/units', { [name]: 'x'.repeat(20_000) }), 431, name);
  }
});

await test('a document of such lines is read as soon as one of plain lines', async (t) => {
  const filler = [...Object.values(PILES), '('.repeat(64_000), '，'.repeat(64_000), '月'.repeat(64_000), '1.'.repeat(32_000)];
  for (const line of filler.map((text) => text.slice(0, 64_000))) {
    const read = async (text: string): Promise<void> => {
      const reading = await readSource(Buffer.from(`关于工作的通知\n${text}\n`));
      if (reading.ok) readDocument(reading.source);
    };
    t.ok(isLike(await fastest(() => read(line)), await fastest(() => read('中'.repeat(line.length)))), line.slice(0, 3));
  }
});
