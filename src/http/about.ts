import { z } from 'zod';
import type { Kit } from './kit.ts';
import type { Basis } from './time-travel.ts';

/** What an answer is about, where it is about one directive or one task of it. */
const named = z.object({ directive: z.string().optional().catch(undefined), task: z.string().optional().catch(undefined) });
export type About = z.infer<typeof named>;

/** What the `id` of a URL names. */
export type IdNames = 'directive' | 'task' | undefined;

/** The first that names a directive or a task: the filters, the URL, the answer itself. */
const aboutOf = (sources: readonly object[]): About | undefined =>
  sources.map((source) => named.parse(source)).find(({ directive, task }) => directive !== undefined || task !== undefined);

/** The basis of an answer: where it is about one directive whose zone is not the office's, with that zone too. */
export const basisAbout = (kit: Kit, basis: Basis, idNames: IdNames, params: object, sources: readonly object[]): Basis => {
  const inUrl = idNames === undefined || !('id' in params) ? {} : { [idNames]: params.id };
  const about = aboutOf([...sources, inUrl]);
  const zone = about && kit.directiveTimeZone(about, basis.position);
  return zone === undefined || zone === basis.timeZone ? basis : { ...basis, directiveTimeZone: zone };
};
