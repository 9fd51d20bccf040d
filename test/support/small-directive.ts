import { handTask } from './acts.ts';
import { recorded, type Client } from './app.ts';

export const SMALL = 'small';

/**
 * A directive whose reports on a month are due on its 25th, from March 2023 on; and its tasks, each with the units that lead
 * it, numbered in the order in which they are named.
 */
export const smallDirective = async (office: Client, leads: Readonly<Record<string, readonly string[]>>): Promise<void> => {
  const heading = { id: SMALL, number: '河政办〔2023〕2号', title: '通知', issuer: '市政府办公室', date: '2023-03-01' };
  await recorded(office.post('/v1/directives', heading));
  const policy = { effectiveFrom: '2023-03-01', monthly: { from: '2023-03', to: '2023-12', day: 25 } };
  await recorded(office.post(`/v1/directives/${SMALL}/policies`, policy));
  for (const [index, [id, parties]] of Object.entries(leads).entries()) {
    const task = { ...handTask(id), number: index + 1, text: `工作${index + 1}。`, directive: SMALL, effectiveFrom: '2023-03-01' };
    await recorded(office.post('/v1/tasks', { ...task, assignees: parties.map((party) => ({ role: 'lead', party })) }));
  }
};
