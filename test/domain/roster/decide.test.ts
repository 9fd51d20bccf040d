import { test } from 'tap';
import { fold } from '../../../src/kernel/decider.ts';
import { rosterDecider, type RosterCommand } from '../../../src/domain/roster/decide.ts';
import {
  CollectiveDefined,
  CollectiveMembershipChanged,
  UnitAliasAdded,
  UnitRegistered,
  UnitRenamed,
  UnitsMerged,
  type RosterEvent,
} from '../../../src/domain/roster/events.ts';
import { emptyRoster, evolveRoster, membersOn, nameOf } from '../../../src/domain/roster/state.ts';
import { given, unreached } from '../../support/given.ts';

const registered = (unit: string, name: string, aliases: string[] = []) => UnitRegistered({ unit, name, kind: null, aliases });
const science = registered('shi-ke-ji-ju', '市科技局', ['科技局']);
const finance = registered('shi-cai-zheng-ju', '市财政局');
const insurance = registered('yin-bao-jian-fen-ju', '三门峡银保监分局');
const renamed = UnitRenamed({
  unit: 'yin-bao-jian-fen-ju',
  before: '三门峡银保监分局',
  name: '国家金融监督管理总局三门峡监管分局',
  from: '2023-07-20',
  reason: '机构改革',
});
const counties = CollectiveDefined({ collective: 'ge-xian', name: '各县(市、区)政府' });
const members = (from: string, list: string[], before: string[] | null = null) =>
  CollectiveMembershipChanged({ collective: 'ge-xian', before, members: list, from });

const register = (more: Partial<Extract<RosterCommand, { type: 'RegisterUnit' }>> = {}) =>
  ({ type: 'RegisterUnit', unit: 'shi-jiao-yu-ju', name: '市教育局', kind: 'municipal', aliases: [], ...more }) as const;
const rename = (more: Partial<Extract<RosterCommand, { type: 'RenameUnit' }>> = {}) =>
  ({
    type: 'RenameUnit',
    unit: 'yin-bao-jian-fen-ju',
    name: '国家金融监督管理总局三门峡监管分局',
    from: '2023-07-20',
    reason: '机构改革',
    ...more,
  }) as const;
const merge = (unit: string, into: string) => ({ type: 'MergeUnit', unit, into, from: '2023-07-01', reason: '合并' }) as const;
const define = (more: Partial<Extract<RosterCommand, { type: 'DefineCollective' }>> = {}) =>
  ({ type: 'DefineCollective', collective: 'ge-xian', name: '各县(市、区)政府', members: null, from: '2023-01-01', ...more }) as const;
const setMembers = (from: string, list: string[], collective = 'ge-xian') =>
  ({ type: 'SetMembers', collective, members: list, from }) as const;

const roster = (...events: RosterEvent[]) => given(rosterDecider, events);

await test('a unit may be found by a further name, which is nobody else’s', async (t) => {
  const alias = { type: 'AddAlias', unit: 'shi-ke-ji-ju', alias: '市科委' } as const;
  const added = UnitAliasAdded({ unit: 'shi-ke-ji-ju', alias: '市科委' });
  await roster(science).when(alias).then([added])(t);
  await roster(science, added).when(alias).then([])(t);
  await roster(finance).when(alias).thenRejected('unit-unknown')(t);
  await roster(science, registered('other', '市科委')).when(alias).thenRejected('name-taken')(t);
  await roster(science, added)
    .when(register({ name: '市科委' }))
    .thenRejected(
      'name-taken',
      '/name',
    )(t);
  const { state } = roster(science, added);
  t.match(state.units.get('shi-ke-ji-ju'), { aliases: ['科技局', '市科委'], names: [{ name: '市科技局' }] });
});

await test('a unit is registered once, under an id and names of its own', async (t) => {
  await roster()
    .when(register())
    .then([UnitRegistered({ unit: 'shi-jiao-yu-ju', name: '市教育局', kind: 'municipal', aliases: [] })])(t);
  await roster(science)
    .when(register({ unit: 'shi-ke-ji-ju' }))
    .thenRejected(
      'unit-exists',
      '/id',
    )(t);
  await roster(science)
    .when(register({ name: '市科技局' }))
    .thenRejected(
      'name-taken',
      '/name',
    )(t);
  await roster(science)
    .when(register({ name: ' 科技局' }))
    .thenRejected(
      'name-taken',
      '/name',
    )(t);
  await roster(science)
    .when(register({ aliases: ['教育局', '科技局'] }))
    .thenRejected(
      'name-taken',
      '/aliases/1',
    )(t);
  await roster(insurance, renamed)
    .when(register({ name: '三门峡银保监分局' }))
    .thenRejected(
      'name-taken',
      '/name',
    )(t);
  await roster(counties)
    .when(register({ unit: 'ge-xian' }))
    .thenRejected(
      'collective-exists',
      '/id',
    )(t);
});

await test('a renaming ends the name before it, and both still find the unit', async (t) => {
  await roster(insurance).when(rename()).then([renamed])(t);
  const { units, byName } = roster(insurance, renamed).state;
  t.strictSame(units.get('yin-bao-jian-fen-ju')?.names, [
    { name: '三门峡银保监分局', from: null, to: '2023-07-20', receivedAt: 0 },
    { name: '国家金融监督管理总局三门峡监管分局', from: '2023-07-20', to: null, receivedAt: 0 },
  ]);
  t.equal(byName.get('三门峡银保监分局'), 'yin-bao-jian-fen-ju');
  t.equal(byName.get('国家金融监督管理总局三门峡监管分局'), 'yin-bao-jian-fen-ju');
  t.equal(nameOf({ id: 'x', kind: null, aliases: [], names: [], mergedInto: null }), 'x');
});

await test('a renaming that changes nothing is none; one that cannot be is refused', async (t) => {
  await roster(insurance, renamed)
    .when(rename({ from: '2023-08-01' }))
    .then([])(t);
  await roster(insurance, renamed)
    .when(rename({ name: '金管局', from: '2023-07-20' }))
    .thenRejected(
      'date-order',
      '/from',
    )(t);
  await roster(insurance, renamed)
    .when(rename({ name: '金管局', from: '2023-07-19' }))
    .thenRejected(
      'date-order',
      '/from',
    )(t);
  await roster(insurance, science)
    .when(rename({ name: '市科技局' }))
    .thenRejected(
      'name-taken',
      '/name',
    )(t);
  await roster(science).when(rename()).thenRejected('unit-unknown')(t);
  const back = rename({ name: '三门峡银保监分局', from: '2024-01-01', reason: '恢复' });
  await roster(insurance, renamed)
    .when(back)
    .then([
      UnitRenamed({
        unit: 'yin-bao-jian-fen-ju',
        before: '国家金融监督管理总局三门峡监管分局',
        name: '三门峡银保监分局',
        from: '2024-01-01',
        reason: '恢复',
      }),
    ])(t);
});

await test('a unit is merged into another that stands, once', async (t) => {
  const merged = UnitsMerged({ unit: 'shi-ke-ji-ju', into: 'shi-cai-zheng-ju', from: '2023-07-01', reason: '合并' });
  await roster(science, finance).when(merge('shi-ke-ji-ju', 'shi-cai-zheng-ju')).then([merged])(t);
  t.strictSame(roster(science, finance, merged).state.units.get('shi-ke-ji-ju')?.mergedInto, {
    unit: 'shi-cai-zheng-ju',
    from: '2023-07-01',
    receivedAt: 0,
  });
  await roster(finance).when(merge('shi-ke-ji-ju', 'shi-cai-zheng-ju')).thenRejected('unit-unknown')(t);
  await roster(science).when(merge('shi-ke-ji-ju', 'shi-cai-zheng-ju')).thenRejected('unit-unknown', '/mergedInto')(t);
  await roster(science).when(merge('shi-ke-ji-ju', 'shi-ke-ji-ju')).thenRejected('unit-merged', '/mergedInto')(t);
  await roster(science, finance, merged).when(merge('shi-cai-zheng-ju', 'shi-ke-ji-ju')).thenRejected('unit-merged', '/mergedInto')(t);
  await roster(science, finance, insurance, merged).when(merge('shi-ke-ji-ju', 'yin-bao-jian-fen-ju')).thenRejected('unit-merged')(t);
});

await test('a collective is defined with its members, or without where they are not recorded', async (t) => {
  await roster().when(define()).then([counties])(t);
  await roster(science, finance)
    .when(define({ members: ['shi-ke-ji-ju', 'shi-cai-zheng-ju'] }))
    .then([counties, members('2023-01-01', ['shi-ke-ji-ju', 'shi-cai-zheng-ju'])])(t);
  await roster(counties).when(define()).thenRejected('collective-exists', '/id')(t);
  await roster(science)
    .when(define({ collective: 'shi-ke-ji-ju' }))
    .thenRejected(
      'unit-exists',
      '/id',
    )(t);
  await roster(science)
    .when(define({ members: ['shi-ke-ji-ju', 'unheard-of'] }))
    .thenRejected(
      'unit-unknown',
      '/members/1',
    )(t);
  await roster(science)
    .when(define({ members: ['shi-ke-ji-ju', 'shi-ke-ji-ju'] }))
    .thenRejected(
      'duplicate-party',
      '/members/1',
    )(t);
});

await test('a name is one party’s: no collective is called as a unit is, was or may be, and no unit as a collective', async (t) => {
  const held = [science, insurance, renamed, counties, UnitAliasAdded({ unit: 'shi-ke-ji-ju', alias: '市科委' })];
  for (const name of ['市科技局', '科技局', '市科委', '三门峡银保监分局', '国家金融监督管理总局三门峡监管分局', ' 市 科技局'])
    await roster(...held)
      .when(define({ collective: 'another', name }))
      .thenRejected(
        'name-taken',
        '/name',
      )(t);
  const collectiveName = '各县〔市、区〕政府'; // folded like the name that counties have
  await roster(...held)
    .when(define({ collective: 'another', name: collectiveName }))
    .thenRejected(
      'name-taken',
      '/name',
    )(t);
  await roster(...held)
    .when(register({ name: collectiveName }))
    .thenRejected(
      'name-taken',
      '/name',
    )(t);
  await roster(...held)
    .when(register({ aliases: ['市教委', collectiveName] }))
    .thenRejected(
      'name-taken',
      '/aliases/1',
    )(t);
  await roster(...held)
    .when(rename({ name: collectiveName, from: '2024-01-01' }))
    .thenRejected(
      'name-taken',
      '/name',
    )(t);
  await roster(...held)
    .when({ type: 'AddAlias', unit: 'shi-ke-ji-ju', alias: collectiveName })
    .thenRejected('name-taken')(t);
});

await test('members hold from a day on, and a later statement for that day replaces the earlier', async (t) => {
  const held = [
    science,
    finance,
    insurance,
    counties,
    members('2023-01-01', ['shi-ke-ji-ju']),
    members('2023-06-01', ['shi-cai-zheng-ju'], ['shi-ke-ji-ju']),
  ];
  await roster(...held)
    .when(setMembers('2023-03-01', ['shi-ke-ji-ju']))
    .then([])(t);
  await roster(...held)
    .when(setMembers('2023-03-01', ['shi-cai-zheng-ju']))
    .then([members('2023-03-01', ['shi-cai-zheng-ju'], ['shi-ke-ji-ju'])])(t);
  await roster(...held)
    .when(setMembers('2022-12-01', ['shi-ke-ji-ju']))
    .then([members('2022-12-01', ['shi-ke-ji-ju'], null)])(t);
  await roster(...held)
    .when(setMembers('2023-06-01', ['shi-ke-ji-ju']))
    .then([members('2023-06-01', ['shi-ke-ji-ju'], ['shi-cai-zheng-ju'])])(t);
  await roster(...held)
    .when(setMembers('2023-06-01', ['shi-cai-zheng-ju', 'unheard-of']))
    .thenRejected(
      'unit-unknown',
      '/members/1',
    )(t);
  await roster(science)
    .when(setMembers('2023-06-01', ['shi-ke-ji-ju']))
    .thenRejected('collective-unknown')(t);

  const memberships = roster(...held, members('2023-06-01', ['yin-bao-jian-fen-ju'])).state.collectives.get('ge-xian')?.memberships ?? [];
  const on = (day: string) => membersOn(memberships, day);
  t.equal(on('2022-12-31'), null, 'not recorded');
  t.same(on('2023-01-01'), ['shi-ke-ji-ju']);
  t.same(on('2023-05-31'), ['shi-ke-ji-ju']);
  t.same(on('2023-06-01'), ['yin-bao-jian-fen-ju']);
  const stated = (from: string, unit: string, receivedAt: number) => ({ from, members: [unit], receivedAt });
  const recorded = [stated('2023-06-01', 'jia', 5), stated('2023-01-01', 'yi', 6), stated('2023-06-01', 'bing', 7)];
  t.same(membersOn(recorded, '2023-05-31'), ['yi'], 'by the day, whatever the order of recording');
  t.same(membersOn(recorded, '2023-06-01'), ['bing'], 'of two for one day the later recorded');
  t.same(membersOn(recorded, '2023-06-01', 7), ['jia'], 'by what was received before an instant');
  t.same(membersOn(recorded, '2023-06-01', 0), ['jia'], 'the first statement counts whenever it was received');
});

await test('an import enrols what is missing and leaves the rest alone', async (t) => {
  const enrol = {
    type: 'EnrolNames',
    units: [
      { id: 'shi-ke-ji-ju', name: '市科学技术局', kind: null },
      { id: 'jin-guan-ju', name: '三门峡银保监分局', kind: null },
      { id: 'shi-jiao-yu-ju', name: '市教育局', kind: null },
    ],
    collectives: [
      { id: 'ge-xian', name: '各县(市、区)政府' },
      { id: 'xiang-guan-xian', name: '相关县(市、区)政府' },
    ],
  } as const;
  await roster(science, insurance, counties)
    .when(enrol)
    .then([registered('shi-jiao-yu-ju', '市教育局'), CollectiveDefined({ collective: 'xiang-guan-xian', name: '相关县(市、区)政府' })])(t);
  await roster(
    science,
    insurance,
    counties,
    registered('shi-jiao-yu-ju', '市教育局'),
    CollectiveDefined({ collective: 'xiang-guan-xian', name: '相关县(市、区)政府' }),
  )
    .when(enrol)
    .then([])(t);
});

await test('events about what was never registered contradict the log, and are not folded', async (t) => {
  for (const event of [renamed, UnitsMerged({ unit: 'x', into: 'y', from: '2023-01-01', reason: 'r' }), members('2023-01-01', [])])
    t.throws(() => fold(evolveRoster, emptyRoster, [event], 0), /was never/u, event.type);
});

await test('every refusal of the roster is reached above', async (t) => t.same(unreached('src/domain/roster/decide.ts'), []));
