import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportAnswer } from '../../src/api/imports/answers.ts';
import type { Envelope } from '../../src/kernel/envelope.ts';
import type { ListBody, ProblemBody } from './app.ts';

/** Documents that are committed while processes die: as they are sent, watched, and found in the log afterwards. */

export const noticeOf = (tasks: number, number = 9): string =>
  [
    '河州市人民政府办公室关于印发2024年重点工作责任分解的通知',
    `河政办〔2024〕${number}号`,
    ...Array.from({ length: tasks }, (_, index) => `${index + 1}、完成第${index + 1}片区改造，年底前完工。(市教育局、市财政局)`),
    '2024年2月1日',
  ].join('\n');

export const directiveOf = (number = 9): string => `hezhengban-2024-${number}`;

type Body = ImportAnswer & ProblemBody & ListBody<{ readonly id: string }> & { readonly subject?: string };
export type Answered = { readonly status: number; readonly body: Body };

/** Over HTTP, with one token. */
export const callsTo = (url: string, token: string) => {
  const call = async (method: string, path: string, body?: string, type = 'application/json'): Promise<Answered> => {
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': type }) };
    const response = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
    // The cast: what the routes of imports answer is of one of these.
    return { status: response.status, body: (await response.json()) as Body };
  };
  return {
    call,
    /** Gives the draft's path. */
    send: async (notice: string): Promise<string> =>
      `/v1/imports/${(await call('POST', '/v1/imports', notice, 'text/plain')).body.subject}`,
  };
};

const PATIENCE_MILLIS = 60_000;

export const until = async <Value>(what: string, look: () => Promise<Value | undefined> | Value | undefined): Promise<Value> => {
  const end = Date.now() + PATIENCE_MILLIS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`it did not come to this: ${what}`);
    await sleep(20);
  }
};

/** Once its commit is at its end. */
export const untilDone = (calls: ReturnType<typeof callsTo>, draft: string): Promise<ImportAnswer> =>
  until(`${draft} is done`, async () => {
    const { body } = await calls.call('GET', draft);
    return body.progress?.state === 'done' ? body : undefined;
  });

/** What stands in the log more than once. */
export const doubled = (log: readonly Pick<Envelope, 'subject' | 'type' | 'data'>[]): readonly string[] => {
  const said = log.map(({ subject, type, data }) => `${subject} ${type} ${JSON.stringify(data)}`);
  return said.filter((each, index) => said.indexOf(each) !== index);
};
