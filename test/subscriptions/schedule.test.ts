import * as fc from 'fast-check';
import { test } from 'tap';
import { RETRIES, verdictOn } from '../../src/application/subscriptions/schedule.ts';

const HOUR = 3_600_000;
const none = { status: undefined, retryAfter: undefined };
const waitOf = (attempts: number, random = 0.5, answered: Parameters<typeof verdictOn>[0] = none): unknown =>
  verdictOn(answered, { attempts, ageMillis: 0 }, RETRIES, random);

await test('waits grow threefold, up to four hours', (t) => {
  const waits = [5_000, 15_000, 45_000, 135_000, 405_000, 1_215_000, 3_645_000, 10_935_000, 4 * HOUR, 4 * HOUR];
  for (const [index, waitMillis] of waits.entries()) t.match(waitOf(index + 1), { kind: 'retry', waitMillis, all: false });
  t.match(waitOf(1, 0), { waitMillis: 4_000 }, 'a fifth shorter');
  t.match(waitOf(1, 1), { waitMillis: 6_000 }, 'or longer');
  t.end();
});

await test('any 2xx is a delivery; 410 ends the subscription; a redirect is a failure', (t) => {
  for (const status of [200, 201, 204, 299]) t.same(waitOf(1, 0.5, { status, retryAfter: undefined }), { kind: 'delivered' });
  t.same(waitOf(1, 0.5, { status: 410, retryAfter: undefined }), { kind: 'gone' });
  for (const status of [199, 300, 301, 307, 400, 401, 404, 429, 500, 503])
    t.match(waitOf(1, 0.5, { status, retryAfter: undefined }), { kind: 'retry' }, String(status));
  t.end();
});

await test('Retry-After is waited for, and holds back the others where the receiver is overloaded', (t) => {
  t.same(waitOf(1, 0.5, { status: 503, retryAfter: 60_000 }), { kind: 'retry', waitMillis: 60_000, all: true });
  t.same(waitOf(1, 0.5, { status: 429, retryAfter: 60_000 }), { kind: 'retry', waitMillis: 60_000, all: true });
  t.same(waitOf(1, 0.5, { status: 500, retryAfter: 60_000 }), { kind: 'retry', waitMillis: 60_000, all: false });
  t.same(
    waitOf(5, 0.5, { status: 503, retryAfter: 1_000 }),
    { kind: 'retry', waitMillis: 405_000, all: true },
    'not shorter than its own wait',
  );
  t.end();
});

await test('after a day it is given up, and not before it was tried at the end of it', (t) => {
  const at = (ageMillis: number, attempts = 12): unknown => verdictOn(none, { attempts, ageMillis }, RETRIES, 0.5);
  t.same(at(24 * HOUR), { kind: 'dead' });
  t.same(at(23 * HOUR), { kind: 'retry', waitMillis: HOUR, all: false });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.option(fc.integer({ min: 0, max: 1e10 })),
      (attempts, random, asked) => {
        let ageMillis = 0;
        for (let attempt = attempts; ; attempt += 1) {
          const verdict = verdictOn({ status: 503, retryAfter: asked ?? undefined }, { attempts: attempt, ageMillis }, RETRIES, random);
          if (verdict.kind !== 'retry') return verdict.kind === 'dead' && ageMillis === 24 * HOUR;
          ageMillis += verdict.waitMillis;
          if (attempt - attempts > 100) return false;
        }
      },
    ),
  );
  t.end();
});
