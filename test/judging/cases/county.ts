import type { Test } from 'tap';
import {
  openWorld,
  type Answer,
  type BasisBody,
  type CommandBody,
  type ListBody,
  type ProblemBody,
  type World,
} from '../../support/app.ts';

/**
 * A county where the cases happen: invented, in 2026, an office in Shanghai's zone unless a case says otherwise. The test
 * says what time it is; everything goes over HTTP.
 */

export type Owed = {
  readonly unit: string;
  readonly task: string;
  readonly kind: string;
  readonly period: string;
  readonly due: string;
  readonly state: string;
  readonly daysLate: number;
  readonly receivedAt: string | null;
  readonly onTheDay: boolean;
  readonly policy: number | null;
};
type Counts = Readonly<Record<'owed' | 'onTime' | 'late' | 'missing' | 'notYetDue' | 'awaiting' | 'excused' | 'waived', number>>;
export type Board = {
  readonly kind: string;
  readonly totals: Counts;
  readonly units: readonly (Counts & { readonly unit: string })[];
  readonly excludedCollectives: readonly { readonly party: string; readonly tasks: readonly string[] }[];
  readonly basis: BasisBody & { readonly at: string; readonly forecast?: boolean; readonly directiveTimeZone?: string };
};
export type NoticeBody = {
  readonly lines: readonly {
    readonly unit: string;
    readonly late: readonly { readonly task: string; readonly period: string; readonly daysLate: number }[];
    readonly missing: readonly { readonly task: string; readonly period: string }[];
  }[];
};

const WHO = ['lead', 'cooperating', 'responsible'];
/** A report on every month of 2026, by its 30th. */
export const RULES = {
  effectiveFrom: '2026-01-01',
  monthly: { from: '2026-01', to: '2026-12', day: 30 },
  annual: null,
  reporters: { target: WHO, task: WHO, item: WHO },
};
/** No report falls due while a case about deadlines goes on. */
export const DECEMBER = { monthly: { from: '2026-12', to: '2026-12', day: 30 } };
export const WHY = { reason: '工作需要', authority: '县长办公会' };

/** A duty of a policy, as it stands in the rule. */
export const duty = (every: string, from: string, to: string, due: object, more: object = {}): object => ({
  id: 'report',
  name: '报告',
  every,
  from,
  to,
  monthEnd: 'clamp',
  who: RULES.reporters,
  asks: 'report',
  due: { offset: 0, cutoff: '24:00', shift: 'none', ...due },
  ...more,
});

export type County = {
  readonly world: World;
  readonly now: (instant: string) => void;
  readonly units: (...names: readonly string[]) => Promise<void>;
  /** A directive with a policy, or without one where `rules` is null. */
  readonly directive: (id: string, rules?: object | null, more?: object) => Promise<string>;
  readonly adopt: (directive: string, rules: object, receivedAt?: string) => Promise<Answer<CommandBody & ProblemBody>>;
  /** A task given to a unit or collective as its lead. */
  readonly task: (directive: string, id: string, party: string, more?: object) => Promise<string>;
  /** An act of the office, entered from a paper where `receivedAt` is given. Throws what is refused. */
  readonly office: (path: string, body: object, receivedAt?: string) => Promise<CommandBody>;
  /** What a unit says, on a paper that the office enters. */
  readonly paper: (path: string, unit: string, body: object, receivedAt: string) => Promise<CommandBody>;
  readonly report: (task: string, unit: string, period: string, receivedAt: string, more?: object) => Promise<CommandBody>;
  /** The code with which the office's act is refused. */
  readonly refused: (path: string, body: object, receivedAt?: string) => Promise<string>;
  readonly change: (path: string, method: 'PATCH' | 'PUT', body: object) => Promise<CommandBody>;
  readonly get: <Body>(path: string) => Promise<Body>;
  readonly obligations: (query: string) => Promise<readonly Owed[]>;
  /** Rows as `unit period state daysLate`. */
  readonly rows: (query: string) => Promise<readonly string[]>;
  readonly board: (query: string) => Promise<Board>;
  /** Whom a notice drafted from a snapshot names, as `unit late period…` and `unit missing period…`. */
  readonly named: (snapshot: object) => Promise<readonly string[]>;
};

const sent = <Body>(answer: Answer<Body>): Body => {
  if (answer.status >= 300) throw new Error(answer.text);
  return answer.body;
};

/** @param at what time it is when the case begins */
export const openCounty = async (t: Pick<Test, 'teardown'>, at = '2026-11-28T09:00:00+08:00'): Promise<County> => {
  const world = await openWorld(t, { seeded: false, at });
  const get = async <Body>(path: string): Promise<Body> => sent(await world.office.get<Body>(path));
  const fromPaper = (receivedAt: string | undefined): object => (receivedAt === undefined ? {} : { receivedAt, basis: '纸质来文' });

  /** The present revision, which the office must know where it changes what others rely on. */
  const revisionOf = async (path: string): Promise<Record<string, string>> => {
    const subject = /^\/v1\/tasks\/[^/]+(?=\/)/u.exec(path)?.[0];
    if (subject !== undefined) return { 'if-match': (await world.office.get(subject)).headers['etag'] ?? '' };
    if (!path.endsWith('/policies')) return {};
    const { items } = await get<ListBody<{ readonly revision: number }>>(path);
    return items.length === 0 ? {} : { 'if-match': `"${items.at(-1)?.revision}"` };
  };
  const act = async (path: string, body: object, receivedAt?: string) =>
    world.office.post<CommandBody & ProblemBody>(path, { ...body, ...fromPaper(receivedAt) }, await revisionOf(path));
  const paper: County['paper'] = async (path, unit, body, receivedAt) => sent(await act(path, { ...body, unit }, receivedAt));
  const adopt: County['adopt'] = (directive, rules, receivedAt) => act(`/v1/directives/${directive}/policies`, rules, receivedAt);
  const obligations: County['obligations'] = (query) => world.all<Owed>(world.office, `/v1/obligations?${query}`);

  return {
    world,
    now: world.clock.set,
    units: async (...names) => {
      for (const id of names) sent(await world.office.post('/v1/units', { id, name: `柳河县${id}站` }));
    },
    directive: async (id, rules = RULES, more = {}) => {
      sent(
        await world.office.post('/v1/directives', {
          id,
          number: `柳政办〔2026〕${id}`,
          title: '督办事项',
          issuer: '柳河县政府',
          date: '2026-01-05',
          ...more,
        }),
      );
      if (rules !== null) sent(await adopt(id, { ...RULES, ...rules }));
      return id;
    },
    adopt,
    task: async (directive, id, party, more = {}) => {
      const assigned = { id, directive, kind: 'task', text: '修缮灌渠', assignees: [{ role: 'lead', party }], effectiveFrom: '2026-01-05' };
      sent(await world.office.post('/v1/tasks', { ...assigned, ...more }));
      return id;
    },
    office: async (path, body, receivedAt) => sent(await act(path, body, receivedAt)),
    paper,
    report: (task, unit, period, receivedAt, more = {}) =>
      paper(`/v1/tasks/${task}/reports`, unit, { period, status: 'on-track', narrative: '按计划推进', ...more }, receivedAt),
    refused: async (path, body, receivedAt) => {
      const answer = await act(path, body, receivedAt);
      return answer.status < 300 ? 'taken' : answer.body.code;
    },
    change: async (path, method, body) => sent(await world.office.send(method, path, body)),
    get,
    obligations,
    rows: async (query) => (await obligations(query)).map(({ unit, period, state, daysLate }) => `${unit} ${period} ${state} ${daysLate}`),
    board: (query) => get(`/v1/compliance?${query}`),
    named: async (snapshot) => {
      const taken = sent(await world.office.post('/v1/snapshots', snapshot));
      const drafted = sent(await world.office.post('/v1/notices', { snapshot: taken.subject }));
      const { lines } = await get<NoticeBody>(`/v1/notices/${drafted.subject}`);
      return lines.flatMap(({ unit, late, missing }) => [
        ...late.map(({ period }) => `${unit} late ${period}`),
        ...missing.map(({ period }) => `${unit} missing ${period}`),
      ]);
    },
  };
};
