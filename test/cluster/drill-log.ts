import { ask } from './drill-http.ts';
import type { Replica } from './drill-replicas.ts';

/** The log of a replica as an auditor reads it. */

export type LogEvent = { readonly position: number; readonly id: string; readonly leafHash: string; readonly fact: string };

type Stored = { readonly id: string; readonly subject: string; readonly type: string; readonly data: { readonly report?: string } };
type Page = {
  readonly items: readonly { readonly position: number; readonly leafHash: string; readonly event: Stored }[];
  readonly next: number | null;
};

/** What an event says, as far as it takes to tell the commands of a drill from each other. */
export const factOf = ({ subject, type, data: { report } }: Stored): string =>
  [subject, type, report].filter((part) => part !== undefined).join(' ');

const get = async <Body>(replica: Replica, path: string, token: string): Promise<Body> => {
  const { status, body, text } = await ask(replica.url(), { path, token });
  if (status !== 200) throw new Error(`${replica.name}: GET ${path}: ${status} ${text}`);
  return body as Body; // as its schema says
};

export const readLog = async (replica: Replica, token: string): Promise<readonly LogEvent[]> => {
  const log: LogEvent[] = [];
  for (let after: number | null = 0; after !== null;) {
    const page: Page = await get<Page>(replica, `/v1/log/events?after=${after}&limit=500`, token);
    log.push(...page.items.map(({ position, leafHash, event }) => ({ position, leafHash, id: event.id, fact: factOf(event) })));
    after = page.next;
  }
  return log;
};

/** The root of the ledger's tree of a size, base64. */
export const rootOf = async (replica: Replica, size: number, token: string): Promise<string> =>
  (await get<{ readonly rootHash: string }>(replica, `/v1/ledger/proof/inclusion?position=1&size=${size}`, token)).rootHash;
