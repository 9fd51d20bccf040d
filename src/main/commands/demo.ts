import { padBefore } from '../../kernel/text-width.ts';
import { existsSync } from 'node:fs';
import { dataFiles } from '../../kernel/data-files.ts';
import { runDemo } from '../../../seed/demo.ts';
import { seed } from '../../../seed/index.ts';
import { buildApp } from '../../api/app.ts';
import { openDuban } from '../duban.ts';
import { localAuth } from '../../http/auth.ts';
import { loadLocalKey, mintToken } from '../../http/local-key.ts';
import type { Clock } from '../../kernel/clock.ts';
import { derivedId, type Ids } from '../../kernel/ids.ts';
import { workMeter } from '../work-meter.ts';
import { Failed, language, options, print, tell, type Command } from './kit.ts';
import { say, type Text } from '../../messages/message.ts';
import { Told } from '../../messages/told.ts';
import { inWords } from '../../messages/words.ts';

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

/** The due board as `GET /v1/compliance` shows it (docs/http.md). */
type Board = {
  readonly totals: Readonly<Record<'owed' | 'onTime' | 'late' | 'missing', number>>;
  readonly units: readonly (Board['totals'] & { readonly name: string })[];
};

const COUNTS = ['owed', 'onTime', 'late', 'missing'] as const;

/** One line a unit: the four counts, then its name, so that no width of a name matters. */
const boardText = ({ totals, units }: Board): string => {
  const row = (cells: readonly Text[]): string => cells.map((cell) => padBefore(inWords(cell, language), 8)).join('');
  const counts = (of: Board['totals']): string => row(COUNTS.map((count) => String(of[count])));
  return [
    inWords(say('cli.demo-board'), language),
    row(COUNTS.map((count) => say(`cli.demo-${count}`))),
    ...units.map((line) => `${counts(line)}  ${line.name}`),
    `${counts(totals)}  ${inWords(say('cli.demo-all-units'), language)}`,
  ].join('\n');
};

export type DemoResult = { readonly events: number; readonly board: Board; readonly seconds: number };

/** Loads the synthetic year into a data directory of its own and gives the year's compliance. */
export const loadDemo = async (dataDir: string, timeZone: string): Promise<DemoResult> => {
  const started = performance.now();
  const clock = movableClock('2023-01-10T09:00:00+08:00');
  const ids = countedIds();
  /** For tokens time stands still, so that each is verified once. */
  const begun = clock.now();
  const standing: Clock = { now: () => begun };
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  // Nobody has been told of what is lost if this is interrupted: the directory is then loaded anew.
  const duban = openDuban({ dataDir, timeZone, clock, ids, onError: failed.reject, relaxedDurability: true });
  try {
    const imported = await seed(duban.handler, { actor: { sub: 'seed', role: 'system' }, receivedAt: clock.now() }, duban.services);
    if (!imported.ok) throw new Told(imported.refusal.detail);
    const key = await loadLocalKey(dataDir);
    const { services, readiness } = duban;
    const app = await buildApp({ services, clock, ids, readiness, auth: localAuth(key, { clock: standing }) });
    const token = (unit?: string): Promise<string> =>
      mintToken(key, { role: unit === undefined ? 'office' : 'unit', unit, ttl: DAY_SECONDS }, standing);
    const work = runDemo({
      app,
      setNow: clock.set,
      token,
      from: services.store.head().position,
      onAdvance: workMeter(say('cli.demo-year')),
    });
    const { events } = await Promise.race([work, failed.promise]);
    const answer = await app.inject({
      url: `/v1/compliance?directive=sanzhengban-2023-1&period=2023&kind=annual&on=2024-01-08&minPosition=${events}`,
      headers: { authorization: `Bearer ${await token()}` },
    });
    await app.close();
    return { events, board: answer.json<Board>(), seconds: (performance.now() - started) / 1000 };
  } finally {
    await duban.close();
  }
};

/** `npm run demo`: loads the year beside the data directory, prints its board and where to look. */
export const demoCommand: Command = async (args, config) => {
  const { values } = options(args, { dir: { type: 'string' } });
  const dir = values.dir ?? `${config.dataDir.replace(/\/+$/u, '')}-demo`;
  if (existsSync(dataFiles(dir).log)) throw new Failed(say('cli.demo-holds-a-log', { dir }));
  const { events, board, seconds } = await loadDemo(dir, config.timeZone);
  tell(say('cli.demo-loaded', { events, dir, seconds: seconds.toFixed(1) }));
  tell(say('cli.demo-look', { dir }));
  tell(say('cli.demo-token', { dir }));
  print(boardText(board));
};
