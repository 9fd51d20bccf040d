import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import about from '../../package.json' with { type: 'json' };
import { docsFile } from './docs-page.ts';
import { languageOf } from './negotiate.ts';
import { finishDocument, type Documentation } from './openapi-document.ts';
import type { Document } from './openapi-nodes.ts';
import { sharedComponents } from './openapi-components.ts';
import { splitUrl } from './route.ts';
import { wording } from '../messages/standing.ts';
import { languageNamed, TAGS, type Language } from '../messages/language.ts';

/** OpenAPI 3.1 of the registered routes, from the very schemas that validate them: /openapi.json, and to browse, /docs. */

const INFO = {
  title: wording('openapi.duban'),
  version: about.version,
  description: wording('openapi.holds-public-offices-to-account-tasks'),
  contact: { name: wording('openapi.maintainers-duban') },
  license: { name: about.license, identifier: about.license },
};

/** The page runs its own scripts and styles only. */
const PAGE_POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'; frame-ancestors 'none'";

/** To be called before any route is registered: routes are seen as they come. */
export const registerOpenApi = async (app: FastifyInstance, documentation: Documentation): Promise<void> => {
  let made: Document | undefined;
  const texts = new Map<Language, string>();
  /** Routes do not change once requests come. */
  const documentIn = (language: Language): string => {
    const english = app.swagger();
    const known = texts.get(language);
    if (known !== undefined) return known;
    const text = JSON.stringify(made === undefined || language === 'en' ? english : finishDocument(made, documentation, language));
    texts.set(language, text);
    return text;
  };
  const wantedBy = (request: FastifyRequest): Language => {
    const { lang } = request.query as { readonly lang?: unknown }; // of a route without a schema: whatever was sent
    return (typeof lang === 'string' ? languageNamed(lang) : undefined) ?? languageOf(request);
  };
  const ownFile = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const language = wantedBy(request);
    const file = docsFile(splitUrl(request.url)[0], language);
    if (file === undefined) return done();
    void reply.type(file.type).header('content-language', TAGS[language]).header('vary', 'accept-language').send(file.text);
  };
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: INFO,
      servers: [{ url: '/', description: wording('openapi.server-that-gives-this-document') }],
      tags: [...documentation.chapters],
      components: sharedComponents,
      security: [{ bearer: [] }],
    },
    transform: jsonSchemaTransform,
    // The cast: the plugin's type for both is a document of any OpenAPI version, and this one is 3.1.
    transformObject: (document) => {
      made = jsonSchemaTransformObject(document) as Document;
      return finishDocument(made, documentation);
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    uiHooks: { preHandler: ownFile },
    transformSpecification: (_, request) => JSON.parse(documentIn(wantedBy(request))) as Readonly<Record<string, unknown>>,
  });
  app.get('/openapi.json', { config: { access: 'open' }, schema: { hide: true } }, (request, reply) => {
    const language = wantedBy(request);
    return reply
      .type('application/json; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-language', TAGS[language])
      .header('vary', 'accept-language')
      .send(documentIn(language));
  });
};
