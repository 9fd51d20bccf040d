import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import about from '../../package.json' with { type: 'json' };
import { finishDocument, type Document } from './openapi-document.ts';
import { sharedComponents } from './openapi-components.ts';

/** OpenAPI 3.1 of the registered routes, from the very schemas that validate them: /openapi.json, and to browse, /docs. */

const INFO = {
  title: 'Duban (督办)',
  version: about.version,
  description: 'Holds public offices to account: tasks, reports and their deadlines as events that anyone can replay and verify.',
  license: { name: about.license, identifier: about.license },
};

/** The page runs its own scripts and styles only. */
const PAGE_POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'; frame-ancestors 'none'";

/** To be called before any route is registered: routes are seen as they come. */
export const registerOpenApi = async (app: FastifyInstance): Promise<void> => {
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: INFO, components: sharedComponents, security: [{ bearer: [] }] },
    transform: jsonSchemaTransform,
    // The cast: the plugin's type for both is a document of any OpenAPI version, and this one is 3.1.
    transformObject: (document) =>
      finishDocument(jsonSchemaTransformObject(document) as Document) as ReturnType<typeof jsonSchemaTransformObject>,
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: PAGE_POLICY });
  let text: string | undefined;
  app.get('/openapi.json', { config: { access: 'open' }, schema: { hide: true } }, (_request, reply) => {
    text ??= JSON.stringify(app.swagger()); // routes do not change once requests come
    return reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(text);
  });
};
