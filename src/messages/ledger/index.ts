import { ledgerTrouble } from './trouble.ts';

/** Why the ledger does not sign, and what to do about it. */
export const ledger = { ...ledgerTrouble };
