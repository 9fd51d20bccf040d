import { attachment, type Attachment } from '../kernel/schema.ts';
import type { Kit } from './kit.ts';
import { scopeOf, type Principal } from './principal.ts';
import { invalidInput, type InputError, type Problem } from './problem.ts';

/** Attachments that a body cites, at the places where bodies have them: what is said of bytes that can be read must be so. */

type Place = { readonly pointer: string; readonly cited: readonly Attachment[] };

const placesIn = (value: unknown, pointer = ''): readonly Place[] => {
  if (Array.isArray(value)) return value.flatMap((item, index) => placesIn(item, `${pointer}/${index}`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    const at = `${pointer}/${name}`;
    const cited = name === 'attachments' ? attachment.array().safeParse(member) : undefined;
    return cited?.success === true ? [{ pointer: at, cited: cited.data }] : placesIn(member, at);
  });
};

/** A problem that names each field and what it should be; undefined where nothing is wrong, or nothing can be told. */
export const citationProblem = async (kit: Kit, who: Principal, body: object): Promise<Problem | undefined> => {
  const errors: InputError[] = [];
  for (const { pointer, cited } of placesIn(body))
    for (const { index, field, message } of await kit.citationFaults(cited, scopeOf(who)))
      errors.push({ pointer: `${pointer}/${index}/${field}`, message });
  return errors.length === 0 ? undefined : invalidInput(errors);
};
