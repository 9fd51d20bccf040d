import { parseArgs } from 'node:util';
import type { Drill } from './drill.ts';
import { drills } from './all.ts';
import { makeTemplate, runRound, type Ran } from './rounds.ts';

/**
 * `npm run drill -- [--rounds <n>] [--only <drill>,…] [--seed <text>]`
 *
 * Real processes and HTTP, and what goes wrong with them. The table says what was tried, how often, and what became of
 * what was acknowledged; exit code 1 where anything did not hold. The directory of a round that failed is kept.
 */

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    seed: { type: 'string', default: String(Date.now()) },
  },
});
const rounds = Number(values.rounds);
const names = values.only?.split(',') ?? drills.map(({ name }) => name);
const unknown = names.filter((name) => !drills.some((drill) => drill.name === name));
if (!(Number.isSafeInteger(rounds) && rounds > 0) || unknown.length > 0) {
  process.stderr.write(`--rounds takes a number, --only some of ${drills.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

type Row = { readonly drill: Drill; readonly ran: readonly Ran[]; readonly unable: string | undefined };

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const cellsOf = ({ drill, ran, unable }: Row): readonly string[] => {
  const failed = ran.filter((one) => one.failed.length > 0).length;
  return [
    drill.name,
    drill.what,
    unable === undefined ? String(ran.length) : '0',
    String(sum(ran.map(({ commands }) => commands))),
    String(sum(ran.map(({ acknowledged }) => acknowledged))),
    unable ?? (failed === 0 ? 'nothing' : `${failed} rounds did not hold`),
  ];
};

const HEAD = ['drill', 'what was done', 'rounds', 'commands', 'acknowledged', 'lost'];

const tableOf = (rows: readonly Row[]): string =>
  [HEAD, HEAD.map(() => '---'), ...rows.map(cellsOf)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const drillRows = async (template: string): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const drill of drills.filter(({ name }) => names.includes(name))) {
    const unable = drill.unable?.();
    const ran: Ran[] = [];
    const most = unable === undefined ? rounds : 0;
    for (let round = 1; round <= most; round += 1) {
      const one = await runRound(drill, template, `${values.seed}/${drill.name}/${round}`);
      ran.push(one);
      say(`${drill.name} ${round}/${rounds}: ${one.acknowledged} of ${one.commands} acknowledged, ${one.seconds.toFixed(1)} s`);
      for (const { name, found } of one.failed) say(`  FAILS  ${name}: ${found}`);
      if (one.failed.length > 0) say(`  seed ${values.seed}; what is left of it is in ${one.dir}`);
    }
    if (unable !== undefined) say(`${drill.name}: ${unable}`);
    rows.push({ drill, ran, unable });
  }
  return rows;
};

const ends: (() => unknown)[] = [];
try {
  const rows = await drillRows(await makeTemplate({ teardown: (end) => void ends.push(end) }));
  process.stdout.write(`${tableOf(rows)}\n`);
  if (rows.some(({ ran }) => ran.some(({ failed }) => failed.length > 0))) process.exitCode = 1;
} finally {
  for (const end of ends) await end();
}
