import { startDouble } from '../support/eventstoredb-double.ts';

/** A double in a process of its own: it tells its connection string, and ends with whoever started it. */

const { url } = await startDouble();
process.send?.({ url });
process.once('disconnect', () => process.exit());
