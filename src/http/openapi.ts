import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import about from '../../package.json' with { type: 'json' };
import { finishDocument, type Documentation } from './openapi-document.ts';
import type { Document } from './openapi-nodes.ts';
import { sharedComponents } from './openapi-components.ts';

/** OpenAPI 3.1 of the registered routes, from the very schemas that validate them: /openapi.json, and to browse, /docs. */

const INFO = {
  title: 'Duban (督办)',
  version: about.version,
  description:
    'Holds public offices to account: tasks, reports and their deadlines as events that anyone can replay and verify.\n\n' +
    'What holds for all calls stands in docs/http.md. Each call has an example; sent in the order of this document to the demo ' +
    'year (`npm run demo`), by the role in `x-sent-as` with the token that `duban token --role <role>` gives, all of them succeed.',
  contact: { name: 'The maintainers of Duban' },
  license: { name: about.license, identifier: about.license },
};

/** Chapters closed, with a box that filters them by name; the schemas stand with the calls that use them. */
const PAGE = {
  filter: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: -1,
  tryItOutEnabled: true,
  displayRequestDuration: true,
} as const;

/** The page runs its own scripts and styles only. */
const PAGE_POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'; frame-ancestors 'none'";

/** To be called before any route is registered: routes are seen as they come. */
export const registerOpenApi = async (app: FastifyInstance, documentation: Documentation): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: INFO,
      servers: [{ url: '/', description: 'The server that gives this document.' }],
      tags: [...documentation.chapters],
      components: sharedComponents,
      security: [{ bearer: [] }],
    },
    transform: jsonSchemaTransform,
    // The cast: the plugin's type for both is a document of any OpenAPI version, and this one is 3.1.
    transformObject: (document) =>
      finishDocument(jsonSchemaTransformObject(document) as Document, documentation) as ReturnType<typeof jsonSchemaTransformObject>,
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: PAGE_POLICY, uiConfig: PAGE });
  let text: string | undefined;
  app.get('/openapi.json', { config: { access: 'open' }, schema: { hide: true } }, (_request, reply) => {
    text ??= JSON.stringify(app.swagger()); // routes do not change once requests come
    return reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(text);
  });
};
