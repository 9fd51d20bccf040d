import { backup } from './backup.ts';
import { clockBack } from './clock-back.ts';
import type { Drill } from './drill.ts';
import { damagedPage } from './damaged-page.ts';
import { fullDisk } from './full-disk.ts';
import { killed } from './killed.ts';
import { readOnly } from './read-only.ts';
import { stopped } from './stopped.ts';
import { tornWal } from './torn-wal.ts';
import { twoProcesses } from './two-processes.ts';

export const drills: readonly Drill[] = [killed, stopped, fullDisk, readOnly, tornWal, damagedPage, twoProcesses, clockBack, backup];
