import { readFileSync } from 'node:fs';

/** CPU time so far of the process that `EVENTSTORE_PID` names, µs; undefined where it names none. Ticks of Linux are 10 ms. */
const clusterCpu = (): number | undefined => {
  const pid = process.env['EVENTSTORE_PID'];
  if (pid === undefined) return undefined;
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/\(.*\)/u, '');
  const [user, system] = afterName.split(/\s+/u).slice(12); // proc_pid_stat(5)
  return (Number(user) + Number(system)) * 10_000;
};

const ownCpu = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

export type Spent = { readonly rate: number; readonly sender: number; readonly cluster: number };

/** What work of a size cost the processes that take part, µs for each piece. */
export const spent = async (size: number, work: () => Promise<number>): Promise<Spent> => {
  const [own, cluster] = [ownCpu(), clusterCpu()];
  const rate = await work();
  return { rate, sender: (ownCpu() - own) / size, cluster: ((clusterCpu() ?? Number.NaN) - (cluster ?? Number.NaN)) / size };
};
