import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { FILE_TYPES, type FileKind } from '../publishing/file-types.ts';
import type { Names } from '../publishing/sheets/sheet.ts';
import { savedAs } from './attachment-name.ts';
import { preferred, type Language } from './negotiate.ts';
import { problem } from './problem.ts';
import type { Reading } from './reading.ts';
import type { FixedBasis } from './time-travel.ts';
import { TAGS } from '../messages/language.ts';
import { say } from '../messages/message.ts';
import { wording } from '../messages/standing.ts';

/** What a read gives beside JSON: files for people, chosen by `Accept` or `?format=`, in their language. */

export type { FileKind };

const isFileKind = (name: string): name is FileKind => Object.hasOwn(FILE_TYPES, name);
const kindsOf = (formats: object): readonly FileKind[] => Object.keys(formats).filter(isFileKind);

/** The kind of file that was asked for, or JSON. */
export type Chosen = FileKind | 'json';

const JSON_MEDIA_TYPE = 'application/json';

export const mediaTypeOf = (chosen: Chosen): string => (chosen === 'json' ? JSON_MEDIA_TYPE : FILE_TYPES[chosen]);

/** With the character set, where it is text. */
export const contentTypeOf = (kind: FileKind): string =>
  FILE_TYPES[kind].startsWith('text/') ? `${FILE_TYPES[kind]}; charset=utf-8` : FILE_TYPES[kind];

/** The parameter of a route that gives these files. */
export const formatParameter = (formats: object): z.ZodRawShape => {
  const kinds = kindsOf(formats);
  return kinds.length === 0
    ? {}
    : {
        format: z
          .enum(['json', ...kinds])
          .optional()
          .describe(wording('http.form-answer-more-than-accept-says')),
      };
};

/** How a route's answer is described where it gives these files. */
export const fileAnswers = (formats: object): Readonly<Record<string, { readonly schema: z.ZodType }>> =>
  Object.fromEntries(kindsOf(formats).map((kind) => [FILE_TYPES[kind], { schema: z.string() }]));

/**
 * @throws Problem  406, where it is given in no form that `Accept` takes
 */
export const chosenFrom = (formats: object, request: FastifyRequest, format: Chosen | undefined): Chosen => {
  if (format !== undefined) return format;
  const kinds: readonly Chosen[] = ['json', ...kindsOf(formats)];
  const type = preferred(request.headers.accept, kinds.map(mediaTypeOf));
  const chosen = kinds.find((kind) => mediaTypeOf(kind) === type);
  if (chosen === undefined) throw problem('not-acceptable', say('http.this-given-as', { kinds: { anyOf: kinds.map(mediaTypeOf) } }));
  return chosen;
};

/** The content of a file, and what its tag is made of where its bytes differ although it says the same. */
export type FileContent = { readonly bytes: string | Uint8Array | Readable; readonly content?: string };

/** What a file is written for. */
export type FileCall = Pick<Reading, 'principal'> & { readonly about: FixedBasis; readonly language: Language; readonly names: Names };

/** A file for people, written from the answer's body. */
export type FileFormat<Body> = {
  readonly write: (body: Body, call: FileCall) => FileContent | Promise<FileContent>;
  /** What it is saved as; in English in ASCII. */
  readonly fileName: (body: Body, about: FixedBasis, language: Language) => string;
  /** Shown in the browser instead of saved. */
  readonly inline?: true;
};
export type FileFormats<Body> = Partial<Readonly<Record<FileKind, FileFormat<Body>>>>;

/** Says in the answer's head what its file is called and in which language it is. */
export const nameFile = ({ reply, language = 'en' }: Reading, nameIn: (language: Language) => string, isInline = false): void => {
  const disposition = savedAs(nameIn('en'), nameIn(language));
  reply
    .header('content-language', TAGS[language])
    .header('content-disposition', isInline ? disposition.replace(/^attachment/u, 'inline') : disposition);
  // What is shown in the browser brings its own layout, and nothing else.
  if (isInline) reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
};
