/** What docs/http.md says, as data: its calls, with the cells of their rows, and what it names on the way. */

export type Parameter = { readonly name: string; readonly required: boolean };

/** A call as the page writes it: `GET /v1/owing?directive&period[&kind]`. In brackets stands what may be left out. */
export type Call = { readonly route: string; readonly parameters: readonly Parameter[] };

const CALL = /^(?:GET|POST|PUT|PATCH|DELETE) \/\S*$/u;

export const callOf = (code: string): Call | undefined => {
  if (!CALL.test(code)) return undefined;
  const route = /^[^?[]+/u.exec(code)?.[0] ?? code;
  const parameters = [...code.slice(route.length).matchAll(/(\[)?[?&](\w+)/gu)].map(([, bracket, name = '']) => ({
    name,
    required: bracket === undefined,
  }));
  return { route, parameters };
};

/** Code spans of a text, without what is fenced off. */
const codesIn = (text: string): readonly string[] =>
  [...text.replaceAll(/^```.*?^```$/gmsu, '').matchAll(/`([^`\n]+)`/gu)].map(([, code = '']) => code);

/** Every call that the page names, in a table or in its prose. */
export const callsIn = (page: string): readonly Call[] =>
  codesIn(page).flatMap((code) => {
    const call = callOf(code);
    return call === undefined ? [] : [call];
  });

/** A row of a table: the call in its first cell, and the other cells by the heads of their columns. */
export type Row = { readonly call: Call; readonly cells: Readonly<Record<string, string>> };

const cellsOf = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Rows of the tables whose first column is that of calls. */
export const rowsIn = (page: string): readonly Row[] => {
  const rows: Row[] = [];
  let heads: readonly string[] = [];
  for (const line of page.split('\n')) {
    const cells = line.startsWith('|') ? cellsOf(line) : [];
    if (cells.length === 0) heads = [];
    else if (heads.length === 0) heads = cells;
    else if (heads[0] === 'call') {
      const call = callOf(codesIn(cells[0] ?? '')[0] ?? '');
      if (call !== undefined) rows.push({ call, cells: Object.fromEntries(heads.map((head, column) => [head, cells[column] ?? ''])) });
    }
  }
  return rows;
};

/** Fields of a body: `percent?` may be left out. */
export const fieldsIn = (cell: string): readonly Parameter[] =>
  codesIn(cell)
    .map((code) => /^(\w+)(\?)?$/u.exec(code))
    .flatMap((match) => (match === null ? [] : [{ name: match[1] ?? '', required: match[2] === undefined }]));

/** Names of fields and values in a cell's code. */
export const namesIn = (cell: string): readonly string[] =>
  codesIn(cell)
    .filter((code) => /^[A-Za-z][\w-]*(?:, [A-Za-z][\w-]*)*$/u.test(code))
    .flatMap((code) => code.split(', '));

/** Problems with their statuses: 409 `task-closed`. */
export const problemsIn = (page: string): readonly { readonly status: number; readonly code: string }[] =>
  [...page.matchAll(/\b([45]\d\d)\s`([a-z-]+)`/gu)].map(([, status, code = '']) => ({ status: Number(status), code }));
