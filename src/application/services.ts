import type { AttachmentStore } from './attachments.ts';
import type { Citations } from './citations.ts';
import type { DubanEvent } from '../domain/catalogue.ts';
import type { Handler } from './handler.ts';
import type { Behind } from '../kernel/measure.ts';
import type { Knowledge } from './knowledge.ts';
import type { Commits } from './imports/commits.ts';
import type { Imports } from './imports/imports.ts';
import type { Reissues } from './imports/reissue.ts';
import type { ReadingPool } from './imports/reading-pool.ts';
import type { LetterTemplate } from './notices/letter.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CheckpointStore } from '../ledger/checkpoint-store.ts';
import type { Views } from '../projecting/views.ts';
import type { EventStore } from '../store/event-store.ts';
import type { PersonalData } from './personal-data.ts';
import type { Revocations } from './revocations.ts';
import type { Reminders } from './reminders/remind.ts';
import type { Subscriptions } from './subscriptions/subscriptions.ts';
import type { TaskReader } from './tasks/read.ts';
import type { SightOf } from './visibility.ts';
import type { Text } from '../messages/message.ts';

/** What the routes of the features work with. */
export type Services = {
  readonly handler: Handler<DubanEvent>;
  readonly store: EventStore;
  readonly views: Views;
  readonly knowledge: Knowledge;
  /** What a reader may see. */
  readonly sightOf: SightOf;
  readonly tasks: TaskReader;
  readonly attachments: AttachmentStore;
  readonly citations: Citations;
  readonly imports: Imports;
  readonly commits: Commits;
  /** Other editions of documents in force. */
  readonly reissues: Reissues;
  /** What is held apart from the log. */
  readonly personal: PersonalData;
  /** Reads a file in a thread of its own. */
  readonly readSource: ReadingPool['source'];
  readonly revocations: Revocations;
  readonly ledger: Ledger;
  readonly checkpointStore: CheckpointStore;
  /** Whether this process alone adds to the log, so that its end here is its end. */
  readonly singleWriter: boolean;
  /** Why the present cannot be read yet; undefined where it can. */
  readonly behind: () => Behind | undefined;
  /** Why this machine's clock is not to be believed; undefined where it may be. */
  readonly clockFault: () => Text | undefined;
  readonly reminders: Reminders;
  /** Who is told of what is recorded. */
  readonly subscriptions: Subscriptions;
  /** The words of its circulation notices. */
  readonly letterTemplate: LetterTemplate;
  /** The office's zone, where a directive does not say its own. */
  readonly timeZone: string;
};
