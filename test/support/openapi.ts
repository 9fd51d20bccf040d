import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answer, Headers, World } from './app.ts';

/** The OpenAPI document as tests read it, and what is wrong with an answer by it. */

export type Schema = { readonly [member: string]: unknown };
export type Parameter = {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
  readonly description?: string;
  readonly example?: unknown;
};
type Response = { readonly $ref?: string; readonly content?: Readonly<Record<string, { readonly schema: Schema }>> };
export type Operation = {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example?: object | string }>>;
  };
  readonly 'x-roles': readonly string[];
  readonly 'x-sent-as'?: string;
  readonly responses: Readonly<Record<string, Response>>;
};
export type Document = {
  readonly tags?: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

export const documentOf = async (world: World): Promise<Document> => (await world.nobody.get<Document>('/openapi.json')).body;

const escaped = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** What is wrong with an answer by the document; undefined where nothing is. */
export type MismatchOf = (method: string, path: string, answer: Answer) => string | undefined;

export const mismatchBy = (document: Document): MismatchOf => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'openapi.json');
  const compiled = new Map<string, ValidateFunction>();
  const validatorOf = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `openapi.json#${pointer}` });
    compiled.set(pointer, known);
    return known;
  };
  return (method, path, { status, headers, text, body }) => {
    const response = document.paths[path]?.[method.toLowerCase()]?.responses[String(status)];
    if (response === undefined) return `${status} is not documented: ${text.slice(0, 300)}`;
    const shared = response.$ref?.slice('#/components/responses/'.length);
    const { content } = shared === undefined ? response : { ...(document.components['responses']?.[shared] as Response | undefined) };
    if (content === undefined) return text === '' ? undefined : `${status} has a body, and none is documented`;
    const type = headers['content-type']?.split(';', 1)[0] ?? '';
    if (content[type] === undefined) return `${status} as ${type} is not documented`;
    if (!/^application\/(?:problem\+)?json$/u.test(type)) return undefined;
    const where =
      shared === undefined ? `/paths/${escaped(path)}/${method.toLowerCase()}/responses/${status}` : `/components/responses/${shared}`;
    const validate = validatorOf(`${where}/content/${escaped(type)}/schema`);
    return validate(body) ? undefined : `${status}: ${ajv.errorsText(validate.errors)}`;
  };
};

/** The request that an operation shows as its example. */
export type ExampleRequest = { readonly url: string; readonly headers: Headers; readonly body: string | undefined };

export const exampleOf = (path: string, { parameters = [], requestBody }: Operation): ExampleRequest => {
  const given = parameters.filter(({ example }) => example !== undefined);
  const url = given
    .filter((each) => each.in === 'path')
    .reduce((filled, { name, example }) => filled.replace(`{${name}}`, encodeURIComponent(String(example))), path);
  const query = new URLSearchParams(given.filter((each) => each.in === 'query').map(({ name, example }) => [name, String(example)]));
  const headers = Object.fromEntries(given.filter((each) => each.in === 'header').map(({ name, example }) => [name, String(example)]));
  const [type, media] = Object.entries(requestBody?.content ?? {}).find(([, content]) => content.example !== undefined) ?? [];
  return {
    url: query.size === 0 ? url : `${url}?${query.toString()}`,
    headers: { ...headers, ...(type === undefined ? {} : { 'content-type': type }) },
    body: typeof media?.example === 'string' || media?.example === undefined ? media?.example : JSON.stringify(media.example),
  };
};
