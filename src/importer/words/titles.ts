/** Titles of leaders: with a name before or after them, or alone, and then they are seats and no persons. */

const RANKS = [
  '省长',
  '市长',
  '县长',
  '区长',
  '州长',
  '盟长',
  '旗长',
  '镇长',
  '乡长',
  '局长',
  '主任',
  '书记',
  '秘书长',
  '主席',
  '处长',
  '科长',
  '厅长',
  '部长',
  '院长',
  '校长',
  '园长',
  '行长',
  '总经理',
  '经理',
  '董事长',
  '组长',
  '队长',
  '支队长',
  '大队长',
  '所长',
  '站长',
  '台长',
  '馆长',
  '社长',
  '会长',
  '理事长',
  '巡视员',
  '调研员',
  '常委',
  '委员',
  '党组成员',
  '班子成员',
  '领导',
  '负责人',
  '负责同志',
  '领导同志',
  '主要负责同志',
  '分管负责同志',
  '秘书',
  '政委',
  '检察长',
  '主官',
  '司令员',
  '部门领导',
  '同志',
  '总工程师',
  '总师',
  '专员',
  '督查专员',
  '办公室主任',
  '村长',
  '股长',
  '副职',
  '正职',
  '一把手',
  '助理',
  '总会计师',
  '总经济师',
  '总审计师',
  '总法律顾问',
  '安全总监',
  '总监',
  '护士长',
  '厂长',
  '矿长',
  '支书',
  '河长',
  '林长',
  '路长',
  '链长',
  '田长',
  '湾长',
  '片长',
  '专班长',
  '党工委书记',
  '人大主任',
  '政协主席',
] as const;

const BY_LENGTH: readonly string[] = RANKS.toSorted((a, b) => b.length - a.length);
const BEFORE = [
  '党组',
  '党委',
  '党工委',
  '工委',
  '二级',
  '三级',
  '四级',
  '一级',
  '正处级',
  '副处级',
  '正',
  '副',
  '常务',
  '分管',
  '协管',
  '主管',
  '代',
  '挂职',
  '第一',
  '专职',
  '兼职',
  '各',
  '相关',
  '有关',
  '主要',
  '常务副',
];
const ORGANS = /(?:省|市|县|区|州|旗|镇|乡)?(?:委|政府|人大|政协|纪委|人大常委会|政府办|委办|局|办|管委会)$/u;

/** The title that a word ends in, with what belongs to it: 常务副市长 of 汪志强常务副市长. Empty where it ends in none. */
export const titleAtEnd = (word: string): string => {
  const rank = BY_LENGTH.find((each) => word.endsWith(each));
  if (rank === undefined) return '';
  let start = word.length - rank.length;
  for (let more = true; more;) {
    const before = word.slice(0, start);
    const part = BEFORE.find((each) => before.endsWith(each));
    more = part !== undefined;
    if (part !== undefined) start -= part.length;
  }
  const organ = ORGANS.exec(word.slice(Math.max(0, start - 8), start));
  if (organ !== null && organ[0] !== '') start -= organ[0].length;
  return word.slice(start);
};

/** The title that a word begins with: 副市长 of 副市长王小明; the longest that leaves a name. */
export const titleAtStart = (word: string): string => {
  for (let length = Math.min(word.length - 2, 20); length >= 2; length -= 1) {
    const before = word.slice(0, length);
    if (titleAtEnd(before) !== '') return before;
  }
  return '';
};

/** Titles that one person has beside another one: 市委常委、副市长. */
export const isBesideAnother = (title: string): boolean =>
  /(?:常委|党组成员|党组书记|党委书记|党组副书记|工委书记|委员|(?<!分管)副书记)$/u.test(title);
