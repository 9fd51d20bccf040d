import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { preferred } from './negotiate.ts';
import { notFound, sendProblem } from './problem.ts';
import { problemTypes, statusesOf, typeUri, type ProblemCode, type ProblemType } from './problems.ts';

/** The pages behind the `type` of every problem. */

const codes = Object.keys(problemTypes) as readonly ProblemCode[]; // the keys of a closed record
const isCode = (text: string): text is ProblemCode => Object.hasOwn(problemTypes, text);

const describe = (code: ProblemCode): Readonly<Record<string, unknown>> => {
  const { title, explanation } = problemTypes[code];
  return { type: typeUri(code), code, title, statuses: statusesOf(problemTypes[code]), explanation };
};

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const html = (title: string, body: string): string =>
  [
    `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title>`,
    `<h1>${escapeHtml(title)}</h1>`,
    body,
    '</html>\n',
  ].join('\n');

const statusText = (type: ProblemType): string => {
  const [subject, field] = statusesOf(type);
  return field === undefined ? `Status ${subject}` : `Status ${subject} where the URL names it, ${field} where a field of the body does`;
};

const codePage = (code: ProblemCode): string => {
  const type = problemTypes[code];
  return html(
    type.title,
    [
      `<p><code>${code}</code> · ${statusText(type)}</p>`,
      `<p>${escapeHtml(type.explanation)}</p>`,
      '<p><a href="/problems">All problems</a></p>',
    ].join('\n'),
  );
};

const listItem = (code: ProblemCode): string => `<li><a href="${typeUri(code)}">${code}</a> ${escapeHtml(problemTypes[code].title)}</li>`;

const listPage = (): string => html('Problems', `<ul>\n${codes.map(listItem).join('\n')}\n</ul>`);

const answer = (request: FastifyRequest, reply: FastifyReply, page: () => string, data: unknown): FastifyReply => {
  const json = preferred(request.headers.accept, ['text/html', 'application/json', 'application/problem+json']) !== 'text/html';
  reply.header('cache-control', 'public, max-age=3600').header('vary', 'accept');
  return json
    ? reply.type('application/json; charset=utf-8').send(JSON.stringify(data))
    : reply.type('text/html; charset=utf-8').send(page());
};

export const registerProblemPages = (app: FastifyInstance): void => {
  const open = { config: { access: 'open' }, schema: { hide: true } } as const;
  app.get('/problems', open, (request, reply) => answer(request, reply, listPage, { items: codes.map(describe) }));
  app.get<{ Params: { code: string } }>('/problems/:code', open, (request, reply) => {
    const { code } = request.params;
    return isCode(code)
      ? answer(request, reply, () => codePage(code), describe(code))
      : sendProblem(reply, notFound(`no problem is called ${code}`));
  });
};
