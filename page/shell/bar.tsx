import { Badge } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { GetSummary200 } from '../../client/api.ts';
import { hashOf, VIEWS, type View } from '../model/route.ts';
import { useWords } from '../words/words-context.tsx';

/** The views as links, so that each view has an address and opens in a tab of its own. */
export const Views = ({ current }: { readonly current: View }) => {
  const { say } = useWords();
  return (
    <nav className="views" aria-label={say('shell.views')}>
      {VIEWS.map((view) => (
        <a key={view} href={hashOf({ view })} {...(view === current && { 'aria-current': 'page' as const })}>
          {say(`view.${view}`)}
        </a>
      ))}
    </nav>
  );
};

export const ModeBadge = ({ mode }: { readonly mode: GetSummary200['mode'] }) => {
  const { say } = useWords();
  return (
    <Badge appearance="outline" color="informative" title={say(`mode.${mode}.says`)}>
      {say('mode.is', { mode: say(`mode.${mode}`).toLowerCase() })}
    </Badge>
  );
};

const skip = (): void => document.querySelector<HTMLElement>('main')?.focus();

/** The bar above every view. */
export const Bar = ({ children }: { readonly children: ReactNode }) => {
  const { say } = useWords();
  return (
    <header className="bar">
      <button type="button" className="skip" onClick={skip}>
        {say('shell.skip')}
      </button>
      <span className="brand">
        <img src="/api/ui/icon.svg" alt="" width="20" height="20" /> CMK Guardian
      </span>
      {children}
    </header>
  );
};
