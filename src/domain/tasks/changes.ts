import { isJsonObject, sameJson } from '../../kernel/json.ts';
import { ownValue } from '../../kernel/own-value.ts';
import type { TaskState } from './state.ts';

/** What an event changed, as before and after: for people who ask who changed what. */

export type Change = { readonly path: string; readonly before: unknown; readonly after: unknown };

/** The state under the names that a task is shown by: the list of assignees in place of all lists. */
const face = (task: TaskState): unknown => {
  if (task === null) return null;
  const { assignments, suspendedFrom: _, planned: __, receipts: ___, amendedFrom: ____, ...shown } = task;
  const current = assignments.at(-1);
  return { ...shown, assignees: current?.assignees ?? null, effectiveFrom: current?.effectiveFrom ?? null };
};

/** Differences down to the first value that is no object; a list is one value. */
const difference = (before: unknown, after: unknown, path: string): Change[] => {
  if (sameJson(before, after)) return [];
  if (!isJsonObject(before) || !isJsonObject(after))
    return [{ path: path === '' ? '/' : path, before: before ?? null, after: after ?? null }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => difference(ownValue(before, key) ?? null, ownValue(after, key) ?? null, `${path}/${key}`));
};

/** JSON Pointers into the task as shown, with the values before and after. A first event changes every field from null. */
export const changesBetween = (before: TaskState, after: TaskState): readonly Change[] => {
  const next = face(after);
  return difference(
    before === null && isJsonObject(next) ? Object.fromEntries(Object.keys(next).map((key) => [key, null])) : face(before),
    next,
    '',
  );
};
