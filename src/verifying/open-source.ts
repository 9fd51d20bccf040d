import { bundleSource } from './bundle-source.ts';
import { dataSource } from './data-source.ts';
import { serverSource } from './server-source.ts';
import type { Source } from './source.ts';

/** Names a source, so that each thread can open its own. */
export type SourceSpec =
  | { readonly kind: 'bundle'; readonly dir: string }
  | { readonly kind: 'data'; readonly dir: string }
  | { readonly kind: 'server'; readonly url: string; readonly token: string | undefined };

export const openSource = (spec: SourceSpec): Source => {
  if (spec.kind === 'server') return serverSource(spec.url, spec.token);
  return spec.kind === 'bundle' ? bundleSource(spec.dir) : dataSource(spec.dir);
};
