import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { say } from '../messages/message.ts';
import { wording } from '../messages/standing.ts';
import { askedBy, isId, nameSent, putInQuery } from './names-sent.ts';
import { fieldProblem, type Problem } from './problem.ts';

/** Ids of the directives that have a printed number or a title. */
export type DirectivesNamed = (name: string) => readonly string[];
export type IsDirective = (id: string) => boolean | Promise<boolean>;

type Known = { readonly directivesNamed: DirectivesNamed; readonly isDirective: IsDirective };

/** The longest title. */
const LONGEST_NAME = 300;

/** `?directive=`: an id by the time that a route reads it. The document says text, for a printed number or a title does too. */
export const directiveAsked = z.string().min(1).max(LONGEST_NAME).refine(isId, wording('http.no-such-directive'));

/** What names nothing is refused: nothing found would look like nothing there. */
const understood = async (name: string, { directivesNamed, isDirective }: Known): Promise<string | Problem> => {
  if (isId(name) && (await isDirective(name))) return name;
  const [found, ...others] = name.length > LONGEST_NAME ? [] : directivesNamed(name);
  if (found === undefined) return fieldProblem('directive-unknown', '/directive', say('http.no-such-directive'));
  if (others.length === 0) return found;
  return fieldProblem('directive-unknown', '/directive', say('http.several-directives', { name, ids: [found, ...others] }));
};

/** People know a document by its number and its title: `?directive=` takes either in place of an id, on every route that has it. */
export const registerDirectiveNames = (app: FastifyInstance, known: Known): void => {
  app.addHook('preValidation', async (request) => {
    const asked = askedBy(request, 'directive');
    if (asked !== undefined && asked !== '') {
      const directive = await understood(asked, known);
      if (typeof directive !== 'string') throw directive;
      putInQuery(request, 'directive', directive);
    }
    const sent = nameSent(request, 'directive', '/v1/directives');
    const [directive] = sent === undefined ? [] : known.directivesNamed(sent.name.slice(0, LONGEST_NAME));
    if (sent !== undefined && directive !== undefined)
      throw fieldProblem('invalid-input', sent.pointer, say('http.directive-where-an-id-is-taken', { name: sent.name, directive }));
  });
};
