import type * as client from '@eventstore/db-client';
import { sameJson } from '../../kernel/json.ts';
import type { Connection } from '../../store/eventstoredb/connection.ts';
import { failureOf } from '../../store/eventstoredb/failures.ts';
import { within } from '../../store/eventstoredb/retry.ts';
import type { Timing } from '../../store/eventstoredb/timing.ts';
import { SetupRefused } from './users.ts';
import { say } from '../../messages/message.ts';

/**
 * The access rules for streams that have none of their own: the last event of `$settings`. As it is delivered a
 * cluster lets every user delete every stream.
 */

const STREAM = '$settings';
const TYPE = 'update-default-acl';
const ADMINS = '$admins';

/** The group adds and reads; to delete, and to read or change metadata, takes an administrator. `$all` is read as a system stream. */
const accessRules = (group: string) => ({
  $userStreamAcl: { $r: [ADMINS, group], $w: [group], $d: ADMINS, $mr: ADMINS, $mw: ADMINS },
  $systemStreamAcl: { $r: [ADMINS, group], $w: ADMINS, $d: ADMINS, $mr: ADMINS, $mw: ADMINS },
});

export type RulesOutcome = 'applied' | 'unchanged';

type Held = { readonly revision: bigint; readonly rules: unknown };

const lastOf = async (reading: AsyncIterable<client.ResolvedEvent>): Promise<Held | undefined> => {
  let held: Held | undefined;
  try {
    for await (const { event } of reading) held = event && { revision: event.revision, rules: event.data };
  } catch (error) {
    if (failureOf(error) !== 'stream-missing') throw error;
  }
  return held;
};

/**
 * Sets the rules, unless they are set. Other rules than those delivered are somebody's, and are replaced only where
 * that is wanted.
 */
export const ensureAccessRules = async (
  { EventStoreDBClient, jsonEvent }: Pick<typeof client, 'EventStoreDBClient' | 'jsonEvent'>,
  {
    url,
    credentials,
    group,
    replace,
    timing,
  }: {
    readonly url: string;
    readonly credentials: Connection['credentials'];
    readonly group: string;
    readonly replace: boolean;
    readonly timing: Timing;
  },
): Promise<RulesOutcome> => {
  const wanted = accessRules(group);
  const cluster = EventStoreDBClient.connectionString(url);
  try {
    const reading = cluster.readStream(STREAM, { direction: 'backwards', fromRevision: 'end', maxCount: 1, requiresLeader: true });
    const held = await within(timing.readIdle, say('cli.reading-stream', { stream: STREAM }), lastOf(reading));
    if (sameJson(held?.rules, wanted)) return 'unchanged';
    if (held !== undefined && !replace) throw new SetupRefused(say('cli.access-rules-are-there', { rules: JSON.stringify(held.rules) }));
    await cluster.appendToStream(STREAM, jsonEvent({ type: TYPE, data: wanted }), {
      expectedRevision: held?.revision ?? 'no_stream',
      credentials,
      requiresLeader: true,
      deadline: timing.appendDeadline,
    });
    return 'applied';
  } finally {
    await cluster.dispose();
  }
};
