import type { ReadLeader } from '../document-reading.ts';
import { passage, saidIn, SAID_NOTHING, together, type Passage, type Said } from '../parts/clauses.ts';
import type { Context } from '../parts/context.ts';
import { leaderOfHeading } from '../parts/leaders.ts';
import { shown } from '../words/folded.ts';
import { dissect, type Dissected } from './dissect.ts';
import type { Accounts } from './elements.ts';
import type { Style } from './numbering.ts';
import type { Paragraph } from './paragraphs.ts';
import type { Aside, RawItem } from './raw-item.ts';
import { treeOf, type Node } from './tree.ts';

/** What one part of the document assigns, and what it says beside. */
export type Body = {
  readonly items: readonly RawItem[];
  /** Plain paragraphs that stand under a heading or under none. */
  readonly asides: readonly (Aside & { readonly section: string | null; readonly after: string | null })[];
  readonly itemStyles: ReadonlySet<Style>;
};

const whole = ({ text, folded, address }: Paragraph): Passage => ({ text, folded, address });

/** The paragraphs of a node as they were read; read once, so that what they raise is raised once. */
type Read = {
  readonly own: Dissected;
  readonly plain: ReadonlyMap<Paragraph, Dissected>;
  readonly labels: ReadonlyMap<Paragraph, Said>;
};

const NOTHING: Dissected = { pieces: [], parties: 0 };

const assigns = ({ parties, leaders }: Said): boolean => parties.assignees.length > 0 || parties.pending || leaders.length > 0;

export const readBody = (paragraphs: readonly Paragraph[], accounts: Accounts, context: Context): Body => {
  const root = treeOf(paragraphs, context);
  const reads = new Map<Node, Read>();
  const items: RawItem[] = [];
  const asides: (Aside & { section: string | null; after: string | null })[] = [];

  const readOf = (node: Node): Read => {
    const known = reads.get(node);
    if (known !== undefined) return known;
    const { paragraph } = node;
    const read: Read = {
      own: paragraph === null ? NOTHING : dissect(passage(whole(paragraph), paragraph.marker?.length ?? 0), context),
      plain: new Map(node.groups.flatMap(({ plain }) => plain.map((each) => [each, dissect(whole(each), context)] as const))),
      labels: new Map(node.groups.flatMap(({ labels }) => labels.map((each) => [each, saidIn(whole(each), context)] as const))),
    };
    reads.set(node, read);
    return read;
  };

  /** Labels behind the last of several parts that have none belong to the whole. */
  const liftLabels = (node: Node): void => {
    for (const child of node.children) liftLabels(child);
    const last = node.children.at(-1);
    if (last === undefined || node.children.length < 2 || node.paragraph === null || node.groups.some(({ labels }) => labels.length > 0))
      return;
    const isBare = (child: Node): boolean =>
      !child.groups.some(({ labels }) => labels.length > 0) && child.children.length === 0 && readOf(child).own.parties === 0;
    if (!node.children.slice(0, -1).every(isBare) || last.groups.length !== 1 || last.children.length > 0) return;
    const labels = last.groups[0]?.labels ?? [];
    if (labels.length === 0 || readOf(last).own.parties > 0 || readOf(node).own.parties > 0) return;
    node.groups.push({ plain: [], labels: [...labels] });
    last.groups.length = 0;
    reads.delete(node);
    reads.delete(last);
    context.raise(
      'part-unread',
      labels[0]?.address ?? '',
      `these labels stand behind the last part and are read as those of the whole item`,
      true,
    );
  };

  /** A heading that names leaders for what stands under it, and no units. */
  const leadsOnly = (node: Node): boolean => {
    const said = [...readOf(node).own.pieces.map((piece) => piece.said), ...readOf(node).labels.values()];
    return (
      said.every(({ parties }) => parties.assignees.length === 0 && !parties.pending) && said.some(({ leaders }) => leaders.length > 0)
    );
  };
  /** A bracket of units alone on the next line. */
  const hasBracketBelow = (node: Node): boolean => {
    const [first] = node.groups[0]?.plain ?? [];
    const below = first === undefined ? undefined : readOf(node).plain.get(first);
    return node.paragraph !== null && below !== undefined && below.parties === 1 && below.pieces.every(({ text }) => text.folded === '');
  };
  const hasOwn = (node: Node): boolean =>
    readOf(node).own.parties > 0 || [...readOf(node).labels.values()].some(assigns) || hasBracketBelow(node);
  const hasAny = (node: Node): boolean => hasOwn(node) || [...readOf(node).plain.values()].some(({ parties }) => parties > 0);
  const itemStyles = new Set<Style>();
  /** Numbered as items are, whoever is to do it. */
  const isOfItems = ({ marker }: Node): boolean =>
    marker !== null && (context.profile.itemMarker === null ? itemStyles.has(marker.style) : marker.style === context.profile.itemMarker);
  const deep = new Map<Node, boolean>();
  const below = (node: Node): boolean => {
    const known = deep.get(node) ?? node.children.some((child) => isOfItems(child) || hasAny(child) || below(child));
    deep.set(node, known);
    return known;
  };

  const collect = (node: Node): void => {
    if (node.marker !== null && hasOwn(node)) itemStyles.add(node.marker.style);
    for (const child of node.children) collect(child);
  };

  /** `二(一)`: of numbers that are counted anew under every heading, with the heading's. */
  const numberOf = (node: Node): string => {
    const { marker, parent } = node;
    if (marker === null) return '';
    const above = parent?.marker;
    if (marker.style === '(一)' && above?.style === '一、') return `${above.number}(${marker.number})`;
    return marker.number === '' || marker.style === '•'
      ? `${parent?.marker?.number ?? ''}${parent?.marker == null ? '' : '-'}${(parent?.children.indexOf(node) ?? 0) + 1}`
      : marker.number;
  };

  const mark = (paragraph: Paragraph, use: Parameters<Accounts['mark']>[1], item?: string): void => {
    for (const ref of paragraph.refs) accounts.mark(ref, use, item);
  };
  const aside = (paragraph: Paragraph, section: string | null, after: string | null): void => {
    asides.push({
      text: shown(paragraph.text),
      folded: paragraph.folded.trim(),
      address: paragraph.address,
      refs: paragraph.refs,
      section,
      after,
    });
  };

  /** The first sentence of a heading, as printed, and what follows it. */
  const headingOf = (paragraph: Paragraph): { readonly name: string; readonly rest: Passage } => {
    const full = paragraph.folded.indexOf('。', paragraph.marker?.length ?? 0);
    const end = full < 0 ? paragraph.folded.length : full;
    const printed =
      paragraph.marker?.length === 0 ? `${paragraph.marker.number} ${paragraph.text.slice(0, end)}` : paragraph.text.slice(0, end);
    return { name: shown(printed), rest: passage(whole(paragraph), Math.min(paragraph.folded.length, end + 1)) };
  };

  const sectionOf = (path: readonly string[]): string | null => (path.length === 0 ? null : path.join('/'));

  const GOALS = /预期目标|主要目标|发展目标|目标分解|目标任务分解|主要指标/u;
  const kindOf = (path: readonly string[], own: string): RawItem['kind'] => (GOALS.test(path[0] ?? own) ? 'target' : 'task');

  type Place = { readonly path: readonly string[]; readonly leaders: readonly ReadLeader[] };

  const raw = (number: string, text: Passage, said: Said, place: Place, refs: readonly number[], own = ''): RawItem => ({
    number,
    text,
    section: sectionOf(place.path),
    kind: kindOf(place.path, own),
    said,
    inherited: place.leaders,
    address: text.address,
    refs,
    children: [],
  });

  const joinTexts = (parts: readonly Passage[]): Passage => ({
    address: parts[0]?.address ?? '',
    text: parts
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join(''),
    folded: parts
      .map(({ folded }) => folded)
      .filter((text) => text !== '')
      .join(''),
  });

  /** Several brackets in one paragraph: the sentence before the first is its heading where it stands alone. */
  const several = (node: Node, paragraph: Paragraph, own: Dissected, place: Place): void => {
    const number = numberOf(node);
    const [first] = own.pieces;
    if (first === undefined) return;
    const stop = first.text.folded.indexOf('。');
    const titled = stop > 0 && stop <= 20 && stop < first.text.folded.length - 1;
    const name = titled ? `${shown(paragraph.text.slice(0, paragraph.marker?.length ?? 0))}${first.text.text.slice(0, stop)}` : null;
    const within = name === null ? place : { ...place, path: [...place.path, name] };
    const pieces = titled ? [{ ...first, text: passage(first.text, stop + 1) }, ...own.pieces.slice(1)] : own.pieces;
    for (const [index, piece] of pieces.entries())
      items.push(raw(`${number}-${index + 1}`, piece.text, piece.said, within, paragraph.refs));
    context.raise(
      'item-unnumbered',
      paragraph.address,
      `one paragraph holds ${pieces.length} items without numbers; called ${number}-1 to ${number}-${pieces.length}`,
      false,
    );
    mark(paragraph, 'item', `${number}-1`);
  };

  const visitItem = (node: Node, place: Place, into: RawItem[]): void => {
    const { paragraph } = node;
    if (paragraph === null) return;
    const { own, plain, labels } = readOf(node);
    const number = numberOf(node);
    if (own.parties >= 2 && node.children.length === 0) return several(node, paragraph, own, place);
    mark(paragraph, 'item', number);
    const texts: Passage[] = own.pieces.map(({ text }) => text);
    const said: Said[] = own.pieces.map((piece) => piece.said);
    const refs = [...paragraph.refs];
    const extra: RawItem[] = [];
    for (const group of node.groups) {
      const open = own.parties === 0 && group.labels.length > 0;
      for (const each of group.plain) {
        const dissected = plain.get(each) ?? NOTHING;
        if (dissected.parties > 0 && own.parties === 0 && said.every((one) => !assigns(one)) && dissected.parties === 1) {
          // The bracket of units stands on a line of its own, or the text goes on to it.
          texts.push(...dissected.pieces.map(({ text }) => text));
          said.push(...dissected.pieces.map((piece) => piece.said));
          mark(each, 'parties', number);
          refs.push(...each.refs);
          context.raise(
            'layout',
            each.address,
            `the units of ${number} stand on a line of their own`,
            dissected.pieces.some(({ text }) => text.folded !== ''),
          );
        } else if (dissected.parties > 0) {
          for (const [index, piece] of dissected.pieces.entries()) {
            const called = `${number}-${extra.length + index + 2}`;
            context.raise('item-unnumbered', each.address, `an item without a number; called ${called}`, true);
            extra.push(raw(called, piece.text, piece.said, place, each.refs));
          }
          mark(each, 'item', number);
        } else if (open) {
          texts.push(...dissected.pieces.map(({ text }) => text));
          mark(each, 'item-part', number);
          refs.push(...each.refs);
          context.raise('lines-joined', each.address, `read as a part of the text of ${number}`, false);
        } else aside(each, sectionOf(place.path), number);
      }
      for (const each of group.labels) {
        said.push(labels.get(each) ?? SAID_NOTHING);
        const use = labels.get(each);
        mark(
          each,
          use === undefined || !assigns(use)
            ? use?.deadline == null
              ? 'item-part'
              : 'deadline'
            : use.leaders.length > 0
              ? 'leader'
              : 'parties',
          number,
        );
        refs.push(...each.refs);
      }
    }
    if (own.parties > 0 && node.children.length > 0)
      context.raise('layout', node.children[0]?.paragraph?.address ?? '', `parts stand behind the units of ${number}`, false);
    const children: RawItem[] = [];
    for (const child of node.children) visitItem(child, place, children);
    into.push({ ...raw(number, joinTexts(texts), together(said), place, refs, shown(paragraph.text)), children }, ...extra);
  };

  const visitHeading = (node: Node, place: Place): void => {
    const { paragraph } = node;
    let { path, leaders } = place;
    if (paragraph !== null) {
      const { name, rest } = headingOf(paragraph);
      path = [...path, name];
      const named = [...readOf(node).own.pieces.map((piece) => piece.said), ...readOf(node).labels.values()].flatMap(
        (said) => said.leaders,
      );
      if (named.length > 0) {
        leaders = [...leaders, ...named];
        context.raise('leader-of-heading', paragraph.address, 'the leaders of the heading are taken for every item under it', false);
      }
      const leader = leaderOfHeading(paragraph.folded.slice(paragraph.marker?.length ?? 0).trim());
      if (leader !== null) {
        leaders = [...leaders, leader];
        context.raise(
          'leader-of-heading',
          paragraph.address,
          `${leader.name ?? ''} (${leader.title ?? ''}) of the heading is taken for every item under it`,
          false,
        );
      }
      mark(paragraph, 'heading');
      if (rest.folded.trim() !== '')
        asides.push({
          text: shown(rest.text),
          folded: rest.folded.trim(),
          address: rest.address,
          refs: [],
          section: path.join('/'),
          after: null,
        });
    }
    const within: Place = { path, leaders };
    const { plain, labels } = readOf(node);
    const carrying = node.groups.flatMap((group) => group.plain).filter((each) => (plain.get(each)?.parties ?? 0) > 0);
    let count = 0;
    for (const group of node.groups) {
      const labelled = group.labels.length > 0;
      for (const each of group.plain) {
        const dissected = plain.get(each) ?? NOTHING;
        const isLast = each === group.plain.at(-1);
        if (dissected.parties === 0 && !(labelled && isLast)) {
          aside(each, sectionOf(path), null);
          continue;
        }
        for (const piece of dissected.pieces) {
          count += 1;
          const number =
            numberOf(node) === ''
              ? String(count)
              : carrying.length === 1 && dissected.pieces.length === 1 && node.children.length === 0
                ? numberOf(node)
                : `${numberOf(node)}-${count}`;
          context.raise(
            'item-unnumbered',
            each.address,
            `an item without a number of its own; called ${number}`,
            context.profile.itemMarker === null,
          );
          const said = [piece.said, ...(isLast ? group.labels.map((label) => labels.get(label) ?? SAID_NOTHING) : [])];
          const own = carrying.length === 1 && node.children.length === 0 && dissected.pieces.length === 1;
          items.push(
            raw(number, piece.text, together(said), own ? { ...within, path: path.slice(0, -1) } : within, each.refs, path.at(-1) ?? ''),
          );
          mark(each, 'item', number);
        }
      }
      for (const each of group.labels) {
        if (group.plain.length === 0 && !leadsOnly(node))
          context.raise('part-unread', each.address, `“${shown(each.text)}” belongs to no item`, true);
        mark(each, leadsOnly(node) ? 'leader' : group.plain.length === 0 ? 'unread' : 'parties');
      }
    }
    for (const child of node.children) visit(child, within);
  };

  const visit = (node: Node, place: Place): void => {
    const isStyled = isOfItems(node);
    if (node.paragraph === null || (hasOwn(node) && below(node) && leadsOnly(node))) visitHeading(node, place);
    else if (hasOwn(node)) visitItem(node, place, items);
    else if (isStyled && hasAny(node) && !below(node)) visitItem(node, place, items);
    else if (below(node) || hasAny(node)) visitHeading(node, place);
    else if (isStyled) visitItem(node, place, items);
    else {
      if (
        hasItems &&
        node.paragraph !== null &&
        node.children.length === 0 &&
        node.groups.length === 0 &&
        !/。\s*$/u.test(node.paragraph.folded)
      )
        context.raise(
          'prose-set-aside',
          node.paragraph.address,
          `“${shown(node.paragraph.text).slice(0, 40)}” has nothing under it and assigns nothing`,
          true,
        );
      setAside(node, place.path);
    }
  };

  /** A numbered paragraph that assigns nothing, with all that stands under it. */
  const setAside = (node: Node, path: readonly string[]): void => {
    if (node.paragraph !== null) aside(node.paragraph, sectionOf(path), null);
    for (const { plain, labels } of node.groups) for (const each of [...plain, ...labels]) aside(each, sectionOf(path), null);
    for (const child of node.children) setAside(child, path);
  };

  /** A style that a single item has among others may be a misprint. */
  const strayStyles = (): void => {
    const counted: Node[] = [];
    const add = (node: Node): void => {
      if (node.marker !== null && hasOwn(node)) counted.push(node);
      node.children.forEach(add);
    };
    add(root);
    for (const [style, nodes] of Map.groupBy(counted, ({ marker }) => marker?.style)) {
      const [only] = nodes;
      if (nodes.length === 1 && counted.length > 1 && only?.paragraph != null)
        context.raise('layout', only.paragraph.address, `${numberOf(only)} is the only item that is numbered like ${style ?? ''}`, false);
    }
  };

  liftLabels(root);
  collect(root);
  strayStyles();
  const hasItems = hasAny(root) || below(root);
  visit(root, { path: [], leaders: [] });
  return { items, asides, itemStyles };
};
