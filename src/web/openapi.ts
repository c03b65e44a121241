import type { Door } from './door.ts';

/** GET: what this API takes and answers, as a document of OpenAPI 3.1. It is made where it is asked for. */
export const getOpenApi: Door = async () => {
  const { openApiDocument } = await import('./contract/openapi/document.ts');
  return { status: 200, body: openApiDocument() };
};
