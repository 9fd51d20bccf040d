import { LRUCache } from 'lru-cache';
import type { ImportDoc } from '../../../projections/imports.ts';
import type { Views } from '../../projecting/views.ts';
import type { Drafting } from './imports.ts';
import type { Reissue } from './reissue.ts';

/** A draft at a position, as it is read. */
type Found = Drafting & { readonly doc: ImportDoc };
type Make = (found: Found, position: number) => Promise<Reissue | null>;

/** Each holds the plan of a document and what stands of a directive: some megabytes of a large one. */
const KEPT = 8;

/**
 * What another edition would change, made once for each import and position, from which alone it follows: whoever settles a
 * difference line by line asks for it again and again.
 */
export const keepReissues = (views: Pick<Views, 'database'>, make: Make): Make => {
  const kept = new LRUCache<string, Promise<Reissue | null>>({ max: KEPT });
  let readFrom = views.database();
  return (found, position) => {
    // What was read from a file that was since replaced may have been damaged there.
    if (views.database() !== readFrom) kept.clear();
    readFrom = views.database();
    const key = `${found.doc.id} ${position}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = make(found, position);
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    return made;
  };
};
