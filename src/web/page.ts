import type { Accepts, Door } from './door.ts';

type Settings = Parameters<Door>[1]['settings'];

/** Only a browser needs this module: requests to other routes do not load it. */
const serve = async (name: string, accepts: Accepts, settings: Settings) => {
  const { servePage } = await import('./page/serve-page.ts');
  return servePage(name, accepts, settings);
};

/** GET: the page for people. It needs no sign-in itself; its data comes from the other routes. */
export const getPage: Door = ({ accepts = {} }, { settings }) => serve('index.html', accepts, settings);

/** GET: a file of the page. */
export const getPageFile: Door = ({ params, accepts = {} }, { settings }) =>
  serve(params['file'] ?? '', accepts, settings);
