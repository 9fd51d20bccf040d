import { getTasks, postTasksByIdReports } from '../made/orval.ts';

const SENDER = { headers: { authorization: 'Bearer token' } };

export const titles = async (directive: string): Promise<readonly string[]> => {
  const answer = await getTasks({ directive, status: 'in-progress', limit: 10 }, SENDER);
  if (answer.status === 304) return []; // as it was
  if (answer.status !== 200) return [answer.data.code];
  // Text where a file was asked for.
  return typeof answer.data === 'string' ? [] : answer.data.items.map(({ title }) => title);
};

export const report = async (task: string): Promise<number | undefined> => {
  const answer = await postTasksByIdReports(task, { period: '2023-03', status: 'on-track', narrative: 'text', percent: 40 }, SENDER);
  if (answer.status === 200 || answer.status === 201) return answer.data.revision;
  return answer.status === 409 && answer.data.code === 'already-reported' ? undefined : -1;
};
