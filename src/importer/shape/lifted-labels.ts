import type { Context } from '../parts/context.ts';
import type { NodeReads } from './node-reads.ts';
import type { Node } from './tree.ts';
import { say } from '../../messages/message.ts';

/** Labels behind the last of several parts that have none belong to the whole. */
export const liftLabels = (node: Node, reads: NodeReads, context: Context): void => {
  for (const child of node.children) liftLabels(child, reads, context);
  const last = node.children.at(-1);
  if (last === undefined || node.children.length < 2 || node.paragraph === null || node.groups.some(({ labels }) => labels.length > 0))
    return;
  const isBare = (child: Node): boolean =>
    !child.groups.some(({ labels }) => labels.length > 0) && child.children.length === 0 && reads.of(child).own.parties === 0;
  if (!node.children.slice(0, -1).every(isBare) || last.groups.length !== 1 || last.children.length > 0) return;
  const labels = last.groups[0]?.labels ?? [];
  if (labels.length === 0 || reads.of(last).own.parties > 0 || reads.of(node).own.parties > 0) return;
  node.groups.push({ plain: [], labels: [...labels] });
  last.groups.length = 0;
  reads.forget(node);
  reads.forget(last);
  context.raise('part-unread', labels[0]?.address ?? '', say('finding.these-labels-stand-behind-the-last-part'), true);
};
