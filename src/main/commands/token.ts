import { decodeJwt, errors } from 'jose';
import { revoke, type Revocation } from '../../application/revocations.ts';
import { unitCalled } from '../../domain/roster/finding.ts';
import { nameOf } from '../../domain/roster/state.ts';
import { loadLocalKey, mintToken } from '../../http/local-key.ts';
import { tokenId } from '../../http/principal.ts';
import { lastExpiry } from '../../http/token-claims.ts';
import { instantText, systemClock } from '../../kernel/clock.ts';
import { ID_PATTERN } from '../../kernel/ids.ts';
import { meant } from '../../kernel/nearest.ts';
import { parseTtl } from '../../kernel/ttl.ts';
import type { Config } from '../config.ts';
import { registeredUnits } from '../registered-units.ts';
import { tokenRules } from '../token-keys.ts';
import { Failed, options, print, tell, UsageError, type Command } from './kit.ts';
import { say } from '../../messages/message.ts';

const ROLES = ['office', 'unit', 'auditor', 'admin'] as const;

/** A token of a unit that is not registered is good for nothing, and mostly a slip of the pen. */
const checkRegistered = (unit: string, { dataDir }: Config): void => {
  const units = registeredUnits(dataDir);
  const anyway = say('cli.force-anyway');
  if (units === undefined) throw new Failed(say('cli.no-log-yet', { dataDir, anyway }));
  if (units.has(unit)) return;
  const like = unitCalled(units, unit) ?? units.get(meant(unit, units.keys()) ?? '');
  const none = units.size === 0 ? say('cli.none-is-yet') : say('cli.none-is-near');
  const hint = like === undefined ? none : say('cli.nearest-is', { id: like.id, name: nameOf(like) });
  throw new Failed(say('cli.no-unit-registered', { unit, dataDir, hint, anyway }));
};

/** Who gives a name where an id is taken is told the id, as far as the roster knows it. */
const noId = (unit: string, { dataDir }: Config): UsageError => {
  const called = unitCalled(registeredUnits(dataDir) ?? new Map(), unit);
  return new UsageError(called === undefined ? say('cli.unit-is-an-id') : say('cli.unit-is-called', { name: unit, id: called.id }));
};

type Minting = {
  readonly role?: string | undefined;
  readonly unit?: string | undefined;
  readonly sub?: string | undefined;
  readonly ttl?: string | undefined;
  readonly force: boolean;
};

const mint = async ({ role: named, unit, sub, ttl: given = '8h', force }: Minting, config: Config): Promise<void> => {
  const role = ROLES.find((known) => known === named);
  if (role === undefined) throw new UsageError(say('cli.role-is-one-of', { roles: ROLES.join(', ') }));
  if ((role === 'unit') !== (unit !== undefined))
    throw new UsageError(role === 'unit' ? say('cli.unit-is-required') : say('cli.unit-goes-with-role-unit'));
  if (unit !== undefined && !ID_PATTERN.test(unit)) throw noId(unit, config);
  const ttl = parseTtl(given);
  if (ttl === undefined) throw new UsageError(say('cli.ttl-is-a-time'));
  const { maxTtl, issuer, audience } = tokenRules(config);
  if (ttl > maxTtl) throw new UsageError(say('cli.ttl-at-most', { seconds: maxTtl }));
  if (unit !== undefined && !force) checkRegistered(unit, config);
  if (config.authJwks !== undefined) tell(say('cli.local-key-not-believed'));
  print(await mintToken(await loadLocalKey(config.dataDir), { role, unit, sub, ttl, issuer, audience }, systemClock));
};

/** Of a whole token its `jti`; whether the rest of it is true nobody has checked. */
const jtiOf = (text: string): unknown => {
  if (text.split('.').length !== 3) return text;
  try {
    return decodeJwt(text).jti;
  } catch (error) {
    if (error instanceof errors.JOSEError) return text;
    throw error;
  }
};

const withdraw = (text: string, reason: string | undefined, { dataDir }: Config): void => {
  const jti = tokenId.safeParse(jtiOf(text));
  if (!jti.success) throw new UsageError(say('cli.revoke-takes'));
  const now = systemClock.now();
  const revocation: Revocation = {
    jti: jti.data,
    exp: lastExpiry(now.epochMilliseconds),
    reason: reason ?? null,
    by: 'duban token --revoke',
    at: instantText(now),
  };
  if (!revoke(dataDir, revocation)) tell(say('cli.revoked-before', { jti: revocation.jti }));
  print(JSON.stringify({ jti: revocation.jti }));
};

/** Prints the bare JWT and nothing else, or what was revoked. */
export const tokenCommand: Command = async (args, config) => {
  const { values } = options(args, {
    role: { type: 'string' },
    unit: { type: 'string' },
    sub: { type: 'string' },
    ttl: { type: 'string' },
    force: { type: 'boolean', default: false },
    revoke: { type: 'string' },
    reason: { type: 'string' },
  });
  const { revoke: revoked, reason, force, ...minting } = values;
  if (revoked === undefined) {
    if (reason !== undefined) throw new UsageError(say('cli.reason-goes-with-revoke'));
    return mint({ ...minting, force }, config);
  }
  if (force || Object.values(minting).some((value) => value !== undefined)) throw new UsageError(say('cli.revoke-goes-with-reason'));
  return withdraw(revoked, reason, config);
};
