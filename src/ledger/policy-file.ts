import { PlaceUnusable, readGivenFile } from '../store/places.ts';
import { parsePolicy, type Policy } from '../tlog/index.ts';

/** The policy in a file; undefined where none is set. @throws PlaceUnusable  with the line at fault */
export const readPolicy = (path: string | undefined): Policy | undefined => {
  if (path === undefined) return undefined;
  const policy = parsePolicy(readGivenFile(path));
  if (!policy.ok)
    throw new PlaceUnusable(path, `is no policy: ${policy.reason}${policy.detail === undefined ? '' : ` (${policy.detail})`}`);
  return policy.value;
};
