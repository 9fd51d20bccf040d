import { test, type Test } from 'tap';
import { setUpEventStore } from '../../src/main/cluster/set-up.ts';
import { openDubanOnCluster, type Duban } from '../../src/main/duban.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { connectionOf } from '../../src/store/eventstoredb/connection.ts';
import { temporaryDir, TIME_ZONE } from '../support/app.ts';
import { startDouble } from '../support/eventstoredb-double.ts';
import { startSecured, type Secured } from '../support/eventstoredb-secured.ts';
import { runProgram } from '../support/process.ts';
import { eventually, QUICK } from './fixture.ts';
import { inEnglish } from '../../src/messages/words.ts';
import { readinessOf } from '../support/english.ts';

/** The log's own user can add to it and not take from it; where it could, nothing is opened. */

const DUBAN = { username: 'duban', password: 'of-duban:@%' };

const givenSecured = async (t: Test): Promise<Secured> => {
  const secured = await startSecured();
  t.teardown(secured.close);
  return secured;
};

const adminOf = (secured: Secured): string => secured.url('admin', 'changeit');
const dubanOf = (secured: Secured): string => secured.url(DUBAN.username, encodeURIComponent(DUBAN.password));

type Options = { readonly group?: string; readonly replace?: boolean; readonly password?: string };

const setUp = (secured: Secured, { group = 'duban', replace = false, password = DUBAN.password }: Options = {}) =>
  setUpEventStore({ admin: adminOf(secured), user: { ...DUBAN, password }, group, replace, timing: QUICK });

/** Everything in the double's log that is not the server's own talk. */
const written = ({ double }: Secured): readonly string[] =>
  double.log
    .all()
    .map(({ stream, type }) => `${stream} ${type}`)
    .filter((line) => !line.startsWith('$stats'));

const open = async (t: Test, url: string, timing = QUICK): Promise<{ readonly duban: Duban; readonly warnings: readonly string[] }> => {
  const warnings: string[] = [];
  const duban = await openDubanOnCluster({
    dataDir: temporaryDir(t),
    url,
    timeZone: TIME_ZONE,
    clock: systemClock,
    timing,
    onError: (error) => t.fail(String(error)),
    onWarning: (message) => warnings.push(inEnglish(message)),
  });
  t.teardown(duban.close);
  return { duban, warnings };
};

const FIT = { append: true, read: true, remove: false, hide: false };

await test('setting up makes the user and the rules; again it changes nothing', async (t) => {
  const secured = await givenSecured(t);
  t.same(await setUp(secured), { user: 'created', rules: 'applied', access: FIT });
  t.same(secured.users.get('duban'), { password: DUBAN.password, groups: ['duban'], disabled: false });
  const rules = secured.double.log.readStream('$settings', 'end', 'backwards', 1);
  t.same(JSON.parse(Buffer.from((typeof rules === 'string' ? undefined : rules[0]?.data) ?? []).toString('utf8')), {
    $userStreamAcl: { $r: ['$admins', 'duban'], $w: ['duban'], $d: '$admins', $mr: '$admins', $mw: '$admins' },
    $systemStreamAcl: { $r: ['$admins', 'duban'], $w: '$admins', $d: '$admins', $mr: '$admins', $mw: '$admins' },
  });
  t.same(await setUp(secured), { user: 'unchanged', rules: 'unchanged', access: FIT });
  t.same(written(secured), ['$settings update-default-acl'], 'asking what the user may do wrote nothing');

  secured.addUser('duban', { password: 'forgotten', groups: ['others'], disabled: true });
  t.same(await setUp(secured), { user: 'changed', rules: 'unchanged', access: FIT }, 'a user that is otherwise is put right');
  t.same(secured.users.get('duban'), { password: DUBAN.password, groups: ['duban'], disabled: false });
  t.same(await setUp(secured, { password: 'a new one' }), { user: 'changed', rules: 'unchanged', access: FIT });
  t.equal(secured.users.get('duban')?.password, 'a new one');
});

await test('rules that are somebody else’s are left, unless they are to be replaced', async (t) => {
  const secured = await givenSecured(t);
  await setUp(secured, { group: 'first' });
  await t.rejects(setUp(secured, { group: 'second' }), {
    message: /access rules already, which --replace would replace: \{"\$userStreamAcl"/u,
  });
  t.same(secured.users.get('duban')?.groups, ['first'], 'nor is the user changed');
  t.same(await setUp(secured, { group: 'second', replace: true }), { user: 'changed', rules: 'applied', access: FIT });
});

await test('setting up says what is wrong', async (t) => {
  const secured = await givenSecured(t);
  const asking = (admin: string) =>
    setUpEventStore({ admin, user: DUBAN, group: 'duban', replace: false, timing: { ...QUICK, retryFor: 100 } });
  await t.rejects(asking(secured.url('admin', 'wrong')), { message: /access-denied|cluster refuses it/u });
  secured.addUser('somebody', { password: 'x', groups: [], disabled: false });
  await t.rejects(asking(secured.url('somebody', 'x')), { message: /cannot be set: access-denied|cluster refuses it/u });
  await t.rejects(asking('esdb://127.0.0.1:2113?tls=false'), { message: /without TLS has no users/u });
  await t.rejects(asking('esdb://admin:changeit@127.0.0.1:2113'), { message: /by name, not by IP address/u });
  await t.rejects(asking('esdb://localhost:2113'), { message: /must name a user and a password/u });
  await t.rejects(asking('esdb://admin:changeit@localhost:1'), { message: /cannot be set|no node of the cluster answers/u });
  t.same(written(secured), []);
});

await test('the command', async (t) => {
  const secured = await givenSecured(t);
  const args = ['setup-eventstore', '--admin', adminOf(secured)];
  const env = { DUBAN_PASSWORD: DUBAN.password };
  const ran = await runProgram(t, args, env);
  t.match(ran, { code: 0, stderr: /may append to streams and read the log; it may not delete/u });
  t.same(JSON.parse(ran.stdout), { user: { name: 'duban', group: 'duban', outcome: 'created' }, rules: 'applied', access: FIT });
  t.match(await runProgram(t, [...args, '--group', 'other'], env), { code: 1, stdout: '', stderr: /--replace/u });
  t.match(await runProgram(t, args, {}), { code: 2, stderr: /^DUBAN_PASSWORD must hold/u });
  t.match(await runProgram(t, [...args, '--user', 'a:b'], env), { code: 2, stderr: /^--user takes a name/u });
});

await test('a server starts with a user that can only add, and with no other', async (t) => {
  const secured = await givenSecured(t);
  secured.addUser('duban', { password: DUBAN.password, groups: ['duban'], disabled: false });
  // As delivered everybody may delete, and only administrators read the log as a whole.
  await t.rejects(open(t, dubanOf(secured)), {
    name: 'CannotOpen',
    message: 'its user may delete streams and change their metadata in the cluster: run duban setup-eventstore first',
  });
  await t.rejects(open(t, adminOf(secured)), { name: 'CannotOpen', message: /may delete streams and change their metadata/u });
  await t.rejects(open(t, secured.url('duban', 'wrong')), {
    name: 'CannotOpen',
    message: /may not append to streams and read the whole log in the cluster, or its password is wrong/u,
  });
  t.same(written(secured), []);

  await setUp(secured);
  const { duban, warnings } = await open(t, dubanOf(secured));
  await eventually('it is ready', () => duban.readiness().ready);
  t.same(warnings, []);
  t.equal(written(secured).length, 1);
  await t.rejects(open(t, adminOf(secured)), { name: 'CannotOpen' }, 'an administrator can never be kept from it');
});

await test('where the cluster cannot be asked, nothing is added until it could', async (t) => {
  const secured = await givenSecured(t);
  await setUp(secured);
  const { double } = secured;
  double.node.kill();
  const { duban, warnings } = await open(t, dubanOf(secured), { ...QUICK, retryFor: 100 });
  t.match(readinessOf(duban.readiness()), { ready: false, reasons: [/^it is not known yet what its user may do in the cluster: /u] });
  const enrol = () => duban.services.store.append('roster', 'none', []);
  await t.rejects(enrol(), { name: 'StoreUnavailable', message: /not known yet what its user may do/u });
  await double.node.start();
  await eventually('it is ready', () => duban.readiness().ready);
  t.same(warnings, []);

  double.node.kill();
  const { duban: other, warnings: heard } = await open(t, adminOf(secured), { ...QUICK, retryFor: 100 });
  await double.node.start();
  await eventually('it is told', () => heard.length > 0);
  t.same(heard, ['its user may delete streams and change their metadata in the cluster: run duban setup-eventstore first']);
  t.match(readinessOf(other.readiness()).reasons[0], /^its user may delete/u);
  await t.rejects(other.services.store.append('roster', 'none', []), { name: 'StoreUnavailable', message: /may delete streams/u });
});

await test('without TLS there is a warning, and no question', async (t) => {
  const double = await startDouble();
  t.teardown(double.close);
  const { duban, warnings } = await open(t, double.url);
  t.same(warnings, ['the cluster is not secured: whoever reaches it may write to it and delete from it']);
  await eventually('it is ready', () => duban.readiness().ready);
  t.notOk('delete' in double.node.served());
  const client = await import('@eventstore/db-client');
  t.equal(connectionOf(client, double.url).secure, false);
  t.throws(() => connectionOf(client, 'esdb://a:b@node1,10.0.0.2:2113?tls=true'), { message: /by name, not by IP address/u });
});
