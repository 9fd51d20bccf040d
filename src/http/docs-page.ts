import { TAGS, type Language } from '../messages/language.ts';
import { say } from '../messages/message.ts';
import { inWords } from '../messages/words.ts';

/**
 * The page that shows the OpenAPI document, around the files of swagger-ui. The plugin's own page is in English alone, and
 * finds no document where its URL has a query.
 */

const STATIC = '/docs/static';
const SCRIPT_PATH = `${STATIC}/swagger-initializer.js`;

/** Chapters closed, with a box that filters them by name; the schemas stand with the calls that use them. No validator elsewhere. */
const CONFIG = {
  dom_id: '#swagger-ui',
  deepLinking: true,
  filter: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: -1,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  layout: 'StandaloneLayout',
  validatorUrl: null,
} as const;

const page = (language: Language): string => `<!doctype html>
<html lang="${TAGS[language]}">
<head>
<meta charset="utf-8">
<title>${inWords(say('page.docs'), language)}</title>
<link rel="stylesheet" href="${STATIC}/swagger-ui.css">
<link rel="stylesheet" href="${STATIC}/index.css">
<link rel="icon" type="image/png" href="${STATIC}/favicon-32x32.png" sizes="32x32">
</head>
<body>
<div id="swagger-ui" data-document="/openapi.json?lang=${TAGS[language]}"></div>
<script src="${STATIC}/swagger-ui-bundle.js"></script>
<script src="${STATIC}/swagger-ui-standalone-preset.js"></script>
<script src="${SCRIPT_PATH}"></script>
</body>
</html>
`;

const SCRIPT = `window.onload = () => {
  SwaggerUIBundle({
    ...${JSON.stringify(CONFIG)},
    url: document.querySelector('#swagger-ui').dataset.document,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    plugins: [SwaggerUIBundle.plugins.DownloadUrl],
  });
};
`;

export type DocsFile = { readonly type: string; readonly text: string };

/** What is answered in place of the plugin's own, by the path of the request; undefined for all its other files. */
export const docsFile = (path: string, language: Language): DocsFile | undefined => {
  if (path === '/docs') return { type: 'text/html; charset=utf-8', text: page(language) };
  return path === SCRIPT_PATH ? { type: 'text/javascript; charset=utf-8', text: SCRIPT } : undefined;
};
