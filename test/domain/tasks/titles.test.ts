import { test } from 'tap';
import { callingOf } from '../../../src/domain/tasks/titles.ts';

/** What mails and letters call a task. The texts are those of 三政办〔2023〕1号. */

const called = (title: string, rest: string): string => callingOf({ title, text: `${title}${rest}` });

await test('a title that says what is to be done is the name of the task', async (t) => {
  t.equal(called('重点打造虢风驿站', '。'), '重点打造虢风驿站', 'and is short, but all there is');
  t.equal(called('加快自贸区联动发展区报批进度', '。'), '加快自贸区联动发展区报批进度');
  t.equal(called('新增市场主体2万家', ',实有市场主体超过23万家。'), '新增市场主体2万家');
  t.equal(called('推动重点项目建设提速增效方面取得实效', ',全年完成投资1400亿元。'), '推动重点项目建设提速增效方面取得实效');
});

await test('a title that is only a heading is followed by the beginning of the text', async (t) => {
  t.equal(called('围绕强突破', ',深化与大学、大院、大所合作,在镓硒碲砷铂等元素应用新领域'), '围绕强突破,深化与大学、大院、大所合作…');
  t.equal(called('强化数字赋能', '。大力实施数字化转型战略,做大“1+N”工业互联网平台'), '强化数字赋能。大力实施数字化转型战略,做…');
  t.equal(called('坚持“两个毫不动摇”', ',保障民营企业依法平等使用资源要素、公开公平'), '坚持“两个毫不动摇”,保障民营企业依法平…');
  t.equal(called('围绕建平台', ',坚持市县联动。'), '围绕建平台,坚持市县联动', 'all of it where it is no longer');
});

await test('what the beginning opens is closed', async (t) => {
  t.equal(called('养老保障方面', ',按照“政府主导、市场运作、以人为本、便民利民”原则'), '养老保障方面,按照“政府主导、市场运作…”');
  t.equal(
    called('强化环境赋能', '。全面按照要求统一推行和落实“一件事一次办”'),
    '强化环境赋能。全面按照要求统一推行和落实…',
    'nothing is opened at the end',
  );
  t.equal(called('优化服务', ',落实《关于(试行)“放管服”改革的若干意见》'), '优化服务,落实《关于(试行)“放管服”改…》');
});

await test('a title that an office gave itself, and that is not the beginning of the text, stays', async (t) => {
  t.equal(callingOf({ title: '养老保障', text: '按照“政府主导”原则,完善服务。' }), '养老保障');
});
