import type { AzureError } from '../arm/error.ts';
import type { Answer } from '../service.ts';
import type { DataService } from './data-request.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An error as storage writes it: tables in JSON, the others in XML ("Status and error codes"). */
export const dataFailure = ({ status, code, message, headers }: AzureError, service: DataService): Answer => {
  const [type, text] =
    service === 'table'
      ? [
          'application/json;odata=minimalmetadata',
          JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value: message } } }),
        ]
      : [
          'application/xml',
          `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`,
        ];
  return { status, headers: { 'content-type': type, 'x-ms-error-code': code, ...headers }, bytes: Buffer.from(text) };
};
