import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'tap';
import { problemTypes } from '../../src/http/problems.ts';
import { toyApp } from './toy-app.ts';

/** Problems and their pages in the reader's language, and in the office's for who names none. */

const HAN = /\p{Script=Han}/u;

const { kit, token } = await toyApp();
const { app } = kit;
const bearer = { authorization: `Bearer ${await token({ role: 'office' })}` };

const problemIn = async (accept: string | undefined, from: typeof app = app) => {
  const answer = await from.inject({
    method: 'GET',
    url: '/v1/things?colour=red&limit=0',
    headers: { ...bearer, ...(accept === undefined ? {} : { 'accept-language': accept }) },
  });
  return { headers: answer.headers, body: answer.json<Record<string, unknown>>() };
};

const ENGLISH = {
  code: 'invalid-input',
  status: 400,
  title: 'The input is not valid',
  detail: '/limit must be 1 to 500; /colour is not a known parameter',
};
const CHINESE = { code: 'invalid-input', status: 400, title: '填写内容不合要求' };

await test('a problem is told in the language that Accept-Language likes best', async (t) => {
  for (const accept of [undefined, 'en', 'de', 'en, zh', 'zh;q=0.1, en;q=0.2', 'zh;q=0']) {
    const { headers, body } = await problemIn(accept);
    t.match(body, ENGLISH, accept ?? 'none');
    t.match(headers, { 'content-language': 'en', vary: /accept-language/u });
  }
  for (const accept of ['zh-CN', 'zh', 'zh-Hans-CN, en;q=0.9', 'en;q=0.5, zh;q=0.8', 'de, zh;q=0.1']) {
    const { headers, body } = await problemIn(accept);
    t.match(body, CHINESE, accept);
    t.match(String(body['detail']), /；\/colour 不是已知的参数$/u);
    t.match(headers, { 'content-language': 'zh-CN', vary: /accept-language/u });
  }
});

await test('codes, pointers and types are the same in every language', async (t) => {
  const machine = ({ body: { title, detail, errors, ...rest } }: Awaited<ReturnType<typeof problemIn>>) => ({
    ...rest,
    pointers: (errors as readonly { readonly pointer: string }[]).map(({ pointer }) => pointer),
  });
  t.strictSame(machine(await problemIn('zh-CN')), machine(await problemIn('en')));
});

await test('who names no language is answered in the language of the office', async (t) => {
  const { kit: office } = await toyApp({ language: 'zh' });
  t.teardown(() => office.app.close());
  t.match((await problemIn(undefined, office.app)).body, CHINESE);
  t.match((await problemIn('*', office.app)).body, CHINESE);
  t.match((await problemIn('de', office.app)).body, CHINESE);
  t.match((await problemIn('en', office.app)).body, ENGLISH);

  await office.app.listen({ port: 0 });
  const address = office.app.server.address();
  const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
  socket.write('nonsense\r\n\r\n');
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  t.match(bytes.toString(), /content-language: zh-CN[\s\S]*请求不是合格的 HTTP 报文/u, 'what is not even HTTP too');
});

await test('the page of every problem is in the reader’s language', async (t) => {
  for (const code of Object.keys(problemTypes)) {
    const english = await app.inject({ url: `/problems/${code}` });
    const chinese = await app.inject({ url: `/problems/${code}`, headers: { 'accept-language': 'zh-CN' } });
    t.match(chinese.headers, { 'content-language': 'zh-CN', vary: 'accept, accept-language' });
    t.match(chinese.body, HAN, code);
    t.notMatch(english.body.replaceAll(/“各县〔市、区〕政府”/gu, ''), HAN, code);
    t.match(chinese.body, /<html lang="zh-CN">/u);
    const data = await app.inject({ url: `/problems/${code}`, headers: { accept: 'application/json', 'accept-language': 'zh' } });
    const { title, explanation } = data.json<{ readonly title: string; readonly explanation: string }>();
    t.match(title, HAN, code);
    t.match(explanation, HAN, code);
  }
  const list = await app.inject({ url: '/problems', headers: { 'accept-language': 'zh-CN' } });
  t.match(list.body, /<h1>问题类型<\/h1>/u);
  t.match(list.body, /task-closed<\/a> 任务已办结或已撤销/u);
});
