import { readPlan, readTargets, type Plan, type BodyItem } from './body.ts';
import { readHead, type Head } from './head.ts';
import { readLedger, type Ledger } from './ledger.ts';
import type { Lines } from './lines.ts';
import { read, type Read } from './reading.ts';

/** The notice as its parts stand in the file, before anything is concluded from them. */
export type Document = { readonly head: Head; readonly targets: readonly BodyItem[]; readonly plan: Plan; readonly ledger: Ledger };

export const readDocument = (lines: Lines): Read<Document> => {
  const head = readHead(lines);
  if (!head.ok) return head;
  const targets = readTargets(lines, head.next);
  if (!targets.ok) return targets;
  const plan = readPlan(lines, targets.next);
  if (!plan.ok) return plan;
  const ledger = readLedger(lines, plan.next, head.value.seat);
  if (!ledger.ok) return ledger;
  return read({ head: head.value, targets: targets.value, plan: plan.value, ledger: ledger.value }, ledger.next);
};
