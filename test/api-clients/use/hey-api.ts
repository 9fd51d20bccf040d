import { getTasks, postTasks, type Problem, type Task } from '../made/hey-api/index.ts';
import { createClient } from '../made/hey-api/client/index.ts';

const client = createClient({ baseUrl: 'http://127.0.0.1:3000', auth: () => 'token' });

/** Every page of a list, typed from the query to the item. */
export const overdue = async (directive: string): Promise<readonly Task[]> => {
  const found: Task[] = [];
  for (let cursor: string | undefined; ;) {
    const { data, error } = await getTasks({
      client,
      query: { directive, kind: 'item', theme: 1, limit: 500, ...(cursor === undefined ? {} : { cursor }) },
    });
    if (error !== undefined) throw new Error(error.code satisfies Problem['code']);
    found.push(...data.items);
    if (data.next === null) return found;
    cursor = data.next;
  }
};

/** A refusal is one of those that this call gives. */
export const assign = async (id: string): Promise<number> => {
  const { data, error } = await postTasks({
    client,
    headers: { 'Idempotency-Key': id },
    body: { id, directive: 'example', kind: 'task', text: 'text', assignees: [{ role: 'lead', party: 'unit' }] },
  });
  if (error !== undefined) return error.code === 'task-exists' ? 0 : -1;
  return data.revision;
};
