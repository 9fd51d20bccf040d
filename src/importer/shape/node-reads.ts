import { say } from '../../messages/message.ts';
import { passage, saidIn, together, type Passage, type Said } from '../parts/clauses.ts';
import type { Context } from '../parts/context.ts';
import { dissect, type Dissected } from './dissect.ts';
import { unitsOfHeading } from './heading-gives.ts';
import type { Paragraph } from './paragraphs.ts';
import type { Node } from './tree.ts';

/** What the paragraphs of a node say; each is read once, so that what it raises is raised once. */

type NodeRead = {
  readonly own: Dissected;
  readonly plain: ReadonlyMap<Paragraph, Dissected>;
  readonly labels: ReadonlyMap<Paragraph, Said>;
  /** It names who is to do what it says: itself, by its labels or in a bracket on the next line. */
  readonly hasOwn: boolean;
  /** So does it, or a plain paragraph under it. */
  readonly hasAny: boolean;
  /** It names leaders, for what stands under it, and no units. */
  readonly leadsOnly: boolean;
};

export type NodeReads = {
  readonly of: (node: Node) => NodeRead;
  /** What stands under the node has changed. */
  readonly forget: (node: Node) => void;
};

export const NOTHING: Dissected = { pieces: [], parties: 0 };

export const wholeOf = ({ text, folded, address }: Paragraph): Passage => ({ text, folded, address });

export const assigns = ({ parties, leaders }: Said): boolean => parties.assignees.length > 0 || parties.pending || leaders.length > 0;

/** A bracket of units alone on the next line. */
const hasBracketBelow = ({ paragraph, groups }: Node, plain: NodeRead['plain']): boolean => {
  const [first] = groups[0]?.plain ?? [];
  const below = first === undefined ? undefined : plain.get(first);
  return paragraph !== null && below !== undefined && below.parties === 1 && below.pieces.every(({ text }) => text.folded === '');
};

const leadsOnly = (own: Dissected, labels: NodeRead['labels']): boolean => {
  const said = [...own.pieces.map((piece) => piece.said), ...labels.values()];
  return said.every(({ parties }) => parties.assignees.length === 0 && !parties.pending) && said.some(({ leaders }) => leaders.length > 0);
};

/** What names nobody is done by the unit that its heading is. */
const byHeading = (own: Dissected, units: Said, { address }: Paragraph, { raise }: Context): Dissected => {
  const names = units.parties.assignees.map(({ name }) => name).join('、');
  raise('party-defaulted', address, say('finding.is-the-heading-and-taken-for-it', { names }), false);
  return { pieces: own.pieces.map((piece) => ({ ...piece, said: together([piece.said, units]), hasParties: true })), parties: 1 };
};

const readNode = (node: Node, context: Context, unitsAbove: (node: Node) => Said | null): NodeRead => {
  const { paragraph, groups } = node;
  const read = paragraph === null ? NOTHING : dissect(passage(wholeOf(paragraph), paragraph.marker?.length ?? 0), context);
  const plain = new Map(groups.flatMap((group) => group.plain.map((each) => [each, dissect(wholeOf(each), context)] as const)));
  const labels = new Map(groups.flatMap((group) => group.labels.map((each) => [each, saidIn(wholeOf(each), context)] as const)));
  const isAssigned = read.parties > 0 || [...labels.values(), ...read.pieces.map(({ said }) => said)].some(assigns);
  const units = paragraph === null || isAssigned || read.pieces.length !== 1 ? null : unitsAbove(node);
  const own = units === null || paragraph === null ? read : byHeading(read, units, paragraph, context);
  const hasOwn = own.parties > 0 || [...labels.values()].some(assigns) || hasBracketBelow(node, plain);
  const hasAny = hasOwn || [...plain.values()].some(({ parties }) => parties > 0);
  return { own, plain, labels, hasOwn, hasAny, leadsOnly: leadsOnly(own, labels) };
};

export const nodeReads = (context: Context): NodeReads => {
  const reads = new Map<Node, NodeRead>();
  const units = new Map<Node, Said | null>();
  const unitsAbove = ({ parent }: Node): Said | null => {
    if (parent?.paragraph == null) return null;
    const known = units.get(parent);
    if (known !== undefined) return known;
    const found = unitsOfHeading(parent.paragraph, context);
    units.set(parent, found);
    return found;
  };
  return {
    of: (node) => {
      const known = reads.get(node);
      if (known !== undefined) return known;
      const read = readNode(node, context, unitsAbove);
      reads.set(node, read);
      return read;
    },
    forget: (node) => void reads.delete(node),
  };
};
