import type { Documentation } from '../../http/openapi-document.ts';
import { chapters } from './chapters.ts';
import { examples } from './examples.ts';
import { words } from './words.ts';

/** What the OpenAPI document says beside the routes and their schemas. */
export const documentation: Documentation = { chapters, words, examples };
