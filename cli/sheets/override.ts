import type { ForbidHealing200, Pause200 } from '../../client/api.ts';
import { type Sheet, text } from '../sheet/sheet.ts';
import { counted } from '../words/counted.ts';
import { exact } from '../words/times.ts';
import { said } from './said.ts';

const end = ({ until }: { readonly until?: string }): string =>
  until ? `until ${exact(until)}` : 'until it is lifted';

/** The scope of a person's override, and the steps that it holds back now. */
export const overrideSheet = (what: string, override: Pause200 | ForbidHealing200): Sheet => {
  const { covers, warning } = override;
  const reach = covers
    ? ` It covers ${counted(covers.keyCount, 'key')} and ${counted(covers.consumerCount, 'consumer')} now.`
    : '';
  return said(`${what}, ${end(override)}.${reach}`, override, warning ? [text(warning)] : []);
};
