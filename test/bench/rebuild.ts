import type { Benchmark, Figure } from './benchmark.ts';
import { openCaughtUp } from './logs.ts';
import { median } from './statistics.ts';

const aim = { at: 'least', value: 50_000 } as const;

export const rebuild: Benchmark = {
  name: 'rebuild',
  question: 'Events a second when all views are built again from the log, indexes and the ledger’s tiles included',
  run: async ({ quick, sizes, logs }) => {
    const figures: Figure[] = [];
    for (const size of sizes.filter((events) => events >= 100_000)) {
      const duban = await openCaughtUp(logs.reporting(size));
      const wall: number[] = [];
      const cpu: number[] = [];
      for (let round = 0; round < (quick || size < 1_000_000 ? 3 : 1); round += 1) {
        const begun = performance.now();
        const before = process.cpuUsage();
        await duban.projector.rebuild();
        const { user, system } = process.cpuUsage(before);
        wall.push((size / (performance.now() - begun)) * 1000);
        cpu.push((user + system) / size);
      }
      await duban.close();
      const at = size.toLocaleString('en');
      figures.push(
        { name: `events a second, ${at}`, value: median(wall), unit: '/s', aim },
        { name: `CPU of an event, ${at}`, value: median(cpu), unit: 'µs' },
      );
    }
    return figures;
  },
};
