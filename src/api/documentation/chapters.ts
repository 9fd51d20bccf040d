import { wording } from '../../messages/standing.ts';

/** The chapters of the documentation, in order. */
export const chapters = [
  { name: wording('chapter.roster'), description: wording('api.documentation.units-by-every-name-they-ever') },
  { name: wording('chapter.directives'), description: wording('api.documentation.documents-that-assign-work-what-their') },
  { name: wording('chapter.imports'), description: wording('api.documentation.documents-as-they-came-read-into') },
  { name: wording('chapter.tasks'), description: wording('api.documentation.what-to-be-done-by-whom') },
  { name: wording('chapter.reports'), description: wording('api.documentation.what-units-say-period-one-by') },
  {
    name: wording('chapter.compliance'),
    description: wording('api.documentation.what-was-owed-whether-came-in'),
  },
  { name: wording('chapter.snapshots'), description: wording('api.documentation.compliance-put-on-record-with-digest') },
  { name: wording('chapter.notices'), description: wording('api.documentation.circulation-notices-drafted-from-snapshot-issued') },
  { name: wording('chapter.inspections'), description: wording('api.documentation.inspections-their-findings-and-conclusions-and') },
  { name: wording('chapter.personal-data'), description: wording('api.documentation.names-and-contact-details-held-apart') },
  { name: wording('chapter.reminders'), description: wording('api.documentation.when-units-reminded-what-they-owe') },
  { name: wording('chapter.subscriptions'), description: wording('api.documentation.systems-office-that-told-what-recorded') },
  { name: wording('chapter.attachments'), description: wording('api.documentation.bytes-documents-named-by-their-sha') },
  { name: wording('chapter.audit'), description: wording('api.documentation.who-did-what-when-and-on') },
  { name: wording('chapter.ledger'), description: wording('api.documentation.proofs-that-need-no-trust-in') },
  { name: wording('chapter.tokens'), description: wording('api.documentation.tokens-that-no-longer-good-though') },
] as const;
