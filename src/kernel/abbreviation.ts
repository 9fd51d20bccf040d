/** Short names of bodies: 发改委 of 发展改革委, 住建局 of 住房城乡建设局. */

const alike = (name: string): string => name.replace(/办公室$/u, '办');

/**
 * Whether a name may be the short form of another: it begins and ends as that does, and has its characters in that order.
 * What only goes on after the whole short name is another body: 公安局 and 公安局交警支队 are two.
 */
export const abbreviates = (short: string, long: string): boolean => {
  const [few, many] = [Array.from(alike(short)), Array.from(alike(long))];
  if (few.length < 2 || few.length >= many.length || few[0] !== many[0] || few.at(-1) !== many.at(-1)) return false;
  if (many.slice(0, few.length).join('') === few.join('')) return false;
  let at = 0;
  for (const character of many) if (character === few[at]) at += 1;
  return at === few.length;
};

const LEVELS = /[省市县区州旗镇乡]/gu;

/** The same of a name that may have its place before it: 发改委 of 市发展改革委. */
export const abbreviatesAnywhere = (short: string, long: string): boolean =>
  abbreviates(short, long) || [...long.matchAll(LEVELS)].some(({ index }) => abbreviates(short, long.slice(index + 1)));
