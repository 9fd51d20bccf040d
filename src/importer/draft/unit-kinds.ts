import { ZONE } from '../words/bodies.ts';

/** What a name itself says of a body or of a group; anything finer needs a person. */

const COUNTY_GOVERNMENT = /^[^省市县区州乡镇].+[市县区](?:人民)?政府$/u;

export const unitKind = (name: string): string | null => {
  if (COUNTY_GOVERNMENT.test(name)) return 'county-government';
  if (ZONE.test(name)) return 'development-zone';
  return /(?:集团|公司)$/u.test(name) ? 'enterprise' : null;
};

const COUNTY_COLLECTIVES: ReadonlySet<string> = new Set(['各县(市、区)政府', '相关县(市、区)政府']);

/** Whether a collective stands for governments of counties. */
export const namesCounties = (collectiveName: string): boolean => COUNTY_COLLECTIVES.has(collectiveName);
