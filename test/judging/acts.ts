import type { Policy } from './entries.ts';
import { civil, dueOf, dutiesOf, endOf, periodsOf, startOf } from './periods.ts';
import { policyBody } from './policy-bodies.ts';
import { adopting, assigning, byOffice, onRoster, onTask, type Request, type Setting } from './requests.ts';
import { COLLECTIVES, UNITS, type Day, type Moment, type Spec, type Story, type When } from './spec.ts';

/** When a request reached the office and when it was entered, in epoch milliseconds: entered later than it came, it is a paper. */
type Times = { readonly received: number; readonly entered: number };
export type Act = Request & Times;

export type History = {
  readonly officeZone: string;
  readonly directive: string;
  /** In the order in which they are entered. */
  readonly acts: readonly Act[];
  /** Instants at which something falls due: the ones worth asking about. */
  readonly moments: readonly number[];
};

const DAY = 86_400_000;
/** What a policy does not say of itself. */
const UNSAID = { version: 0, cutoff: '24:00', shift: 'none', reporters: { target: [], task: [], item: [] } } as const;

/** Reports that any of the policies demands. */
const demandedIn = (spec: Spec, id: (name: string) => string): Setting['demanded'] =>
  [spec.first, ...spec.stories.filter((story) => story.on === 'policy')].flatMap(({ policy }) => {
    const whole: Policy = { ...UNSAID, timeZone: spec.zone, ...policyBody(spec, policy, id) };
    return dutiesOf(whole).duties.flatMap((duty) =>
      periodsOf(duty).map((period) => {
        const { day, end } = dueOf(whole, duty, period);
        return { duty: duty.id, period, day: day.toString(), end };
      }),
    );
  });

/** The history of a specification. Every id in it begins with `prefix`. */
export const historyOf = (spec: Spec, prefix: string): History => {
  const id = (name: string): string => prefix + name;
  const demanded = demandedIn(spec, id);
  const date = (day: Day): string => {
    if (typeof day === 'number') return civil(spec.base).add({ days: day }).toString();
    return civil(demanded[day.due % demanded.length]?.day ?? spec.base)
      .add({ days: day.by })
      .toString();
  };
  const startOfDay = (n: number): number => startOf(civil(date(n)), spec.zone);
  const endOfDay = (n: number): number => endOf(civil(date(n)), spec.zone);
  const setting: Setting = { spec, id, date, demanded };

  const start = startOfDay(-40);
  const days = spec.tasks.flatMap(({ task }) => [task.deadline, ...task.milestones.map(({ due }) => due)]);
  const moments = [...demanded.map(({ end }) => end), ...days.flatMap((n) => (n === null ? [] : endOfDay(n))), startOfDay(0)]
    .filter((millis) => millis > start && millis < start + 300 * DAY)
    .toSorted((a, b) => a - b);
  const instantOf = (moment: Moment, due: number | undefined): number => {
    const from =
      'day' in moment
        ? startOfDay(moment.day)
        : 'anchor' in moment
          ? moments[moment.anchor % moments.length]
          : (due ?? moments[moments.length >> 1]);
    return Math.max(start + 1, (from ?? start) + moment.by);
  };
  const times = ({ received, delay }: When, due?: number): Times => {
    const at = instantOf(received, due);
    return { received: at, entered: at + delay };
  };

  const taskActs = ({ task, steps, whens, shuffled, near }: Extract<Story, { readonly on: 'task' }>, nth: number): readonly Act[] => {
    const index = (Number(task.slice(1)) - 1) % spec.tasks.length;
    const [first] = steps;
    const assigned = spec.tasks[index]?.task;
    const ends = [assigned?.deadline ?? null, ...(assigned?.milestones.map(({ due: day }) => day) ?? [])].flatMap((day) =>
      day === null ? [] : endOfDay(day),
    );
    const own = first?.does === 'report' ? demanded[first.period % demanded.length]?.end : ends[0];
    const all = [...ends, ...demanded.map((each) => each.end)];
    const end = near === null ? own : all[near % all.length];
    const due = end !== undefined && end > startOfDay(-25) ? end : undefined; // what fell due before anything began is not reported on
    const drawn = whens.map((when) => times(when, due));
    const each = shuffled ? drawn : drawn.toSorted((a, b) => a.received - b.received);
    let entered = 0; // what belongs together is entered in its order
    return steps.flatMap((step, place) => {
      const time = each[place % each.length];
      if (time === undefined) return [];
      entered = Math.max(entered, time.entered);
      return { ...onTask(setting, step, index, nth * 10 + place), received: time.received, entered };
    });
  };

  const beginning = [
    ...UNITS.map((name) => byOffice('/v1/units', 'roster', `registers ${name}`, { id: id(name), name: id(name) })),
    ...COLLECTIVES.map((name) => byOffice('/v1/collectives', 'roster', `defines ${name}`, { id: id(name), name: id(name) })),
    byOffice('/v1/directives', `directive-${id('d')}`, `issues the directive, zone ${spec.zone}`, {
      id: id('d'),
      number: `${prefix}号`,
      title: '通知',
      issuer: '办公室',
      date: date(-40),
      timeZone: spec.zone,
    }),
  ].map((request): Act => ({ ...request, received: start, entered: start }));
  const later = [
    { ...adopting(setting, spec.first.policy), ...times(spec.first.when) },
    ...spec.tasks.map((task, index) => ({ ...assigning(setting, task, index), ...times(task.when) })),
    ...spec.stories.flatMap((story, nth): readonly Act[] => {
      if (story.on === 'task') return taskActs(story, nth);
      return [{ ...(story.on === 'policy' ? adopting(setting, story.policy) : onRoster(setting, story)), ...times(story.when) }];
    }),
  ];
  return {
    officeZone: spec.officeZone,
    directive: id('d'),
    moments,
    acts: [...beginning, ...later.toSorted((a, b) => a.entered - b.entered)],
  };
};

const stamp = (millis: number): string => new Date(millis).toISOString();

/** A history as sentences, in the order in which it was entered. */
export const tell = ({ acts, officeZone, directive }: History): string =>
  [
    `the office is in ${officeZone}`,
    ...acts.map(({ received, entered, unit, says }) => {
      const paper = entered === received ? '' : ` (entered ${stamp(entered)})`;
      return `${stamp(received)}${paper} ${unit === null ? 'the office' : unit.slice(directive.length - 1)} ${says}`;
    }),
  ].join('\n');
