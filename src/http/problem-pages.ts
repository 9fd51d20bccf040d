import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TAGS, type Language } from '../messages/language.ts';
import { say, type Message } from '../messages/message.ts';
import { inWords } from '../messages/words.ts';
import { languageOf, preferred } from './negotiate.ts';
import { notFound, sendProblem } from './problem.ts';
import { problemTypes, statusesOf, typeUri, type ProblemCode, type ProblemType } from './problems.ts';

/** The page at the root, which says where to go on, and the pages behind the `type` of every problem. */

const codes = Object.keys(problemTypes) as readonly ProblemCode[]; // the keys of a closed record
const isCode = (text: string): text is ProblemCode => Object.hasOwn(problemTypes, text);

const describe = (code: ProblemCode, language: Language): Readonly<Record<string, unknown>> => {
  const { title, explanation } = problemTypes[code];
  return {
    type: typeUri(code),
    code,
    title: inWords(say(title), language),
    statuses: statusesOf(problemTypes[code]),
    explanation: inWords(say(explanation), language),
  };
};

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const html = (title: string, body: string, language: Language): string =>
  [
    `<!doctype html>\n<html lang="${TAGS[language]}"><meta charset="utf-8"><title>${escapeHtml(title)}</title>`,
    `<h1>${escapeHtml(title)}</h1>`,
    body,
    '</html>\n',
  ].join('\n');

const statusText = (type: ProblemType): Message => {
  const [subject = 500, field] = statusesOf(type);
  return field === undefined ? say('page.status', { status: subject }) : say('page.two-statuses', { subject, field });
};

const codePage = (code: ProblemCode, language: Language): string => {
  const type = problemTypes[code];
  return html(
    inWords(say(type.title), language),
    [
      `<p><code>${code}</code> · ${inWords(statusText(type), language)}</p>`,
      `<p>${escapeHtml(inWords(say(type.explanation), language))}</p>`,
      `<p><a href="/problems">${inWords(say('page.all-problems'), language)}</a></p>`,
    ].join('\n'),
    language,
  );
};

const listItem = (code: ProblemCode, language: Language): string =>
  `<li><a href="${typeUri(code)}">${code}</a> ${escapeHtml(inWords(say(problemTypes[code].title), language))}</li>`;

const listPage = (language: Language): string =>
  html(inWords(say('page.problems'), language), `<ul>\n${codes.map((code) => listItem(code, language)).join('\n')}\n</ul>`, language);

type Page = { readonly html: (language: Language) => string; readonly data: (language: Language) => unknown };

const answer = (request: FastifyRequest, reply: FastifyReply, page: Page): FastifyReply => {
  const json = preferred(request.headers.accept, ['text/html', 'application/json', 'application/problem+json']) !== 'text/html';
  const language = languageOf(request);
  reply
    .header('cache-control', 'public, max-age=3600')
    .header('vary', 'accept, accept-language')
    .header('content-language', TAGS[language]);
  return json
    ? reply.type('application/json; charset=utf-8').send(JSON.stringify(page.data(language)))
    : reply.type('text/html; charset=utf-8').send(page.html(language));
};

const LIST: Page = { html: listPage, data: (language) => ({ items: codes.map((code) => describe(code, language)) }) };

const LINKS = { docs: '/docs', openapi: '/openapi.json', problems: '/problems', live: '/health/live', ready: '/health/ready' } as const;

const ROOT: Page = {
  html: (language) => {
    const items = Object.values(LINKS).map((path) => `<li><a href="${path}">${path}</a></li>`);
    return html(inWords(say('page.docs'), language), `<ul>\n${items.join('\n')}\n</ul>`, language);
  },
  data: () => ({ links: LINKS }),
};

export const registerProblemPages = (app: FastifyInstance): void => {
  const open = { config: { access: 'open' }, schema: { hide: true } } as const;
  app.get('/', open, (request, reply) => answer(request, reply, ROOT));
  app.get('/problems', open, (request, reply) => answer(request, reply, LIST));
  app.get<{ Params: { code: string } }>('/problems/:code', open, (request, reply) => {
    const { code } = request.params;
    return isCode(code)
      ? answer(request, reply, { html: (language) => codePage(code, language), data: (language) => describe(code, language) })
      : sendProblem(reply, notFound(say('http.no-problem-called', { code })));
  });
};
