/** The chapters of the documentation, in order. */
export const chapters = [
  { name: 'Roster', description: 'Units, by every name they ever had, and names that stand for several of them.' },
  { name: 'Directives', description: 'The documents that assign the work, what their import left open, and the policies that judge.' },
  { name: 'Imports', description: 'Documents as they came: read into drafts, corrected by people, committed.' },
  { name: 'Tasks', description: 'What is to be done, by whom and until when; acknowledging, planning, extending, claiming, deciding.' },
  { name: 'Reports', description: 'What units say of a period, one by one or filed together; amended, sent back, accepted.' },
  {
    name: 'Compliance',
    description: 'What was owed, whether it came in time, and how far the work is: judged at a moment, by what was known.',
  },
  { name: 'Snapshots', description: 'Compliance put on record, with a digest that anyone can compute again.' },
  { name: 'Notices', description: 'Circulation notices: drafted from a snapshot, issued, objected to, corrected, withdrawn.' },
  { name: 'Inspections', description: 'Inspections, their findings and conclusions, and what has to be put right.' },
  { name: 'Personal data', description: 'Names and contact details, held apart from the log, which commits to them; erased on record.' },
  { name: 'Reminders', description: 'When units are reminded of what they owe, by mail, and what became of each reminder.' },
  { name: 'Subscriptions', description: 'Systems of the office that are told of what is recorded: webhooks, signed, at least once.' },
  { name: 'Attachments', description: 'Bytes of documents, named by their SHA-256.' },
  { name: 'Audit', description: 'Who did what, when and on whose authority: the history of each task, and the log itself.' },
  { name: 'Ledger', description: 'Proofs that need no trust in this service: checkpoints, receipts, tiles (C2SP, RFC 6962).' },
  { name: 'Tokens', description: 'Tokens that are no longer good, though they have not expired.' },
] as const;
