import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportBundle } from '../../src/verifying/export-bundle.ts';
import { openSource } from '../../src/verifying/open-source.ts';
import { verifyLog } from '../../src/verifying/verify.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { openCaughtUp } from './logs.ts';
import { median } from './statistics.ts';

const aim = { at: 'least', value: 100_000 } as const;

/** Copies the signed log into a new bundle; gives the events a second. */
const exported = async (dataDir: string, bundle: string): Promise<number> => {
  const source = openSource({ kind: 'data', dir: dataDir });
  const begun = performance.now();
  try {
    const { size } = await exportBundle(source, bundle);
    return (size / (performance.now() - begun)) * 1000;
  } finally {
    source.close();
  }
};

export const audit: Benchmark = {
  name: 'audit',
  question: 'Events a second when a bundle is audited offline: canonical form, schemas, hashes, tree, tiles, links, ids and times',
  run: async ({ quick, sizes, logs }) => {
    const figures: Figure[] = [];
    for (const size of sizes.filter((events) => events >= 100_000)) {
      const dataDir = logs.reporting(size);
      const duban = await openCaughtUp(dataDir);
      await duban.close(); // which signs what there is
      const bundle = mkdtempSync(join(tmpdir(), 'duban-audit-'));
      try {
        const copied = await exported(dataDir, bundle);
        const wall: number[] = [];
        const cpu: number[] = [];
        for (let round = 0; round < (quick || size < 1_000_000 ? 3 : 1); round += 1) {
          const begun = performance.now();
          const before = process.cpuUsage();
          const report = await verifyLog({ kind: 'bundle', dir: bundle }, { memoryOf: undefined, skew: 60_000 });
          const { user, system } = process.cpuUsage(before);
          if (!report.ok) throw new Error(JSON.stringify(report.faults[0]));
          wall.push((report.size / (performance.now() - begun)) * 1000);
          cpu.push((user + system) / report.size);
        }
        const at = size.toLocaleString('en');
        figures.push(
          { name: `audited a second, ${at}`, value: median(wall), unit: '/s', aim },
          { name: `CPU of an event, ${at}`, value: median(cpu), unit: 'µs' },
          { name: `exported a second, ${at}`, value: copied, unit: '/s' },
        );
      } finally {
        rmSync(bundle, { recursive: true, force: true });
      }
    }
    return figures;
  },
};
