import { openDuban } from '../../../src/main/duban.ts';
import { loadLocalKey, mintToken } from '../../../src/http/local-key.ts';
import { localAuth } from '../../../src/http/auth.ts';
import { buildApp } from '../../../src/api/app.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { LOCAL_RULES } from '../../../src/http/token-claims.ts';
import { createHandler } from '../../../src/application/handler.ts';
import { catalogue } from '../../../src/domain/catalogue.ts';
import { CONTACTS } from '../../support/acts.ts';

/** A process that dies by SIGKILL while it records a unit's contacts: before the log has the event, or after. */
const [dataDir, when, unit] = process.argv.slice(2);
if (dataDir === undefined || unit === undefined) throw new Error('usage: die-around-append <data directory> before|after <unit>');

const duban = openDuban({
  dataDir,
  timeZone: 'Asia/Shanghai',
  onError: (error) => {
    throw error;
  },
});
const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
const store = {
  ...duban.services.store,
  append: async (...args: Parameters<typeof duban.services.store.append>) => {
    if (when === 'before') die();
    const appended = await duban.services.store.append(...args);
    die();
    return appended;
  },
};
const handler = createHandler({ store, catalogue, clock: systemClock, ids: duban.ids });
const key = await loadLocalKey(dataDir);
const app = await buildApp({
  services: { ...duban.services, handler },
  clock: systemClock,
  ids: duban.ids,
  readiness: duban.readiness,
  auth: localAuth(key, { clock: systemClock, rules: LOCAL_RULES, isRevoked: () => false }),
});
await app.inject({
  method: 'POST',
  url: '/v1/contacts',
  headers: { authorization: `Bearer ${await mintToken(key, { role: 'unit', unit, ttl: 3600 }, systemClock)}` },
  payload: CONTACTS,
});
