import { systemClock } from '../../kernel/clock.ts';
import { ID_PATTERN } from '../../kernel/ids.ts';
import { loadLocalKey, mintToken, parseTtl } from '../../http/local-key.ts';
import { options, print, UsageError, type Command } from './kit.ts';

const ROLES = ['office', 'unit', 'auditor', 'admin'] as const;

/** Prints the bare JWT and nothing else. */
export const tokenCommand: Command = async (args, config) => {
  const { values } = options(args, {
    role: { type: 'string' },
    unit: { type: 'string' },
    sub: { type: 'string' },
    ttl: { type: 'string', default: '8h' },
  });
  const role = ROLES.find((known) => known === values.role);
  if (role === undefined) throw new UsageError(`--role must be one of ${ROLES.join(', ')}`);
  if ((role === 'unit') !== (values.unit !== undefined))
    throw new UsageError(role === 'unit' ? '--unit is required for role unit' : '--unit goes with role unit');
  if (values.unit !== undefined && !ID_PATTERN.test(values.unit)) throw new UsageError('--unit must be the id of a unit');
  const ttl = parseTtl(values.ttl);
  if (ttl === undefined) throw new UsageError('--ttl must be a time such as 30m, 8h or 7d');
  print(await mintToken(await loadLocalKey(config.dataDir), { role, unit: values.unit, sub: values.sub, ttl }, systemClock));
};
