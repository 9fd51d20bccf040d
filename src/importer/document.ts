import { readPlan, readTargets, type Plan, type BodyItem } from './body.ts';
import { readHead, type Head } from './head.ts';
import { readItemsSchedule, type ItemsSchedule } from './items-schedule.ts';
import type { Lines } from './lines.ts';
import { read, type Read } from './reading.ts';

/** The directive document as its parts stand in the file, before anything is concluded from them. */
export type Document = {
  readonly head: Head;
  readonly targets: readonly BodyItem[];
  readonly plan: Plan;
  readonly itemsSchedule: ItemsSchedule;
};

export const readDocument = (lines: Lines): Read<Document> => {
  const head = readHead(lines);
  if (!head.ok) return head;
  const targets = readTargets(lines, head.next);
  if (!targets.ok) return targets;
  const plan = readPlan(lines, targets.next);
  if (!plan.ok) return plan;
  const itemsSchedule = readItemsSchedule(lines, plan.next, head.value.seat);
  if (!itemsSchedule.ok) return itemsSchedule;
  return read({ head: head.value, targets: targets.value, plan: plan.value, itemsSchedule: itemsSchedule.value }, itemsSchedule.next);
};
