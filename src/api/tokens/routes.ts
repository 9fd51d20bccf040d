import { z } from 'zod';
import { revocation } from '../../application/revocations.ts';
import type { Services } from '../../application/services.ts';
import { fieldProblem, plain, type Kit } from '../../http/routes.ts';
import { principalOf } from '../../http/access.ts';
import { tokenId } from '../../http/principal.ts';
import { lastExpiry } from '../../http/token-claims.ts';
import { instantText } from '../../kernel/clock.ts';
import { reason } from '../../kernel/schema.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

/** Tokens that are no longer good, though they have not expired. */

const TAGS = ['Tokens'] as const;

const answer = revocation
  .extend({ exp: z.int().meta({ description: wording('api.tokens.epoch-seconds-from-then-on-good') }) })
  .meta({ id: 'Revocation' });

export const tokenRoutes = (kit: Kit, { revocations }: Services): void => {
  plain(kit, {
    method: 'POST',
    url: '/v1/tokens/revocations',
    summary: wording('api.tokens.revoke-token-by-jti'),
    description: wording('api.tokens.in-force-at-once-at-this'),
    tags: TAGS,
    reads: 'elsewhere',
    access: ['admin'],
    refuses: ['storage-full'],
    body: z.strictObject({
      jti: tokenId,
      exp: z
        .int()
        .optional()
        .meta({ description: wording('api.tokens.when-token-expires-epoch-seconds-unless') }),
      reason,
    }),
    response: answer,
    statuses: [200, 201],
    run: ({ body: { jti, exp, reason: why }, request }) => {
      const now = kit.clock.now();
      const last = lastExpiry(now.epochMilliseconds);
      if (exp !== undefined && exp * 1000 <= now.epochMilliseconds)
        return fieldProblem('invalid-input', '/exp', say('api.tokens.past-token-good-for-nothing'));
      if (exp !== undefined && exp > last) return fieldProblem('invalid-input', '/exp', say('api.tokens.later-than-any-token-good'));
      const added = { jti, exp: exp ?? last, reason: why, by: principalOf(request).sub, at: instantText(now) };
      const isNew = revocations.add(added);
      const standing = isNew ? added : revocations.list().find((known) => known.jti === jti);
      return { status: isNew ? 201 : 200, json: standing ?? added };
    },
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/tokens/revocations',
    summary: wording('api.tokens.tokens-that-were-revoked-and-may'),
    tags: TAGS,
    reads: 'elsewhere',
    access: ['office', 'auditor', 'admin'],
    response: z.strictObject({ items: z.array(answer) }),
    run: () => ({ json: { items: [...revocations.list()] } }),
  });
};
