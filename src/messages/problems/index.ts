import { act } from './act.ts';
import { request } from './request.ts';
import { service } from './service.ts';
import { state } from './state.ts';
import { unknown } from './unknown.ts';

/** Titles of problems, and what their pages explain. */
export const problems = { ...unknown, ...state, ...act, ...request, ...service };
