import type { Clock } from '../../src/kernel/clock.ts';
import { appendingContract } from './appending.ts';
import { contractFor, type ContractOptions, type StoreUnderTest } from './harness.ts';
import { readingContract } from './reading.ts';
import { subscribingContract } from './subscribing.ts';

export { checkLinks, eventually, type ContractOptions, type StoreUnderTest } from './harness.ts';

/**
 * What every store must do, stated once and run against each. The log need not be empty: everything is said
 * relative to its head when a test begins, and every test uses streams of its own. Nobody else may append meanwhile.
 */
export const storeContract = (name: string, makeStore: (clock: Clock) => Promise<StoreUnderTest>, options: ContractOptions = {}): void => {
  const contract = contractFor(name, makeStore, options);
  appendingContract(contract);
  readingContract(contract);
  subscribingContract(contract);
};
