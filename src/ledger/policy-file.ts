import { readFileSync } from 'node:fs';
import { parsePolicy, type Policy } from '../tlog/index.ts';

/** The policy in a file; undefined where none is set. Throws with the line at fault. */
export const readPolicy = (path: string | undefined): Policy | undefined => {
  if (path === undefined) return undefined;
  const policy = parsePolicy(readFileSync(path));
  if (!policy.ok) throw new Error(`${path} is no policy: ${policy.reason}${policy.detail === undefined ? '' : ` (${policy.detail})`}`);
  return policy.value;
};
