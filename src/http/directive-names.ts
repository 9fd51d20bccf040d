import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { say } from '../messages/message.ts';
import { askedBy, isId, nameSent, putInQuery, travels } from './names-sent.ts';
import { fieldProblem, type Problem } from './problem.ts';

/** Ids of the directives that have a printed number or a title, as known at a position or by now. */
export type DirectivesNamed = (name: string, position?: number) => readonly string[];
/** Whether there is one, as known at a position or by now. */
export type IsDirective = (id: string, position?: number) => boolean | Promise<boolean>;

export type KnownDirectives = { readonly directivesNamed: DirectivesNamed; readonly isDirective: IsDirective };

/** The longest title. */
const LONGEST_NAME = 300;

/** `?directive=`: an id by the time that a route reads it. The document says text, for a printed number or a title does too. */
export const directiveAsked = z.string().min(1).max(LONGEST_NAME);

/** What names nothing is refused: nothing found would look like nothing there. */
export const understoodDirective = async (
  name: string,
  { directivesNamed, isDirective }: KnownDirectives,
  position?: number,
): Promise<string | Problem> => {
  if (isId(name) && (await isDirective(name, position))) return name;
  const [found, ...others] = name.length > LONGEST_NAME ? [] : directivesNamed(name, position);
  if (found === undefined) return fieldProblem('directive-unknown', '/directive', say('http.no-such-directive'));
  if (others.length === 0) return found;
  return fieldProblem('directive-unknown', '/directive', say('http.several-directives', { name, ids: [found, ...others] }));
};

/** People know a document by its number and its title: `?directive=` takes either in place of an id, on every route that has it. */
export const registerDirectiveNames = (app: FastifyInstance, known: KnownDirectives): void => {
  app.addHook('preValidation', async (request) => {
    const asked = askedBy(request, 'directive');
    if (asked !== undefined && asked !== '' && !travels(request)) {
      const directive = await understoodDirective(asked, known);
      if (typeof directive !== 'string') throw directive;
      putInQuery(request, 'directive', directive);
    }
    const sent = nameSent(request, 'directive', '/v1/directives');
    const [directive] = sent === undefined ? [] : known.directivesNamed(sent.name.slice(0, LONGEST_NAME));
    if (sent !== undefined && directive !== undefined)
      throw fieldProblem('invalid-input', sent.pointer, say('http.directive-where-an-id-is-taken', { name: sent.name, directive }));
  });
};
