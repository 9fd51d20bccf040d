/** Name and version of the reading, kept with every import. */
export const READER = 'duban-notice-importer/1';
