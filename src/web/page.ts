import type { Accepts, Door } from './door.ts';

type Settings = Parameters<Door>[1]['settings'];

/** Only a browser needs what serves the page: whoever calls another door does not load it. */
const serve = async (name: string, accepts: Accepts, settings: Settings) => {
  const { servePage } = await import('./page/serve-page.ts');
  return servePage(name, accepts, settings);
};

/** GET: the page for people. Whoever opens it has signed in nowhere yet; what it shows it asks of the other doors. */
export const getPage: Door = ({ accepts = {} }, { settings }) => serve('index.html', accepts, settings);

/** GET: a file that it is made of. */
export const getPageFile: Door = ({ params, accepts = {} }, { settings }) =>
  serve(params['file'] ?? '', accepts, settings);
