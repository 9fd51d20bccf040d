import { z } from 'zod';
import type { Services } from '../../application/services.ts';
import { catalogue } from '../../domain/catalogue.ts';
import type { Problem } from '../../http/routes.ts';
import { fieldProblem, type Kit } from '../../http/routes.ts';
import { parseWireType } from '../../kernel/event.ts';
import { id } from '../../kernel/schema.ts';
import { SECRET_PATTERN } from '../../sending/signature.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

/** What may be said of a subscription, and whether it can be kept. */

const typeName = z
  .string()
  .max(100)
  .refine((text) => catalogue.types.includes(parseWireType(text)?.type ?? text), wording('api.subscriptions.no-event-type-this-log'));
export const secret = z
  .string()
  .regex(SECRET_PATTERN, wording('api.subscriptions.must-be-whsec-and-24-to'))
  .meta({ description: wording('api.subscriptions.by-which-signed-standard-webhooks-shown') });
export const from = z
  .int()
  .min(0)
  .meta({ description: wording('api.subscriptions.position-events-after-sent') });

export const saidOf = {
  url: z
    .string()
    .min(1)
    .max(2000)
    .meta({ description: wording('api.subscriptions.where-events-sent-https-without-credentials') }),
  types: z
    .array(typeName)
    .max(100)
    .meta({ description: wording('api.subscriptions.event-types-or-single-versions-them') }),
  units: z
    .array(id)
    .max(100)
    .meta({ description: wording('api.subscriptions.events-by-or-about-these-units') }),
};

type Said = {
  readonly url?: string | undefined;
  readonly units?: readonly string[] | undefined;
  readonly from?: number | undefined;
};

/** Why what is said cannot be kept: a URL that may not be reached, a unit that there is not, a position beyond the log. */
export const createFaultIn =
  ({ reaching }: Kit, { subscriptions, views, knowledge }: Services) =>
  async ({ url, units = [], from: position }: Said): Promise<Problem | undefined> => {
    const refused = url === undefined ? undefined : subscriptions.refuses(url);
    if (refused !== undefined) return fieldProblem('invalid-input', '/url', refused);
    const { units: registered } = knowledge.roster(views.position());
    const odd = units.findIndex((unit) => !registered.has(unit));
    if (odd !== -1)
      return fieldProblem('unit-unknown', `/units/${odd}`, say('api.subscriptions.no-unit-registered', { units: units[odd] }));
    return position === undefined ? undefined : reaching.log(position, '/from');
  };
