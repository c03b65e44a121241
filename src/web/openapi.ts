import type { Door } from './door.ts';

let kept: Promise<object> | undefined;

const makeDocument = async (): Promise<object> => {
  const { openApiDocument } = await import('./contract/openapi/document.ts');
  return openApiDocument();
};

/**
 * GET: the requests and answers of this API, as a document of OpenAPI 3.1. It is made once, at the first request, since anybody
 * may ask for it any number of times.
 */
export const getOpenApi: Door = async () => {
  kept ??= makeDocument();
  return { status: 200, body: await kept };
};
