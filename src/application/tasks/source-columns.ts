import { LRUCache } from 'lru-cache';
import { imports as importsView } from '../../../projections/imports.ts';
import type { Block, Source } from '../../documents/source.ts';
import type { Profile } from '../../domain/directives/profile.ts';
import { foldText } from '../../kernel/json.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Services } from '../services.ts';

/** The columns of the table in which a document assigns its work: its headings, in its order, and what stands in each. */

type Kind = NonNullable<Profile['columns']>[string];
export type SourceColumn = { readonly heading: string; readonly kind: Kind };
export type SourceColumns = {
  readonly columns: readonly SourceColumn[];
  /** What the document's own cells say, by the address of the row, in the order of the columns. */
  readonly rows: ReadonlyMap<string, readonly string[]>;
};

/** Those of a document that has no table, or whose bytes are not here. */
const USUAL: SourceColumns = {
  columns: [
    { heading: '序号', kind: 'number' },
    { heading: '项目（任务）', kind: 'text' },
    { heading: '责任领导', kind: 'leader' },
    { heading: '责任单位', kind: 'responsible' },
    { heading: '配合单位', kind: 'cooperating' },
    { heading: '完成时限', kind: 'deadline' },
  ],
  rows: new Map(),
};

const importTable = tableOf(importsView, 'import');
const profileTable = tableOf(importsView, 'profile');

type Row = Extract<Block, { kind: 'row' }>;
const folded = (text: string): string => foldText(text).replaceAll(/\s/gu, '');

/** The row that has the most of the headings is the table's head. */
const columnsIn = ({ blocks }: Source, kinds: NonNullable<Profile['columns']>): SourceColumns => {
  const known = new Map(Object.entries(kinds).map(([heading, kind]) => [folded(heading), kind]));
  const rows = blocks.filter((block): block is Row => block.kind === 'row');
  const matching = ({ cells }: Row): number => new Set(cells.map(({ text }) => folded(text)).filter((text) => known.has(text))).size;
  const head = rows.toSorted((a, b) => matching(b) - matching(a)).at(0);
  if (head === undefined || matching(head) < 2) return USUAL;
  const placed = head.cells.flatMap(({ text }, index) => {
    const kind = known.get(folded(text));
    return kind === undefined ? [] : [{ heading: text, kind, index }];
  });
  return {
    columns: placed.map(({ heading, kind }) => ({ heading, kind })),
    rows: new Map(
      rows
        .filter(({ table }) => table === head.table)
        .map(({ address, cells }) => [address, placed.map(({ index }) => cells[index]?.text ?? '')]),
    ),
  };
};

const KEPT = 8;

/** Reads a document once; it is known by its digest, and never another. */
export const createSourceColumns = ({
  attachments,
  readSource,
  views,
  knowledge,
}: Pick<Services, 'attachments' | 'readSource' | 'views' | 'knowledge'>): ((
  directive: string,
  position: number,
) => Promise<SourceColumns>) => {
  const kept = new LRUCache<string, SourceColumns>({ max: KEPT });
  return async (directive, position) => {
    const doc = views.asOf(importTable, {}, position).find(({ doc: each }) => each.directive === directive)?.doc;
    const issuer = knowledge.directive(directive, position)?.issuer;
    if (doc === undefined || issuer === undefined) return USUAL;
    const versions = views.one(profileTable, { issuer }, position)?.versions ?? [];
    const kinds = (versions.findLast((version) => version.import === doc.id) ?? versions.at(-1))?.profile.columns ?? null;
    if (kinds === null) return USUAL;
    const known = kept.get(doc.sha256);
    if (known !== undefined) return known;
    const found = await attachments.get(doc.sha256);
    if (found === undefined || found === 'damaged') return USUAL;
    const read = await readSource(Buffer.from(await new Response(found.open()).arrayBuffer()));
    const columns = read.ok ? columnsIn(read.source, kinds) : USUAL;
    kept.set(doc.sha256, columns);
    return columns;
  };
};
