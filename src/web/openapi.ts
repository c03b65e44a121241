import type { Door } from './door.ts';

let kept: Promise<object> | undefined;

const makeDocument = async (): Promise<object> => {
  const { openApiDocument } = await import('./contract/openapi/document.ts');
  return openApiDocument();
};

/**
 * GET: what this API takes and answers, as a document of OpenAPI 3.1. It is made where it is first asked for, and once: anybody may ask, as
 * often as they like.
 */
export const getOpenApi: Door = async () => {
  kept ??= makeDocument();
  return { status: 200, body: await kept };
};
