import { z } from 'zod';
import { publications } from '../../../projections/publications.ts';
import { id } from '../../kernel/schema.ts';
import { problem, type Problem } from '../../http/routes.ts';
import { tableOf } from '../../projecting/projection.ts';
import { say } from '../../messages/message.ts';

/** What the routes of notices have in common. */

export const TAGS = ['Notices'] as const;
export const noticeTable = tableOf(publications, 'notice');

export const byId = { params: z.strictObject({ id }) };

export const unknownNotice = (notice: string): Problem =>
  problem('notice-unknown', say('api.notices.there-no-notice-or-none-that', { notice }));
