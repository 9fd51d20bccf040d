import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as plainRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { json } from 'node:stream/consumers';
import type { Credentials } from '@eventstore/db-client';
import { parseConnectionString } from '@eventstore/db-client/dist/Client/parseConnectionString.js';
import { say } from '../../messages/message.ts';
import { Told } from '../../messages/told.ts';

/** The part of a cluster's interface that its client does not cover: JSON over HTTP, at the same addresses. */
export type HttpApi = (
  method: string,
  path: string,
  options?: { readonly body?: object; readonly as?: Credentials },
) => Promise<HttpAnswer>;

export type HttpAnswer = { readonly status: number; readonly body: unknown };

/** No node of the cluster answered. */
export class NoNode extends Told {}

const PATIENCE_MILLIS = 10_000;
const MAX_REDIRECTS = 3;

const isJson = ({ headers }: IncomingMessage): boolean => headers['content-type']?.includes('json') === true;

/**
 * By a connection string that names a user. Any node will do: they pass on to the leader what is for it alone.
 * @throws NoNode
 */
export const httpApi = (url: string): HttpApi => {
  const { hosts, defaultCredentials, tls = true, tlsCAFile } = parseConnectionString(url);
  const ca = tlsCAFile === undefined ? undefined : readFileSync(tlsCAFile);
  const request = tls ? secureRequest : plainRequest;

  const ask = async (
    target: URL,
    method: string,
    body: object | undefined,
    as: Credentials | undefined,
    redirects = 0,
  ): Promise<HttpAnswer> => {
    const options: RequestOptions & { ca?: Buffer } = {
      method,
      signal: AbortSignal.timeout(PATIENCE_MILLIS),
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(as === undefined ? {} : { authorization: `Basic ${Buffer.from(`${as.username}:${as.password}`).toString('base64')}` }),
      },
      ...(ca === undefined ? {} : { ca }),
    };
    const sent = request(target, options);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
    const [response] = (await once(sent, 'response')) as [IncomingMessage]; // what this event carries
    const { statusCode: status = 0, headers } = response;
    if (status === 307 && headers.location !== undefined && redirects < MAX_REDIRECTS) {
      response.resume();
      return ask(new URL(headers.location, target), method, body, as, redirects + 1);
    }
    if (isJson(response)) return { status, body: await json(response) };
    response.resume();
    return { status, body: undefined };
  };

  return async (method, path, { body, as = defaultCredentials } = {}) => {
    const failures: string[] = [];
    for (const { address, port } of hosts)
      try {
        return await ask(new URL(path, `${tls ? 'https' : 'http'}://${address}:${port}`), method, body, as);
      } catch (error) {
        failures.push(`${address}:${port}: ${error instanceof Error ? error.message : String(error)}`);
      }
    throw new NoNode(say('cli.no-node-answers', { failures: { clauses: failures } }));
  };
};
