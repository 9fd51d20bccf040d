import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runDemo } from '../../seed/demo.ts';
import { seed } from '../../seed/index.ts';
import { buildApp } from '../app.ts';
import { openDuban } from '../duban.ts';
import { createAuth, loadKeys } from '../http/auth.ts';
import { loadLocalKey, mintToken } from '../http/local-key.ts';
import type { Clock } from '../kernel/clock.ts';
import { derivedId, type Ids } from '../kernel/ids.ts';
import { terminalProgress } from '../progress.ts';

const DAY_SECONDS = 86_400;

/** A clock that stands until it is moved. */
const movableClock = (start: string): Clock & { readonly set: (instant: Temporal.Instant) => void } => {
  let now = Temporal.Instant.from(start);
  return {
    now: () => now,
    set: (instant) => {
      if (Temporal.Instant.compare(instant, now) > 0) now = instant;
    },
  };
};

/** The same ids on every run. */
const countedIds = (): Ids => {
  let count = 0;
  return {
    next: () => {
      count += 1;
      return derivedId('demo', String(count));
    },
  };
};

export class DemoExists extends Error {
  constructor(dir: string) {
    super(`${dir} holds a log already; the demo year starts from nothing`);
    this.name = 'DemoExists';
  }
}

export type DemoResult = { readonly events: number; readonly board: unknown; readonly seconds: number };

/** Loads the synthetic year into a data directory of its own and gives the year's compliance. */
export const loadDemo = async (dataDir: string, timeZone: string): Promise<DemoResult> => {
  if (existsSync(join(dataDir, 'log.sqlite'))) throw new DemoExists(dataDir);
  const started = performance.now();
  const clock = movableClock('2023-01-10T09:00:00+08:00');
  const ids = countedIds();
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  const duban = openDuban({ dataDir, timeZone, clock, ids, onError: failed.reject });
  try {
    const imported = await seed(duban.handler, { actor: { sub: 'seed', role: 'system' }, receivedAt: clock.now() });
    if (!imported.ok) throw new Error(imported.refusal.detail);
    const key = await loadLocalKey(dataDir);
    const { services, readiness } = duban;
    const app = await buildApp({ services, clock, ids, readiness, auth: createAuth(await loadKeys({ local: key }), clock) });
    await services.views.waitFor(services.store.head().position);
    const token = (unit?: string): Promise<string> => mintToken(key, { role: unit === undefined ? 'office' : 'unit', unit, ttl: 800 * DAY_SECONDS }, clock);
    const work = runDemo({ app, setNow: clock.set, token, views: services.views, onProgress: terminalProgress('the demo year') });
    const { events } = await Promise.race([work, failed.promise]);
    const answer = await app.inject({
      url: '/v1/compliance?directive=sanzhengban-2023-1&period=2023&kind=annual&on=2024-01-08',
      headers: { authorization: `Bearer ${await token()}` },
    });
    await app.close();
    return { events, board: answer.json(), seconds: (performance.now() - started) / 1000 };
  } finally {
    await duban.close();
  }
};
