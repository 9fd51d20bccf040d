import { messages } from '../message.ts';

export const domainSnapshots = messages({
  'snapshots.sheet': { en: 'Compliance {$period} {$on}', zh: '报送情况 {$period} {$on}' },
  'snapshots.file': { en: 'compliance', zh: '报送情况' },
  'snapshots.snapshot-this-id-was-taken': { en: 'a snapshot of this id was taken', zh: '已有此编号的快照' },
});
