import { PlaceUnusable, readGivenFile } from '../store/places.ts';
import { parsePolicy, type Policy } from '../tlog/index.ts';
import { say } from '../messages/message.ts';

/** The policy in a file; undefined where none is set. @throws PlaceUnusable  with the line at fault */
export const readPolicy = (path: string | undefined): Policy | undefined => {
  if (path === undefined) return undefined;
  const policy = parsePolicy(readGivenFile(path));
  if (!policy.ok)
    throw new PlaceUnusable(
      path,
      say('ledger.is-no-policy', { reason: policy.reason, detail: policy.detail === undefined ? '' : ` (${policy.detail})` }),
    );
  return policy.value;
};
