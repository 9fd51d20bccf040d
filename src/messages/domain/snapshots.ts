import { messages } from '../message.ts';

export const domainSnapshots = messages({
  'snapshots.snapshot-this-id-was-taken': { en: 'a snapshot of this id was taken', zh: '已有此编号的快照' },
});
