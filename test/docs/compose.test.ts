import { readFileSync } from 'node:fs';
import { test } from 'tap';
import { parse } from 'yaml';

/**
 * The compose files, against rules: no container engine runs in these tests. That the images start, that their `curl` is
 * there and that the volumes can be written is not shown.
 */

type Service = {
  readonly image?: string;
  readonly restart?: string;
  readonly user?: string;
  readonly network_mode?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[] };
  readonly configs?: readonly { readonly source: string; readonly target: string }[];
};
type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
};

const textOf = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const read = (name: string): Compose => parse(textOf(name), { merge: true }) as Compose; // its shape is that of the compose specification

const SINGLE = 'docker-compose.yml';
const CLUSTER = 'docker-compose.cluster.yml';
const single = read(SINGLE);
const cluster = read(CLUSTER);
const NODES = ['node1', 'node2', 'node3'] as const;

/** The server's options, as environment variables: https://docs.kurrent.io/server, version 25.1. */
const OPTIONS = new Set(
  (
    'CERTIFICATE_FILE CERTIFICATE_PRIVATE_KEY_FILE CERTIFICATE_RESERVED_NODE_COMMON_NAME CLUSTER_SIZE CONFIG DEFAULT_ADMIN_PASSWORD ' +
    'DEFAULT_OPS_PASSWORD DISABLE_LOG_FILE DISCOVER_VIA_DNS GOSSIP_SEED INSECURE NODE_HOST_ADVERTISE_AS NODE_IP ' +
    'REPLICATION_HOST_ADVERTISE_AS REPLICATION_IP RUN_PROJECTIONS STATS_PERIOD_SEC TELEMETRY_OPTOUT TRUSTED_ROOT_CERTIFICATES_PATH'
  )
    .split(' ')
    .map((name) => `KURRENTDB_${name}`),
);

const volumesOf = ({ volumes = [] }: Service): readonly string[] => volumes.map((volume) => volume.split(':', 1)[0] ?? '');
const usersOf = (volume: string): readonly string[] =>
  Object.entries(cluster.services)
    .filter(([, service]) => volumesOf(service).includes(volume))
    .map(([name]) => name);

await test('no password has a default', (t) => {
  for (const name of [SINGLE, CLUSTER]) {
    const text = textOf(name);
    t.notMatch(text, /changeit/iu, name);
    t.notMatch(text, /\$\{[A-Z_]+(?::?-|\})/u, `${name}: a variable that is not set stops it`);
  }
  for (const name of ['DUBAN_PASSWORD', 'KURRENTDB_ADMIN_PASSWORD', 'KURRENTDB_OPS_PASSWORD'])
    t.match(textOf(CLUSTER), new RegExp(`\\$\\{${name}:\\?set `, 'u'), `${name} says what to do`);
  t.end();
});

await test('the key of the CA is where nothing but the generator reads', (t) => {
  t.same(usersOf('ca-key'), ['certificates']);
  t.equal(cluster.services['certificates']?.network_mode, 'none');
  const [script = ''] = cluster.services['certificates']?.command ?? [];
  t.notMatch(script, /-common-name/u, 'which es-gencert-cli has from 1.2.0 on');
  t.match(cluster.services['certificates']?.image, /es-gencert-cli:1\.0\.2$/u);
  const copied = [...script.matchAll(/\bcp (.+)$/gmu)].map(([, files]) => files);
  t.same(copied, ['/ca-key/ca/ca.crt /ca/ca.crt', '/tmp/node$$n/node.crt /tmp/node$$n/node.key /node$$n/']);
  for (const node of NODES) {
    t.same(usersOf(`${node}-certificate`), ['certificates', node], 'each node has its own certificate');
    t.same(usersOf(node), [node], 'and its own directory');
    const settings = cluster.services[node]?.environment ?? {};
    t.equal(settings['KURRENTDB_CERTIFICATE_RESERVED_NODE_COMMON_NAME'], 'eventstoredb-node', 'as the generator names them');
  }
  for (const replica of ['setup', 'replica1', 'replica2'])
    t.same(
      volumesOf(cluster.services[replica] ?? {}).filter((volume) => /^ca|certificate/u.test(volume)),
      ['ca'],
      `${replica} gets ca.crt alone`,
    );
  t.end();
});

await test('every setting of a node is one that the server has, and secondary indexes are off', (t) => {
  for (const { services, configs } of [single, cluster])
    for (const [name, { image, environment = {}, configs: mounted = [], restart, healthcheck }] of Object.entries(services)) {
      if (image === undefined || !image.includes('kurrentdb')) continue;
      t.match(image, /^docker\.kurrent\.io\/kurrent-latest\/kurrentdb:\d+\.\d+\.\d+$/u);
      t.same(
        Object.keys(environment).filter((key) => key !== 'DOTNET_CLI_TELEMETRY_OPTOUT' && !OPTIONS.has(key)),
        [],
        name,
      );
      t.equal(environment['KURRENTDB_CONFIG'], mounted[0]?.target);
      t.same(parse(configs[mounted[0]?.source ?? '']?.content ?? ''), { SecondaryIndexing: { Enabled: false } });
      t.equal(restart, 'unless-stopped', 'a node that leaves to truncate is started again');
      t.match(healthcheck?.test?.[1], /^curl --fail --silent .*https?:\/\/localhost:2113\/health\/live/u, 'by what its image has');
      t.notMatch(healthcheck?.test?.[1], /--insecure/u);
    }
  t.end();
});

await test('replicas share what docs/cluster.md says they share', (t) => {
  const told = /\* \*\*Replicas share\*\*(.+?)\n\* \*\*/su.exec(textOf('docs/cluster.md'))?.[1] ?? '';
  const shared = [...told.matchAll(/`DATA_DIR\/(\w+)`/gu)].map(([, name]) => name ?? '');
  t.ok(shared.length > 3, shared.join());
  for (const name of shared) {
    t.same(usersOf(name), ['replica1', 'replica2'], name);
    for (const replica of ['replica1', 'replica2'])
      t.ok(cluster.services[replica]?.volumes?.includes(`${name}:/data/${name}`), `${replica}: ${name}`);
    t.ok(textOf('Dockerfile').includes(` /data/${name} `), `${name} is made for the user of the image`);
  }
  t.end();
});

await test('nothing listens on another address than this machine’s own, and every volume is declared', (t) => {
  for (const { services, volumes } of [single, cluster])
    for (const [name, service] of Object.entries(services)) {
      for (const port of service.ports ?? []) t.match(port, /^127\.0\.0\.1:/u, name);
      for (const volume of volumesOf(service)) t.ok(volume in volumes, `${name}: ${volume}`);
    }
  t.same(single.services['embedded']?.environment, undefined, 'a log of one’s own needs no setting');
  t.end();
});
