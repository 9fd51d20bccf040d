import { fields } from './fields.ts';
import { http } from './http.ts';
import { main } from './main.ts';
import { pages } from './pages.ts';
import { todo } from './todo.ts';
import { problems } from './problems/index.ts';

/**
 * Every text for a person, in every language: the one catalogue. A part of it stands in a file of its own for each feature,
 * and its keys begin with the feature's name.
 */
export const catalogue = { ...problems, ...pages, ...http, ...fields, ...main, ...todo };
export type Catalogue = typeof catalogue;
