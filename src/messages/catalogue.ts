import { eventSubjects, eventWords } from './event-words.ts';
import { fields } from './fields.ts';
import { httpDetails } from './http-details.ts';
import { headings } from './headings.ts';
import { http } from './http.ts';
import { kernel } from './kernel.ts';
import { mail } from './mail.ts';
import { main } from './main.ts';
import { openapi } from './openapi.ts';
import { pages } from './pages.ts';
import { sending } from './sending.ts';
import { cells, sheetPages, sheets, sheetTitles } from './sheets.ts';
import { states } from './states.ts';
import { todo } from './todo.ts';
import { apiAttachments } from './api/attachments.ts';
import { apiCompliance } from './api/compliance.ts';
import { apiDirectives } from './api/directives.ts';
import { apiDocumentation } from './api/documentation.ts';
import { apiImports } from './api/imports.ts';
import { apiInspections } from './api/inspections.ts';
import { apiLedger } from './api/ledger.ts';
import { apiLedgerRows } from './api/ledger-rows.ts';
import { apiLog } from './api/log.ts';
import { apiNotices } from './api/notices.ts';
import { apiPersonal } from './api/personal.ts';
import { apiRegisters } from './api/registers.ts';
import { apiReminders } from './api/reminders.ts';
import { apiReturns } from './api/returns.ts';
import { apiRoster } from './api/roster.ts';
import { apiShared } from './api/shared.ts';
import { apiSnapshots } from './api/snapshots.ts';
import { apiSubscriptions } from './api/subscriptions.ts';
import { apiTasks } from './api/tasks.ts';
import { apiTokens } from './api/tokens.ts';
import { apiWords } from './api/words/index.ts';
import { applicationCommon } from './application/common.ts';
import { applicationImports } from './application/imports.ts';
import { applicationNotices } from './application/notices.ts';
import { applicationReturns } from './application/returns.ts';
import { applicationTasks } from './application/tasks.ts';
import { documents } from './documents.ts';
import { domainDirectives } from './domain/directives.ts';
import { domainDueRules } from './domain/due-rules.ts';
import { domainImports } from './domain/imports.ts';
import { domainInspections } from './domain/inspections.ts';
import { domainLedger } from './domain/ledger.ts';
import { domainNotices } from './domain/notices.ts';
import { domainPersonal } from './domain/personal.ts';
import { domainReminders } from './domain/reminders.ts';
import { domainRoster } from './domain/roster.ts';
import { domainSnapshots } from './domain/snapshots.ts';
import { domainTasks } from './domain/tasks.ts';
import { importerDraft } from './importer/draft.ts';
import { importerParts } from './importer/parts.ts';
import { importerShape } from './importer/shape.ts';
import { importerWhole } from './importer/whole.ts';
import { cli } from './cli/index.ts';
import { problems } from './problems/index.ts';
import { ledger } from './ledger/index.ts';
import { store } from './store/index.ts';
import { verifying } from './verifying/index.ts';

/**
 * Every text for a person, in every language: the one catalogue. Each feature has a part of it in a file of its own, and its
 * keys begin with the feature's name.
 */
export const catalogue = {
  ...problems,
  ...fields,
  ...httpDetails,
  ...headings,
  ...eventWords,
  ...eventSubjects,
  ...http,
  ...kernel,
  ...mail,
  ...main,
  ...openapi,
  ...pages,
  ...sending,
  ...cells,
  ...sheets,
  ...sheetPages,
  ...sheetTitles,
  ...states,
  ...todo,
  ...apiAttachments,
  ...apiCompliance,
  ...apiDirectives,
  ...apiDocumentation,
  ...apiImports,
  ...apiInspections,
  ...apiLedger,
  ...apiLedgerRows,
  ...apiLog,
  ...apiNotices,
  ...apiPersonal,
  ...apiRegisters,
  ...apiReminders,
  ...apiReturns,
  ...apiRoster,
  ...apiShared,
  ...apiSnapshots,
  ...apiSubscriptions,
  ...apiTasks,
  ...apiTokens,
  ...apiWords,
  ...applicationCommon,
  ...applicationImports,
  ...applicationNotices,
  ...applicationReturns,
  ...applicationTasks,
  ...documents,
  ...domainDirectives,
  ...domainDueRules,
  ...domainImports,
  ...domainInspections,
  ...domainLedger,
  ...domainNotices,
  ...domainPersonal,
  ...domainReminders,
  ...domainRoster,
  ...domainSnapshots,
  ...domainTasks,
  ...importerDraft,
  ...importerParts,
  ...importerShape,
  ...importerWhole,
  ...cli,
  ...ledger,
  ...store,
  ...verifying,
};
export type Catalogue = typeof catalogue;
