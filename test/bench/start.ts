import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Benchmark, Figure } from './benchmark.ts';
import { openCaughtUp } from './logs.ts';
import { interleave, median } from './statistics.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** MiB in memory, where the system tells. */
const residentMemory = (pid: number | undefined): number => {
  const path = `/proc/${pid}/status`;
  const found = existsSync(path) ? /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(path, 'utf8'))?.[1] : undefined;
  return Number(found ?? Number.NaN) / 1024;
};

type Start = { readonly millis: number; readonly mebibytes: number };

/** From the call to the line that says where it listens, as `npm start` calls it. */
const startOnce = async (dataDir: string): Promise<Start> => {
  const begun = performance.now();
  const child = spawn(process.execPath, ['src/main/cli.ts', 'serve'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: 'node_modules/.cache/node', DATA_DIR: dataDir, SEED: 'none', PORT: '0', LOG_LEVEL: 'info' },
  });
  const exited = once(child, 'exit');
  try {
    for await (const line of createInterface({ input: child.stdout }))
      if (line.includes('listening on http')) return { millis: performance.now() - begun, mebibytes: residentMemory(child.pid) };
    throw new Error('it ended without listening');
  } finally {
    child.kill('SIGTERM');
    await exited;
  }
};

const emptyProcess = async (): Promise<number> => {
  const begun = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return performance.now() - begun;
};

export const start: Benchmark = {
  name: 'start',
  question: 'From the call to the first request taken, with views up to date',
  run: async ({ quick, sizes, logs }) => {
    const size = sizes.at(-1) ?? 0;
    const dataDir = logs.reporting(size);
    await (await openCaughtUp(dataDir)).close();
    await startOnce(dataDir); // the first start fills the compile cache
    const measured = await interleave(quick ? 3 : 7, { duban: () => startOnce(dataDir), empty: emptyProcess });
    const figures: readonly Figure[] = [
      {
        name: `to listening, ${size.toLocaleString('en')} events`,
        value: median(measured.duban.map(({ millis }) => millis)) / 1000,
        unit: 's',
        aim: { at: 'most', value: 1 },
      },
      { name: 'an empty node', value: median(measured.empty) / 1000, unit: 's' },
      { name: 'resident memory', value: median(measured.duban.map(({ mebibytes }) => mebibytes)), unit: 'MiB' },
    ];
    return figures;
  },
};
