import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { cleanJson, type Json } from '../kernel/json.ts';
import { duplicateMember } from './duplicate-members.ts';
import { beyondBounds, type JsonBounds } from './limits/json-bounds.ts';
import { DEFAULT_LIMITS } from './limits/limits.ts';
import { invalidInput, problem, Problem } from './problem.ts';
import { say, type Message } from '../messages/message.ts';

/** How bodies become values: bytes → JSON without surprises → text in NFC. What a route makes of it is its schema. */

/** The body of a route that takes the bytes of a text/plain document, untouched. */
export const plainText = z.custom<Buffer>((value) => Buffer.isBuffer(value)).meta({ type: 'string' });

/** The body of a route that takes a file of any type: its bytes, whatever the sender calls them. */
export const anyFile = z.custom<Buffer>((value) => Buffer.isBuffer(value)).meta({ type: 'string', format: 'binary' });

/** What a file may be called; the type is only a hint. */
export const FILE_TYPES = [
  'application/octet-stream',
  'text/plain',
  'text/csv',
  'text/html',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
] as const;

/** Files that hold the rows of a table. */
export const ROW_FILE_TYPES = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] as const;

/** What a file of rows may have in bytes. */
const ROW_FILE_LIMIT = 4 * 1024 * 1024;

/** The body of a route that takes an object, or a file whose rows say the same of many things. */
export const orRowFile = (schema: z.ZodType) => z.union([schema, anyFile]);
const isOrRowFile = (schema: z.ZodType): schema is ReturnType<typeof orRowFile> =>
  schema instanceof z.ZodUnion && schema.options.includes(anyFile);
/** The schema of the object, where the route takes a file as well. */
export const besideRowFile = (schema: z.ZodType): z.ZodType | undefined => (isOrRowFile(schema) ? schema.options[0] : undefined);

/** The body of a route that takes bytes as they come, application/octet-stream. The route counts them. */
export const byteStream = z.custom<Readable>((value) => value instanceof Readable).meta({ type: 'string', format: 'binary' });

export const OCTET_STREAM = 'application/octet-stream';

/**
 * A part of the application whose routes get octet streams unread. Elsewhere the type stays unsupported: a route that
 * expects JSON must never be handed a stream.
 */
export const withByteStreams = (app: FastifyInstance, routes: (scope: FastifyInstance) => void): void => {
  void app.register((scope, _options, done) => {
    scope.addContentTypeParser(OCTET_STREAM, (_request, payload, parsed) => {
      parsed(null, payload);
    });
    routes(scope);
    done();
  });
};

/** A part of the application whose routes get the bytes of a file, of whatever media type, or of none. */
export const withFiles = (app: FastifyInstance, routes: (scope: FastifyInstance) => void): void => {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (request, bytes: Buffer, parsed) => {
      settle(parsed, () => {
        refuseCodings(request, false);
        return bytes;
      });
    });
    routes(scope);
    done();
  });
};

/** A part of the application whose routes get JSON as elsewhere, and the bytes of files of rows. */
export const withRowFiles = (app: FastifyInstance, routes: (scope: FastifyInstance) => void): void => {
  void app.register((scope, _options, done) => {
    for (const type of ROW_FILE_TYPES) {
      scope.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: ROW_FILE_LIMIT }, (request, bytes: Buffer, parsed) => {
        settle(parsed, () => {
          refuseCodings(request, false);
          return bytes;
        });
      });
    }
    routes(scope);
    done();
  });
};

/** Some programs put one before all that they write; a reader may pass over it (RFC 8259 §8.1). */
const BYTE_ORDER_MARK = /^\uFEFF/u;

/** The clean value of a JSON body, undefined where there is none. Throws `Problem`. */
export const jsonOf = (bytes: Buffer, bounds: JsonBounds = DEFAULT_LIMITS): Json | undefined => {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw problem('malformed-json', say('http.body-not-valid-utf-8'));
  const text = bytes.toString('utf8').replace(BYTE_ORDER_MARK, '');
  if (text === '') return undefined;
  const beyond = beyondBounds(text, bounds);
  if (beyond !== undefined) throw invalidInput([{ pointer: '', message: beyond }]);
  const value = parsed(text);
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw invalidInput([{ pointer: '', message: say('http.must-be-json-object') }]);
  const twice = duplicateMember(text);
  if (twice !== undefined) throw invalidInput([{ pointer: twice, message: say('http.stands-twice-in-object') }]);
  const clean = cleanJson(value);
  if (!clean.ok) throw invalidInput(clean.faults);
  return clean.value;
};

const POSITION = /\s*(?:in JSON )?at position (\d+).*$/u;

/** What the parser says is English. Of most faults it names the place; of the others it quotes what stands around. */
const notJson = (text: string, why: string): Message => {
  const position = POSITION.exec(why)?.[1];
  if (position === undefined) return say(why.startsWith('Unexpected end') ? 'http.body-ends-early' : 'http.body-not-json', { why });
  const lines = text.slice(0, Number(position)).split('\n');
  const character = Array.from(lines.at(-1) ?? '').length + 1;
  return say('http.body-not-json-at', { line: lines.length, character, why: why.replace(POSITION, '') });
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw problem('malformed-json', notJson(text, error instanceof Error ? error.message : String(error)));
  }
};

const CHARSET = /;\s*charset\s*=\s*"?([^";\s]+)/iu;

/** A JSON body has no other encoding than UTF-8 (RFC 8259 §8.1), and no content coding is undone here. */
const refuseCodings = ({ headers }: FastifyRequest, json: boolean): void => {
  const coding = headers['content-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'identity')
    throw problem('unsupported-media-type', say('http.content-coding-not-supported', { coding }), {
      headers: { 'accept-encoding': 'identity' },
    });
  const charset = json ? CHARSET.exec(headers['content-type'] ?? '')?.[1] : undefined;
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8')
    throw problem('unsupported-media-type', say('http.json-in-not-supported-send-utf', { charset }));
};

type Done = (error: Error | null, body?: unknown) => void;

const settle = (done: Done, read: () => unknown): void => {
  let body: unknown;
  try {
    body = read();
  } catch (error) {
    done(error instanceof Problem ? error : new Error('unreadable body', { cause: error }));
    return;
  }
  done(null, body);
};

export const registerBodies = (app: FastifyInstance, bounds: JsonBounds): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    settle(done, () => {
      if (request.is404) return undefined; // the answer is 404 or 405, whatever the body
      refuseCodings(request, true);
      return jsonOf(bytes, bounds);
    });
  });
  app.addContentTypeParser('text/plain', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    settle(done, () => {
      refuseCodings(request, false);
      return bytes;
    });
  });
  // An empty body has no media type to object to: `curl -d ''` announces a form and sends nothing.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    settle(done, () => {
      if (bytes.length === 0 || request.is404) return undefined;
      throw problem(
        'unsupported-media-type',
        say('http.not-supported-here', { headers: request.headers['content-type'] ?? say('http.body-without-media-type') }),
      );
    });
  });
};
