/**
 * What an auditor and an office at the month's end ask, and the one call that answers it. `{name}` stands for a value
 * in the path, `{?a,b}` for query parameters, of which a question gives those that it needs (RFC 6570).
 */
export const questions = {
  A1: { asks: 'What happened to a task, in order, by whom, under which document?', call: 'GET /v1/tasks/{id}/history' },
  A2: { asks: 'What did the office know about a task at a moment?', call: 'GET /v1/tasks/{id}{?asOf}' },
  A3: { asks: 'Who was responsible for a task on a day, and who is it now?', call: 'GET /v1/tasks/{id}/responsibility' },
  A4: {
    asks: 'Who changed unit, leader or deadline, when, why, on whose authority, and how long before the old deadline?',
    call: 'GET /v1/changes{?directive,task,kind}',
  },
  A5: { asks: 'Was a report in time under the deadline in force, or excused later?', call: 'GET /v1/obligations{?task,unit,period,kind}' },
  A6: {
    asks: 'Would the exclusive reading, or a shift to working days, judge otherwise?',
    call: 'GET /v1/compliance{?directive,period,policy}',
  },
  A7: { asks: 'Which version of a report was a decision based on?', call: 'GET /v1/tasks/{id}/reports/{report}{?asOf}' },
  A8: {
    asks: 'Was a notice consistent with the facts known when it was issued, and what came later?',
    call: 'GET /v1/notices/{id}/consistency',
  },
  A9: { asks: 'Did a unit object, and what was answered?', call: 'GET /v1/notices/{id}' },
  A12: {
    asks: 'Who verified a completion claim, on what evidence, how long after; was it the one who claimed?',
    call: 'GET /v1/claims{?directive,state,selfVerified}',
  },
  A13: { asks: 'What never had anyone, or any date?', call: 'GET /v1/gaps{?directive,kind}' },
  A14: {
    asks: 'Does the register equal the published document; what was open, and how was it decided?',
    call: 'GET /v1/directives/{id}/findings{?kind,open}',
  },
  A15: { asks: 'Were like cases treated alike?', call: 'GET /v1/like-cases{?directive,period}' },
  A16: { asks: 'Which rule produced this standing?', call: 'GET /v1/standings{?directive,leader}' },
  M1: { asks: 'Who still owes the period’s report, and when was it reminded?', call: 'GET /v1/owing{?directive,period,asOf,on}' },
  M2: {
    asks: 'Who is late and by how much; who was in time but sent back; who amended after the due day?',
    call: 'GET /v1/reports{?directive,period,unit,timeliness}',
  },
  M3: { asks: 'What does a unit’s return leave out?', call: 'GET /v1/owing{?directive,period}' },
  M4: { asks: 'Where do units contradict each other?', call: 'GET /v1/contradictions{?directive,period}' },
  M5: { asks: 'What falls due in the next days, and what slipped?', call: 'GET /v1/deadlines{?directive,from,to,asOf}' },
  M6: {
    asks: 'What is ahead, on track, behind, done or not known, by theme, unit, leader or kind?',
    call: 'GET /v1/progress{?directive,by}',
  },
  M7: { asks: 'What changed since last month: new, changed, closed, reopened?', call: 'GET /v1/diff{?from,to}' },
  M8: {
    asks: 'Which extensions are pending, granted, refused; which were asked for too late?',
    call: 'GET /v1/extensions{?directive,state}',
  },
  M9: { asks: 'Who must be named in a notice, with the facts?', call: 'POST /v1/notices' },
  M10: { asks: 'One page for a leader, for a unit', call: 'GET /v1/tasks{?directive,unit,leader}' },
  M11: { asks: 'Do last month’s and this month’s snapshots come out byte for byte?', call: 'POST /v1/snapshots/{id}/verify' },
  M12: {
    asks: 'December: who owes the annual report, the monthly one, the closing evidence?',
    call: 'GET /v1/owing{?directive,period,kind,on}',
  },
  M13: { asks: 'Which findings of past inspections are still open?', call: 'GET /v1/inspections{?directive,open}' },
} as const satisfies Readonly<Record<string, { readonly asks: string; readonly call: string }>>;

export type QuestionId = keyof typeof questions;

/** The request that a call becomes with these values; each must have its place in it. */
export const requestOf = (id: QuestionId, values: Readonly<Record<string, string>>): { readonly method: string; readonly url: string } => {
  const [method = '', template = ''] = questions[id].call.split(' ');
  const used = new Set<string>();
  const valueOf = (name: string): string => {
    const value = values[name];
    if (value === undefined) throw new Error(`${id} needs ${name}`);
    used.add(name);
    return encodeURIComponent(value);
  };
  const url = template
    .replace(/\{\?([\w,]+)\}/u, (_, names: string) => {
      const given = names.split(',').filter((name) => name in values);
      return given.length === 0 ? '' : `?${given.map((name) => `${name}=${valueOf(name)}`).join('&')}`;
    })
    .replaceAll(/\{(\w+)\}/gu, (_, name: string) => valueOf(name));
  const left = Object.keys(values).filter((name) => !used.has(name));
  if (left.length > 0) throw new Error(`${id} has no place for ${left.join(', ')}`);
  return { method, url };
};
