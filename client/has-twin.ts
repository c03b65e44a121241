import { TWINS } from './twins.ts';

const fits = (template: string, path: string): boolean => {
  const [parts, sent] = [template.split('/'), path.split('/')];
  return parts.length === sent.length && parts.every((part, at) => part.startsWith('{') || part === sent[at]);
};

/** Whether a key of the function app opens this, below `/api/keyed`. */
export const hasTwin = (method: string, path: string): boolean => {
  const [bare = ''] = path.split('?');
  return TWINS.some(([of, template]) => of === method && fits(template, bare));
};
