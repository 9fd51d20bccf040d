import { test } from 'tap';
import { parseTtl } from '../../src/kernel/ttl.ts';
import { readConfig } from '../../src/main/config.ts';

await test('settings come from the environment', async (t) => {
  for (const env of [{}, { PORT: '', HOST: '', EVENTSTORE_URL: '', AUTH_JWKS: '', AUTH_MAX_TTL: '', BODY_LIMIT: '', PATH: '/bin' }]) {
    const config = readConfig(env);
    t.match(
      config,
      { host: '127.0.0.1', port: 3000, dataDir: './data', seed: 'notice', logLevel: 'info', timeZone: 'Asia/Shanghai' },
      'empty is unset',
    );
    t.strictSame(
      [config.eventStoreUrl, config.authJwks, config.authIssuer, config.authMaxTtl, config.bodyLimit],
      [undefined, undefined, undefined, undefined, undefined],
    );
  }
  t.match(
    readConfig({
      HOST: '::',
      PORT: '0',
      DATA_DIR: '/var/duban',
      SEED: 'none',
      EVENTSTORE_URL: 'esdb+discover://a:2113,b:2113?tls=false',
      AUTH_JWKS: 'https://issuer.example/jwks',
      AUTH_ISSUER: 'https://issuer.example',
      AUTH_AUDIENCE: 'duban',
      AUTH_MAX_TTL: '8h',
      AUTH_CLOCK_SKEW: '30s',
      LOG_LEVEL: 'debug',
      TIME_ZONE: 'Asia/Urumqi',
      BODY_LIMIT: '1048576',
    }),
    {
      host: '::',
      port: 0,
      dataDir: '/var/duban',
      seed: 'none',
      eventStoreUrl: 'esdb+discover://a:2113,b:2113?tls=false',
      authJwks: 'https://issuer.example/jwks',
      authIssuer: 'https://issuer.example',
      authAudience: 'duban',
      authMaxTtl: 28_800,
      authClockSkew: 30,
      logLevel: 'debug',
      timeZone: 'Asia/Urumqi',
      bodyLimit: 1_048_576,
    },
  );
  const bad: readonly (readonly [name: string, value: string])[] = [
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['SEED', 'all'],
    ['EVENTSTORE_URL', 'http://localhost:2113'],
    ['AUTH_JWKS', 'https://'],
    ['AUTH_MAX_TTL', '367d'],
    ['AUTH_MAX_TTL', 'long'],
    ['AUTH_CLOCK_SKEW', '2h'],
    ['LOG_LEVEL', 'loud'],
    ['TIME_ZONE', 'Beijing'],
    ['BODY_LIMIT', '12'],
    ['BODY_LIMIT', '1MB'],
  ];
  for (const [name, value] of bad) t.throws(() => readConfig({ [name]: value }), new RegExp(`^${name} must be `, 'u'), `${name}=${value}`);
  t.throws(
    () => readConfig({ PORT: 'x', SEED: 'y' }),
    { name: 'ConfigError', message: 'PORT must be a port, 0 to 65535\nSEED must be notice or none' },
    'every fault at once',
  );
});

await test('a time is a whole number and its unit', async (t) => {
  t.strictSame(['90s', '30m', '8h', '7d'].map(parseTtl), [90, 1800, 28_800, 604_800]);
  for (const bad of ['', '8', 'h', '0h', '-1h', '1.5h', '8 h', '8H', '1w', '08h', '8h ']) t.equal(parseTtl(bad), undefined, bad);
});
