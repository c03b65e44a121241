import { VERSION } from '../../version.ts';
import { problemExamples } from './examples.ts';
import { pathsOf } from './operations.ts';
import { answerSchemas } from './schemas.ts';
import { SECURITY_SCHEMES } from './security.ts';
import { ALL_TAGS } from './tags.ts';

const DESCRIPTION = [
  'Repairs access of Azure databases and disks to their customer-managed keys, and proves what it did.',
  'A person sends a token of Microsoft Entra. What a key of the function app opens has a twin below `/api/keyed`.',
  'What is refused is a problem of RFC 9457; its `detail` says what to do.',
].join(' ');

/** The document of OpenAPI 3.1, made of the schemas by which the routes read requests. */
export const openApiDocument = () => {
  const { schemas, refTo } = answerSchemas();
  return {
    openapi: '3.1.0',
    info: {
      title: 'CMK Guardian',
      version: VERSION,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: ALL_TAGS,
    paths: pathsOf(refTo),
    components: { securitySchemes: SECURITY_SCHEMES, schemas, examples: problemExamples() },
  };
};
