import * as fc from 'fast-check';
import { test } from 'tap';
import { ACROSS, layOut, titleLines } from '../../src/publishing/sheets/page-layout.ts';
import { FIGURE, FONT_SIZE, textWidth } from '../../src/publishing/sheets/text-width.ts';

/** Which paper, and how wide: whatever a table holds, what is printed can be read. */

const SMALLEST = 7;

const extent = fc.record({
  heading: fc.oneof(fc.constantFrom('任务', '距原时限天数', 'daysBeforeOldDeadline', '进度（%）'), fc.string({ maxLength: 30 })),
  texts: fc.array(fc.oneof(fc.string({ maxLength: 400 }), fc.constantFrom('市发展改革委', '推进'.repeat(900), 'a\nb')), { maxLength: 8 }),
  most: fc.integer({ min: 5, max: 60 }),
  least: fc.option(fc.integer({ min: 5, max: 20 }), { nil: undefined }),
});

await test('nothing is printed below 7 points: by paper, by widths, and at last over several pages', (t) => {
  let overSeveral = 0;
  fc.assert(
    fc.property(fc.array(extent, { minLength: 1, maxLength: 60 }), (columns) => {
      const { paper, widths, margin, scale } = layOut(columns);
      const table = widths.reduce((sum, width) => sum + width, 0) * FIGURE;
      const room = ACROSS[paper] - 2 * margin;
      if (scale !== undefined) overSeveral += 1;
      return (
        widths.length === columns.length &&
        margin >= 10 &&
        (scale === undefined ? Math.min(1, room / table) : scale / 100) * FONT_SIZE >= SMALLEST - 0.01
      );
    }),
  );
  t.ok(overSeveral > 0, 'some were too wide for one page');
  t.end();
});

await test('short words stand on one line, days and figures always', (t) => {
  fc.assert(
    fc.property(fc.array(extent, { minLength: 1, maxLength: 30 }), (columns) => {
      const { widths } = layOut(columns);
      return columns.every(({ texts, least }, at) => {
        const longest = Math.max(0, ...texts.flatMap((text) => text.split('\n')).map(textWidth));
        const width = widths[at] ?? 0;
        return width !== 9 && (least === undefined || width >= least - 0.05) && (longest > 14 || width >= longest + 0.95);
      });
    }),
  );
  t.end();
});

await test('a narrow table lies in the middle of A4, a ledger of many texts on A3', (t) => {
  const short = { heading: '未报送', texts: ['12'], most: 30, least: 6 };
  const board = layOut([{ heading: '单位名称', texts: ['市文化广电旅游局'], most: 30 }, short, short]);
  t.match(board, { paper: 'A4', scale: undefined });
  t.ok(board.margin > 60, 'the margins are wide');
  const long = { heading: '工作内容', texts: ['推进重点项目建设'.repeat(12)], most: 44 };
  t.equal(layOut(Array.from({ length: 8 }, () => long)).paper, 'A3');
  t.ok(titleLines('关于2023年重点工作进展情况的一览'.repeat(3), 60) > 1, 'a long title takes more lines');
  t.end();
});
