const pad = (n: number): string => String(n).padStart(2, '0');

/** YYYY-MM-DD, or null for a day that the calendar does not have. */
export const civilDate = (year: number, month: number, day: number): string | null => {
  const date = new Date(Date.UTC(year, month - 1, day));
  // A day past the month's end rolls into another month.
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1;
  return exists ? `${year}-${pad(month)}-${pad(day)}` : null;
};

/** Day 0 of the next month is the last day of this one. */
export const monthEnd = (year: number, month: number): string | null =>
  month >= 1 && month <= 12 ? civilDate(year, month, new Date(Date.UTC(year, month, 0)).getUTCDate()) : null;
