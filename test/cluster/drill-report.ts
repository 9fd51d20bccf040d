import { longestGap, type Check, type Drilled } from './drill-checks.ts';
import { kindOf, tally } from './drill-http.ts';
import { unready } from './drill-readers.ts';
import type { Replica } from './drill-replicas.ts';

/** What a drill came to, for people and as JSON. */

export type Report = ReturnType<typeof reportOf>;

const bySecond = ({ begun, ended, carried }: Drilled): readonly number[] => {
  const seconds = Array.from({ length: Math.ceil((ended - begun) / 1000) }, () => 0);
  for (const { acknowledged } of carried) {
    const second = acknowledged === undefined ? -1 : Math.floor((acknowledged.at - begun) / 1000);
    if (seconds[second] !== undefined) seconds[second] += 1;
  }
  return seconds;
};

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** Seconds. */
const slowest = (drilled: Drilled): number =>
  Math.max(...drilled.carried.flatMap(({ tries }) => tries.map(({ begun, ended }) => ended - begun))) / 1000;

export const reportOf = (drilled: Drilled, replicas: readonly Replica[]) => {
  const tries = drilled.carried.flatMap((one) => one.tries);
  const acknowledged = drilled.carried.flatMap((one) => one.acknowledged ?? []);
  return {
    commands: drilled.carried.length,
    acknowledged: acknowledged.length,
    withoutPosition: acknowledged.filter(({ position }) => position === null).length,
    statuses: tally(tries.map(kindOf)),
    longestGap: rounded(longestGap(drilled)),
    slowestAnswer: rounded(slowest(drilled)),
    bySecond: bySecond(drilled),
    replicas: drilled.watched.map(({ replica, reads, readiness, memory }) => ({
      name: replica,
      reads: tally(reads.map(kindOf)),
      unready: unready(readiness),
      memory: { first: rounded(memory[0] ?? Number.NaN), most: rounded(Math.max(...memory)), last: rounded(memory.at(-1) ?? Number.NaN) },
      complaints: replicas.find(({ name }) => name === replica)?.complaints() ?? {},
    })),
    head: drilled.replicas[0]?.log.length,
    root: drilled.replicas[0]?.root,
  };
};

export const textOf = (report: Report, checks: readonly Check[]): string => {
  const lines = [
    `commands        ${report.commands}, acknowledged ${report.acknowledged}, of those without a position ${report.withoutPosition}`,
    `answers         ${JSON.stringify(report.statuses)}`,
    `longest gap     ${report.longestGap} s without an acknowledgement; the slowest answer took ${report.slowestAnswer} s`,
    `by second       ${report.bySecond.join(' ')}`,
    ...report.replicas.flatMap(({ name, reads, unready: { seconds, reasons }, memory, complaints }) => [
      `replica ${name}`,
      `  reads         ${JSON.stringify(reads)}`,
      `  not ready     ${rounded(seconds)} s${reasons.map((reason) => `\n                ${reason}`).join('')}`,
      `  memory        ${memory.first} MiB at first, ${memory.most} at most, ${memory.last} at last`,
      ...Object.entries(complaints).map(([complaint, times]) => `  logged        ${times} × ${complaint}`),
    ]),
    `head            ${report.head}, root ${report.root}`,
    ...checks.map(({ name, holds, found }) => `${holds ? 'holds ' : 'FAILS '}  ${name}: ${found}`),
  ];
  return `${lines.join('\n')}\n`;
};
