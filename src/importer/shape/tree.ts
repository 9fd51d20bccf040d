import { labelsOf } from '../words/labels.ts';
import type { Context } from '../parts/context.ts';
import type { Paragraph } from './paragraphs.ts';
import type { Marker } from './numbering.ts';

/** A numbered paragraph with what stands under it: groups of plain paragraphs and the labels after each, and deeper numbers. */
export type Node = {
  readonly paragraph: Paragraph | null;
  readonly marker: Marker | null;
  readonly parent: Node | null;
  /** Its place among those of the same parent. */
  readonly index: number;
  readonly groups: { readonly plain: Paragraph[]; readonly labels: Paragraph[] }[];
  readonly children: Node[];
};

const node = (paragraph: Paragraph | null, parent: Node | null): Node => ({
  paragraph,
  marker: paragraph?.marker ?? null,
  parent,
  index: parent?.children.length ?? 0,
  groups: [],
  children: [],
});

export const beginsWithLabel = (paragraph: Paragraph, context: Context): boolean => {
  const [first] = labelsOf(paragraph.folded, context.profile);
  return first !== undefined && paragraph.folded.slice(0, first.start).trim() === '';
};

/** 整改措施: with nothing behind it, and a numbered list below: what is labelled behind the list belongs where the label stands. */
const withOpenList = (last: Node, context: Context): Node | null => {
  for (let above = last.parent; above !== null; above = above.parent) {
    const open = above.groups.at(-1)?.labels.at(-1);
    const label = open === undefined ? undefined : labelsOf(open.folded, context.profile).at(-1);
    if (open !== undefined && label !== undefined && open.folded.slice(label.end).trim() === '') return above;
  }
  return null;
};

/** Paragraphs of one part of the document by their numbers: a style that is open already closes what is deeper. */
export const treeOf = (paragraphs: readonly Paragraph[], context: Context): Node => {
  const root = node(null, null);
  let current = root;
  const group = (): Node['groups'][number] => {
    const last = current.groups.at(-1);
    if (last !== undefined) return last;
    const first = { plain: [], labels: [] };
    current.groups.push(first);
    return first;
  };
  for (const paragraph of paragraphs) {
    const { marker } = paragraph;
    if (marker !== null) {
      let above: Node | null = current;
      while (above !== null && above.marker?.style !== marker.style) above = above.parent;
      // The leader of what follows stands above all of it.
      const parent = above?.parent ?? (marker.number === '' && marker.style === '第一章' ? root : current);
      const next = node(paragraph, parent);
      parent.children.push(next);
      current = next;
    } else if (beginsWithLabel(paragraph, context)) {
      current = withOpenList(current, context) ?? current;
      group().labels.push(paragraph);
    } else {
      const last = group();
      if (last.labels.length === 0) last.plain.push(paragraph);
      else current.groups.push({ plain: [paragraph], labels: [] });
    }
  }
  return root;
};
