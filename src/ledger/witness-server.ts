import { fastify, type FastifyInstance } from 'fastify';
import type { Clock } from '../kernel/clock.ts';
import {
  cosign,
  cosigner,
  decideAddCheckpoint,
  parseAddCheckpoint,
  refusalAnswer,
  verifierOf,
  type NoteKey,
  type Policy,
  type Verifier,
  type WitnessRefusal,
} from '../tlog/index.ts';
import { monitoringPath } from './witness-client.ts';
import type { WitnessBook } from './witness-book.ts';

/**
 * A witness (C2SP tlog-witness): cosigns checkpoints of the logs it knows, as long as each is consistent with the last.
 * `POST add-checkpoint`, and `GET <hex SHA-256 of the origin>/checkpoint` for who wants to see what it has cosigned.
 */

/** A note of 1 MiB and a proof of 63 lines. */
const BODY_LIMIT = 1024 * 1024 + 8192;
const TEXT = 'text/plain; charset=utf-8';

type Answer = { readonly status: number; readonly type: string; readonly body: string };

const refused = (refusal: WitnessRefusal): Answer => {
  const { contentType: type, body } = refusalAnswer(refusal);
  return { status: refusal.status, type, body };
};

/** A log may have several keys, while one follows another. */
const verifiersByOrigin = ({ logs }: Policy): ReadonlyMap<string, readonly Verifier[]> => {
  const grouped = Map.groupBy(logs, ({ key }) => key.name);
  return new Map([...grouped].map(([origin, known]) => [origin, known.map(({ key }) => verifierOf(key))]));
};

export const buildWitness = (options: {
  readonly key: NoteKey;
  readonly logs: Policy;
  readonly book: WitnessBook;
  readonly clock: Clock;
}): FastifyInstance => {
  const { key, logs, book, clock } = options;
  const verifiers = verifiersByOrigin(logs);
  const app = fastify({ bodyLimit: BODY_LIMIT });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  const addCheckpoint = (body: Buffer): Answer => {
    const request = parseAddCheckpoint(body);
    if (!request.ok) return refused({ status: 400, reason: request.reason });
    const { origin } = request.value.checkpoint;
    return book.decide<Answer>(origin, (state) => {
      const decision = decideAddCheckpoint(request.value, verifiers.get(origin), state);
      if (decision.status !== 200) return { answer: refused(decision) };
      const seconds = Math.floor(clock.now().epochMilliseconds / 1000);
      const { lines, note } = cosign(decision, [cosigner(key, seconds)]);
      return { answer: { status: 200, type: TEXT, body: lines }, keep: { state: decision.state, note } };
    });
  };

  app.post('/add-checkpoint', (request, reply) => {
    const { status, type, body } = addCheckpoint(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
    return reply.code(status).type(type).send(body);
  });
  for (const origin of verifiers.keys())
    app.get(`/${monitoringPath(origin)}`, (_request, reply) => {
      const note = book.note(origin);
      return note === undefined
        ? reply.code(404).type(TEXT).send('no checkpoint of this log was cosigned yet\n')
        : reply.type(TEXT).send(Buffer.from(note));
    });
  return app;
};
