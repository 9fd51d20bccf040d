import { registerHooks } from 'node:module';

/**
 * A second copy of the product's modules in which one of them differs by a few characters: what its author might have
 * written instead. It is loaded beside the real one, under the same paths with `?mutant=<n>`, and nothing on disk changes.
 */

/** One piece of text in one file, and what stands there instead. */
export type Mutation = { readonly file: string; readonly text: string; readonly instead: string };

const ROOT = new URL('../../', import.meta.url).href;
const mutations = new Map<string, Mutation>();
const QUERY = /\?mutant=(\d+)$/u;

registerHooks({
  // What a mutated module imports of the product is mutated too: its copy of the graph is whole.
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context);
    const query = QUERY.exec(context.parentURL ?? '')?.[0];
    const ours = resolved.url.startsWith(`${ROOT}src/`) || resolved.url.startsWith(`${ROOT}projections/`);
    return query !== undefined && ours && !QUERY.test(resolved.url) ? { ...resolved, url: resolved.url + query } : resolved;
  },
  load: (url, context, next) => {
    const mutation = mutations.get(QUERY.exec(url)?.[1] ?? '');
    const loaded = next(url, context);
    if (mutation === undefined || url.replace(QUERY, '') !== ROOT + mutation.file) return loaded;
    const source = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
    if (source.split(mutation.text).length !== 2) throw new Error(`${mutation.file} does not hold once: ${mutation.text}`);
    return { ...loaded, source: source.replace(mutation.text, mutation.instead) };
  },
});

/** The module as it would be, with the mutation somewhere in what it is made of. */
export const mutated = async (module: string, mutation: Mutation): Promise<unknown> => {
  const n = String(mutations.size + 1);
  mutations.set(n, mutation);
  return import(`${ROOT}${module}?mutant=${n}`);
};
