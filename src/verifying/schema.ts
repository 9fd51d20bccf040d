import { catalogue, definitions } from '../domain/catalogue.ts';
import { wireType } from '../kernel/event.ts';
import { say, type Text } from '../messages/message.ts';
import { toldBy } from '../messages/told.ts';
import { foundAgain } from '../messages/standing.ts';

/** Whether an event's data are those of its type. */

const schemas = new Map(definitions.map((definition) => [wireType(definition), definition.schema]));
const current = new Map(definitions.map(({ type, schema }) => [type as string, schema]));

/**
 * Why data do not fit their type, `TaskReassigned.v1`; undefined where they do. Data of an old version are brought to
 * the present one before they are held to its schema. A type that is not known is a fault and no remark: an auditor must
 * not pass what it cannot read (as clients of Rekor fail on an unknown kind or version), and whoever has the log of a
 * later program has that program too.
 */
export const misfit = (type: string, data: unknown): Text | undefined => {
  const schema = schemas.get(type);
  if (schema === undefined) return misfitOfOld(type, data);
  return told(type, schema.safeParse(data));
};

type Parsed = {
  readonly success: boolean;
  readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] } | undefined;
};

const told = (type: string, { success, error }: Parsed): Text | undefined => {
  if (success) return undefined;
  const [issue] = error?.issues ?? [];
  const place = issue === undefined || issue.path.length === 0 ? say('verifying.its-data') : issue.path.map(String).join('.');
  return say('verifying.does-not-fit-type', {
    type,
    place,
    why: issue === undefined ? say('verifying.does-not-fit') : foundAgain(issue.message),
  });
};

const misfitOfOld = (type: string, data: unknown): Text | undefined => {
  let upcast: ReturnType<typeof catalogue.fromWire>;
  try {
    upcast = catalogue.fromWire(type, data);
  } catch (error) {
    return toldBy(error);
  }
  return told(type, current.get(upcast.type)?.safeParse(upcast.data) ?? { success: false });
};
