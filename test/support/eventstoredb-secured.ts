import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { json } from 'node:stream/consumers';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { startDouble, type Double } from './eventstoredb-double.ts';
import type { Act } from './eventstoredb-double/faults.ts';
import { userIn } from './eventstoredb-double/wire.ts';

/**
 * A double behind TLS, with users and access rules, and the users' HTTP interface at the same port as a node has it.
 * What it answers was seen of a real server, 24.6.0.
 */
export type Secured = {
  readonly double: Double;
  readonly url: (name: string, password: string) => string;
  readonly users: ReadonlyMap<string, User>;
  readonly addUser: (name: string, user: User) => void;
  readonly close: () => void;
};

export type User = { readonly password: string; readonly groups: readonly string[]; readonly disabled: boolean };

const tlsFile = (name: string): string => fileURLToPath(new URL(`tls/${name}`, import.meta.url));

const ADMIN: User = { password: 'changeit', groups: ['$admins'], disabled: false };
const EVERYBODY = '$all';
const ADMINS = '$admins';

type Acl = Readonly<Record<'$r' | '$w' | '$d' | '$mr' | '$mw', string | readonly string[]>>;
type Rules = { readonly $userStreamAcl: Acl; readonly $systemStreamAcl: Acl };

const sameFor = (roles: string): Acl => ({ $r: roles, $w: roles, $d: roles, $mr: roles, $mw: roles });
const DELIVERED: Rules = { $userStreamAcl: sameFor(EVERYBODY), $systemStreamAcl: sameFor(ADMINS) };

const rightOf = { append: '$w', read: '$r', delete: '$d', metadata: '$mw' } as const;

export const startSecured = async (): Promise<Secured> => {
  const double = await startDouble();
  const users = new Map<string, User>([['admin', ADMIN]]);

  const known = (named: Act['user']): User | undefined => {
    const user = users.get(named?.name ?? '');
    return user !== undefined && user.password === named?.password && !user.disabled ? user : undefined;
  };
  const rules = (): Rules => {
    const held = double.log.readStream('$settings', 'end', 'backwards', 1);
    return typeof held === 'string' || held[0] === undefined
      ? DELIVERED
      : (JSON.parse(Buffer.from(held[0].data).toString('utf8')) as Rules); // as the test wrote it
  };
  double.node.faults.access = ({ act, stream, user: named }) => {
    if (named === undefined) return 'denied';
    const user = known(named);
    if (user === undefined) return 'unknown-user';
    if (user.groups.includes(ADMINS)) return 'allowed';
    const subject = stream?.replace(/^\$\$/u, '');
    const acl = subject === undefined || subject.startsWith('$') ? rules().$systemStreamAcl : rules().$userStreamAcl;
    const roles = [acl[rightOf[act]]].flat();
    return [EVERYBODY, named.name, ...user.groups].some((role) => roles.includes(role)) ? 'allowed' : 'denied';
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = (status: number, body?: object): void => {
      response.writeHead(status, body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    const [, login = '', command] = /^\/users\/([^/]*)(?:\/command\/([a-z-]+))?$/u.exec(decodeURIComponent(request.url ?? '')) ?? [];
    // JSON of an object, or the test fails.
    const body = request.method === 'GET' || command === 'enable' ? {} : ((await json(request)) as Readonly<Record<string, unknown>>);
    const caller = userIn(request.headers.authorization);
    const user = known(caller);
    if (user === undefined) return answer(401);
    const name = login === '$current' ? (caller?.name ?? '') : login;
    if (login !== '$current' && !user.groups.includes(ADMINS)) return answer(401);
    const subject = users.get(name);
    const change = (changed: Partial<User>): void => {
      users.set(name, { ...(subject ?? ADMIN), ...changed });
      answer(200, { success: true, loginName: name });
    };
    // The casts are the fields of the interface.
    if (request.method === 'POST' && login === '') {
      users.set(body['loginName'] as string, { password: body['password'] as string, groups: body['groups'] as string[], disabled: false });
      return answer(201, { success: true, loginName: body['loginName'] });
    }
    if (subject === undefined) return answer(404, { data: null, success: false, error: 'NotFound' });
    if (request.method === 'GET')
      return answer(200, {
        data: { loginName: name, fullName: name, groups: subject.groups, disabled: subject.disabled },
        success: true,
        error: 'Success',
      });
    if (request.method === 'PUT') return change({ groups: body['groups'] as string[] });
    if (command === 'enable') return change({ disabled: false });
    return change({ password: body['newPassword'] as string });
  };

  const http = createServer((request, response) => void serve(request, response));
  const sockets = new Set<TLSSocket>();
  const front = createTlsServer(
    { key: readFileSync(tlsFile('node.key')), cert: readFileSync(tlsFile('node.crt')), ALPNProtocols: ['h2', 'http/1.1'] },
    (socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
      if (socket.alpnProtocol !== 'h2') {
        http.emit('connection', socket);
        return;
      }
      const node = connect(double.node.port(), '127.0.0.1');
      node.on('error', () => socket.destroy());
      socket.on('close', () => node.destroy());
      socket.pipe(node).pipe(socket);
    },
  );
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  const address = front.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    double,
    url: (name, password) => `esdb://${name}:${password}@localhost:${port}?tls=true&tlsCAFile=${tlsFile('ca.crt')}`,
    users,
    addUser: (name, user) => users.set(name, user),
    close: () => {
      front.close();
      for (const socket of sockets) socket.destroy();
      double.close();
    },
  };
};
