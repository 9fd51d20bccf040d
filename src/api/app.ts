import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { civilDate } from '../kernel/calendar.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Ids } from '../kernel/ids.ts';
import { namesAt } from './shared/names.ts';
import { logRoutes } from './log/routes.ts';
import { attachmentRoutes } from './attachments/routes.ts';
import { reminderLetterRoute } from './compliance/reminder-letter.ts';
import { deadlineRoutes } from './compliance/deadline-routes.ts';
import { complianceRoutes } from './compliance/routes.ts';
import { progressRoutes } from './progress/routes.ts';
import { briefingRoute } from './directives/briefing.ts';
import { ledgerRoute } from './directives/ledger.ts';
import { directiveRoutes } from './directives/routes.ts';
import { documentation } from './documentation/index.ts';
import type { Auth } from '../http/auth.ts';
import { createKit } from '../http/kit.ts';
import type { Limits } from '../http/limits/limits.ts';
import type { Language } from '../messages/language.ts';
import type { Measure, Readiness } from '../kernel/measure.ts';
import { importRoutes as directImportRoutes } from './directives/import-routes.ts';
import { importRoutes } from './imports/routes.ts';
import { inspectionRoutes } from './inspections/routes.ts';
import { ledgerRoutes } from './ledger/routes.ts';
import { noticeRoutes } from './notices/routes.ts';
import { reminderRoutes } from './reminders/routes.ts';
import { registerRoutes } from './registers/routes.ts';
import { personalRoutes } from './personal/routes.ts';
import { returnRoutes } from './returns/routes.ts';
import { rosterRoutes } from './roster/routes.ts';
import { unitCalled } from '../domain/roster/finding.ts';
import { ROSTER_STREAM, rosterFolding, successorOn } from '../domain/roster/state.ts';
import { directiveFolding, directiveStream } from '../domain/directives/state.ts';
import type { Services } from '../application/services.ts';
import { subscriptionRoutes } from './subscriptions/routes.ts';
import { snapshotRoutes } from './snapshots/routes.ts';
import { taskRoutes } from './tasks/routes.ts';
import { tokenRoutes } from './tokens/routes.ts';

export type AppOptions = {
  readonly services: Services;
  readonly auth: Auth;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly readiness: () => Readiness;
  readonly measures?: readonly Measure[];
  readonly logger?: FastifyBaseLogger;
  /** Of answers to who names no language; English unless given. */
  readonly language?: Language | undefined;
  /** Bytes. */
  readonly bodyLimit?: number | undefined;
  /** What one client may take; the defaults unless given. */
  readonly limits?: Limits;
  /** Every answer is held to its schema: for tests. */
  readonly checkResponses?: boolean;
};

/** Each adds the calls of its feature. */
const features = [
  rosterRoutes,
  directiveRoutes,
  ledgerRoute,
  briefingRoute,
  directImportRoutes,
  importRoutes,
  taskRoutes,
  returnRoutes,
  complianceRoutes,
  deadlineRoutes,
  reminderLetterRoute,
  progressRoutes,
  snapshotRoutes,
  noticeRoutes,
  inspectionRoutes,
  registerRoutes,
  attachmentRoutes,
  logRoutes,
  ledgerRoutes,
  tokenRoutes,
  personalRoutes,
  subscriptionRoutes,
  reminderRoutes,
];

/** The HTTP application over services that are open already; it reads no environment and keeps no globals. */
export const buildApp = async (options: AppOptions): Promise<FastifyInstance> => {
  const { services, bodyLimit, language = 'en', ...rest } = options;
  const kit = await createKit({
    ...rest,
    documentation,
    language,
    log: services.store,
    views: services.views,
    timeZone: services.timeZone,
    hold: services.personal.hold,
    singleWriter: services.singleWriter,
    behind: services.behind,
    clockFault: services.clockFault,
    directiveTimeZone: ({ directive, task }, position) => {
      const named = directive ?? (task === undefined ? undefined : services.tasks.doc(task, position)?.facts.directive);
      return named === undefined ? undefined : services.knowledge.directive(named, position)?.timeZone;
    },
    namesAt: namesAt(services),
    citationFaults: services.citations.faults,
    mayActFor: async (unit, other) => {
      const { state: roster } = await services.handler.load(rosterFolding, ROSTER_STREAM);
      return successorOn(roster.units, other, civilDate(options.clock.now(), services.timeZone).toString()) === unit;
    },
    certainly: services.handler.certainly,
    unitNamed: (name, position = services.views.position()) => unitCalled(services.knowledge.roster(position).units, name)?.id,
    isRegistered: async (unit, position) => {
      if (position !== undefined) return services.knowledge.roster(position).units.has(unit);
      // The views mostly know; what they do not hold yet the log may.
      if (services.knowledge.roster(services.views.position()).units.has(unit)) return true;
      const { handler } = services;
      return (await handler.certainly(() => handler.load(rosterFolding, ROSTER_STREAM))).state.units.has(unit);
    },
    directivesNamed: (name, position = services.views.position()) => services.knowledge.directivesCalled(name, position),
    isDirective: async (directive, position) => {
      if (position !== undefined) return services.knowledge.directive(directive, position) !== undefined;
      if (services.knowledge.directive(directive, services.views.position()) !== undefined) return true;
      const { handler } = services;
      const { state } = await handler.certainly(() => handler.load(directiveFolding, directiveStream(directive)));
      return state.status !== 'none';
    },
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
  });
  for (const feature of features) feature(kit, services);
  await kit.app.ready();
  return kit.app;
};
