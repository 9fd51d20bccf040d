import { z } from 'zod';
import { anyFile, orRowFile, plainText, withFiles, withRowFiles } from './bodies.ts';
import { withCommonFields, type CommandBody } from './command-body.ts';
import type { Kit } from './kit.ts';
import { commonFields, type OnBehalfOf } from './on-behalf-of.ts';
import { OF_COMMANDS } from './route-problems.ts';
import { jsonAnswer, noFields, register, type NoFields } from './route.ts';
import { wording } from '../messages/standing.ts';
import type { CommandSpec } from './command-spec.ts';
import { commandAnswer } from './command-answer.ts';
import { commandHandler } from './command-handler.ts';

/** Registers a command. */
export const command = <
  Party extends OnBehalfOf,
  Params extends z.ZodObject = NoFields,
  Query extends z.ZodObject = NoFields,
  Body extends CommandBody = NoFields,
  More extends z.ZodObject = NoFields,
>(
  kit: Kit,
  spec: CommandSpec<Params, Query, Body, Party, More>,
): void => {
  const { schema: inJson, added } = withCommonFields(spec.url, spec.body ?? noFields, spec.onBehalfOf);
  const schema = spec.runFile === undefined ? inJson : orRowFile(inJson);
  const besideFile = spec.runFile === undefined ? [] : Object.keys(commonFields[spec.onBehalfOf]);
  const answer = spec.more === undefined ? commandAnswer : commandAnswer.extend(spec.more.shape);

  const matches = spec.ifMatch !== 'none';
  const route: Parameters<typeof register>[1] = {
    ...spec,
    ...(spec.runFile === undefined ? {} : { query: (spec.query ?? noFields).extend(commonFields[spec.onBehalfOf]) }),
    access: spec.roles,
    body: schema,
    answers: {
      200: jsonAnswer(
        wording('http.done-before-or-nothing-to-change'),
        spec.preview === undefined ? answer : z.union([answer, spec.preview]),
      ),
      201: jsonAnswer('Recorded.', answer),
    },
    problems: [
      ...OF_COMMANDS,
      ...(spec.onBehalfOf === 'unit' ? (['unit-missing'] as const) : []),
      ...(spec.ifMatch === 'required' ? (['precondition-required'] as const) : []),
      ...(matches ? (['not-found'] as const) : []),
    ],
    notes: {
      parameters: [
        'IdempotencyKey',
        ...(matches ? [spec.ifMatch === 'required' ? ('IfMatchRequired' as const) : ('IfMatch' as const)] : []),
      ],
      headers: { ETag: 'ETag', Location: 'Location' },
      bodyOptional: schema !== plainText && schema !== anyFile && schema.safeParse({}).success,
    },
    handler: commandHandler(kit, spec, { added, besideFile, answer }),
  };
  if (spec.runFile !== undefined) withRowFiles(kit.app, (app) => register({ ...kit, app }, route));
  else if (schema === anyFile) withFiles(kit.app, (app) => register({ ...kit, app }, route));
  else register(kit, route);
};
