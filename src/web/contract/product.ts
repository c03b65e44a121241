import { nothing, word } from './parameters.ts';
import type { Row } from './row.ts';

export const product = {
  'get-health': { summary: 'Whether the product can look and can store; to who signs in, in detail.', query: nothing },
  'get-openapi': { summary: 'This document.', query: nothing },
  'get-problem': {
    summary: 'What a code of a problem means, and what to do about it.',
    params: { code: { is: 'the last part of the `type` of a problem', schema: word, example: 'NoDrift' } },
    query: nothing,
  },
  'get-health-details': { summary: 'The same in detail.', query: nothing },
} as const satisfies Readonly<Record<string, Row>>;
