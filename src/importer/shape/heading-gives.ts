import type { ReadDeadline } from '../document-reading.ts';
import { SAID_NOTHING, type Said } from '../parts/clauses.ts';
import type { Context } from '../parts/context.ts';
import { deadlineOfCell } from '../parts/deadlines.ts';
import { namesOf } from '../parts/names.ts';
import { partiesOf } from '../parts/parties.ts';
import type { Paragraph } from './paragraphs.ts';

/** Headings that say of all that stands under them who does it, or until when: 一、县教育局（2项）; 3月底前完成. */

const COUNT = /\((?:共|计)?\s?\d{1,3}\s?[项件个条]\)\s*$/u;
const bodyOf = ({ folded, marker }: Pick<Paragraph, 'folded' | 'marker'>): string =>
  folded
    .slice(marker?.length ?? 0)
    .replace(COUNT, '')
    .replace(/[。:]\s*$/u, '')
    .trim();

/** A heading that holds nothing but names of units, each beyond doubt. */
export const unitsOfHeading = (paragraph: Paragraph, context: Context): Said | null => {
  const body = bodyOf(paragraph);
  if (paragraph.marker === null || body.length < 3 || body.length > 60 || /[。;:,]/u.test(body)) return null;
  const { tokens } = namesOf(body, context.profile);
  if (tokens.length === 0 || !tokens.every((token) => token.kind === 'unit' && token.sure && token.doubt === null)) return null;
  const { leaders: _, ...parties } = partiesOf(body, () => context.profile.bareRole ?? 'responsible', paragraph.address, context);
  return { ...SAID_NOTHING, parties: { ...parties, leaders: [] } };
};

const DAY =
  /^(?:20\d{2}年)?(?:\d{1,2}月(?:底|末|[上中下]旬|\d{1,2}日)?|[一二三四]季度末?|[上下]半年|年底|年内)(?:之?前)?(?:完成|办结|到位|落实|建成)?的?(?:任务|事项|工作|项目)?$/u;

export const isDayHeading = (paragraph: Pick<Paragraph, 'folded' | 'marker'>): boolean => DAY.test(bodyOf(paragraph).replace(/\s/gu, ''));

/** The day that a heading sets for all that stands under it. */
export const dayOfHeading = (paragraph: Paragraph, context: Context): ReadDeadline | null => {
  if (!isDayHeading(paragraph)) return null;
  const day = bodyOf(paragraph).replace(/(?:完成|办结|到位|落实|建成)?的?(?:任务|事项|工作|项目)?$/u, '');
  return deadlineOfCell(day, day, paragraph.address, context).deadline;
};
