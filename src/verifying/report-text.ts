import type { Fault } from './fault.ts';
import type { Report } from './verify.ts';

/** A report for a person to read. */

const number = (value: number): string => value.toLocaleString('en');

export const faultText = ({ check, position, place, detail }: Fault): string =>
  `${position === null ? '' : `@${position} `}${check}: ${place}: ${detail}`;

const TRUST: Readonly<Record<NonNullable<Report['trust']>, string>> = {
  policy: 'the keys of the policy',
  remembered: 'the keys remembered from last time',
  'first-use': 'the keys that lie beside the log: this is the first time it is seen here, so compare them with what its office publishes',
};

const row = (name: string, text: string): string => `${name.padEnd(12)}${text}`;

/** More faults than this are counted only. */
const SHOWN = 20;

export const reportText = (report: Report): string => {
  const {
    origin,
    trust,
    size,
    root,
    streams,
    checkpoints,
    anchored,
    stamped,
    remembered,
    keys,
    restarts,
    snapshots,
    notices,
    stream,
    remarks,
    faults,
  } = report;
  const [first] = faults;
  const rows = [
    row('log', `${origin ?? 'unknown'}, from ${report.source}`),
    ...(trust === null ? [] : [row('trust', TRUST[trust])]),
    ...keys.map((key) => row('key', key)),
    row('tree', `${number(size)} events in ${number(streams)} streams${root === null ? '' : `, root ${root}`}`),
    row(
      'checkpoints',
      [
        number(checkpoints),
        ...(anchored === null ? [] : [`anchored through ${number(anchored.size)} at ${anchored.time}`]),
        ...(stamped === null ? [] : [`time-stamped through ${number(stamped.size)} at ${stamped.time}`]),
      ].join('; '),
    ),
    row('remembered', remembered === null ? 'nothing' : `a checkpoint of size ${number(remembered)}`),
    ...restarts.map(({ position, from, lost, reason }) =>
      row(
        'restart',
        `@${position}, before that ${from}${lost === null ? '' : `, of which ${lost.from} to ${lost.to} are lost`}: ${reason}`,
      ),
    ),
    row('published', `${number(snapshots)} snapshots and ${number(notices)} notices computed again`),
    ...(stream === null
      ? []
      : [row('stream', `${stream.name}: ${stream.positions.length === 0 ? 'no events' : `positions ${stream.positions.join(', ')}`}`)]),
    ...remarks.map((remark) => row('remark', remark)),
    ...faults.slice(0, SHOWN).map((one) => row('FAULT', faultText(one))),
    ...(faults.length > SHOWN ? [row('', `and ${faults.length - SHOWN} more`)] : []),
    first === undefined ? 'verified' : `NOT VERIFIED: ${faultText(first)}`,
  ];
  return rows.join('\n');
};
