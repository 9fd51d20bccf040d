import { test } from 'tap';
import { recorded } from './ten-minutes.ts';
import { missing } from './transcript.ts';

const program = missing();
const skip = program === undefined ? false : `${program} is not here; Debian’s package of that name has it`;

await test(
  'what the ten minutes of docs/documents.md show is what the commands answer (`npm run docs:documents` writes it)',
  { skip },
  async (t) => {
    const { page, now } = await recorded();
    t.equal(now, page);
    t.match(now, /^# \{"directive":"qingzhengban-2024-6"/mu, 'and it comes to a directive');
  },
);
