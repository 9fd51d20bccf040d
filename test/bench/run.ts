import { parseArgs } from 'node:util';
import { abuse } from './abuse.ts';
import { audit } from './audit.ts';
import type { Benchmark } from './benchmark.ts';
import { board, boardOverHttp } from './board.ts';
import { finding } from './finding.ts';
import { ledger } from './ledger.ts';
import { createLogs } from './logs.ts';
import { reads } from './reads.ts';
import { rebuild } from './rebuild.ts';
import { sheets } from './sheets.ts';
import { stalls } from './stalls.ts';
import { start } from './start.ts';
import { tableOf, type Measured } from './table.ts';
import { writes } from './writes.ts';

/** `npm run bench -- [--quick] [--json] [name …]`: all benchmarks or the ones named, and a table at the end. */

const benchmarks: readonly Benchmark[] = [
  writes,
  reads,
  rebuild,
  board,
  boardOverHttp,
  finding,
  ledger,
  audit,
  start,
  abuse,
  stalls,
  sheets,
];

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  process.stderr.write(`no benchmark ${unknown.join(', ')}; there are ${benchmarks.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

const say = (text: string): void => void process.stderr.write(`  ${text}\n`);
const logs = createLogs(say);
process.once('exit', logs.remove);
process.once('SIGINT', () => process.exit(130));

const measured: Measured[] = [];
for (const benchmark of benchmarks.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  process.stderr.write(`${benchmark.name}: ${benchmark.question}\n`);
  try {
    const figures = await benchmark.run({
      quick: values.quick,
      sizes: values.quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000],
      logs,
      say,
    });
    measured.push({ benchmark: benchmark.name, figures });
  } catch (error) {
    // The others still have something to say.
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  }
}
process.stdout.write(values.json ? `${JSON.stringify(measured, null, 2)}\n` : `${tableOf(measured)}\n`);
