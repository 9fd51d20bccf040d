import { z } from 'zod';
import { ordinal } from '../../http/routes.ts';
import { id } from '../../kernel/schema.ts';

/** What a path names. */

export const byTask = z.strictObject({ id });
export const byNumber = z.strictObject({ id, n: ordinal });
