import { FluentProvider } from '@fluentui/react-components';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { readSummary } from './api/readers.ts';
import { ClockProvider } from './api/server-clock.tsx';
import { useRead } from './api/use-read.ts';
import { WhoContext } from './api/who.tsx';
import type { Route, View } from './model/route.ts';
import { NoticesProvider } from './parts/notices.tsx';
import { Waiting } from './parts/waiting.tsx';
import { Bar, ModeBadge, Views } from './shell/bar.tsx';
import { useKeyboard } from './shell/keyboard.ts';
import { KeysSheet } from './shell/keys-sheet.tsx';
import { SettingsMenu } from './shell/settings-menu.tsx';
import { useTheme } from './shell/theme.ts';
import { useRoute } from './shell/use-route.ts';
import { Gate } from './sign-in/gate.tsx';
import type { SignedIn } from './sign-in/signed-in.ts';
import { Now } from './views/now/now.tsx';
import { useWords, WordsProvider } from './words/words-context.tsx';

const Later = {
  incidents: lazy(() => import('./views/incidents/incidents.tsx')),
  horizon: lazy(() => import('./views/horizon/horizon.tsx')),
  estate: lazy(() => import('./views/estate/estate.tsx')),
  history: lazy(() => import('./views/history/history.tsx')),
  trust: lazy(() => import('./views/trust/trust.tsx')),
} satisfies Readonly<Record<Exclude<View, 'now'>, unknown>>;

/** The view has its name from the first moment on, also for a person with a screen reader. */
const Arriving = ({ view }: Pick<Route, 'view'>) => {
  const { say } = useWords();
  return (
    <>
      <h1 className="title">{say(`view.${view}`)}</h1>
      <Waiting rows={4} />
    </>
  );
};

const ViewOf = ({ view, id }: Route) => {
  if (view === 'now') return <Now />;
  const Seen = Later[view];
  return (
    <Suspense fallback={<Arriving view={view} />}>
      <Seen {...(id !== undefined && { id })} />
    </Suspense>
  );
};

const Mode = () => {
  const { value } = useRead(readSummary, 60);
  return value ? <ModeBadge mode={value.mode} /> : null;
};

/** A newly opened view gets the focus, and its name the title, so that a screen reader announces it. */
const useArrival = (route: Route): React.RefObject<HTMLElement | null> => {
  const { say } = useWords();
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  const title = say(`view.${route.view}`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another thing in the same view is an arrival as well
  useEffect(() => {
    document.title = `${title} · CMK Guardian`;
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
  }, [title, route.id]);
  return main;
};

const Inside = ({
  who,
  onWho,
  theme,
}: {
  readonly who: SignedIn;
  readonly onWho: (who: SignedIn | undefined) => void;
  readonly theme: ReturnType<typeof useTheme>;
}) => {
  const route = useRoute();
  const main = useArrival(route);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const openHelp = useCallback(() => setHelpOpen(true), []);
  useKeyboard(openHelp);
  return (
    <WhoContext value={who}>
      <Bar>
        <Views current={route.view} />
        <Mode />
        <SettingsMenu taste={theme.taste} onTaste={theme.choose} who={who} onWho={onWho} onKeys={openHelp} />
      </Bar>
      <NoticesProvider>
        <main id="main" ref={main} tabIndex={-1} className="main">
          <ViewOf {...route} />
        </main>
      </NoticesProvider>
      {isHelpOpen && <KeysSheet onClose={() => setHelpOpen(false)} />}
    </WhoContext>
  );
};

const Outside = ({
  onWho,
  theme,
}: {
  readonly onWho: (who: SignedIn) => void;
  readonly theme: ReturnType<typeof useTheme>;
}) => (
  <>
    <Bar>
      <span className="views" />
      <SettingsMenu
        taste={theme.taste}
        onTaste={theme.choose}
        who={undefined}
        onWho={() => undefined}
        onKeys={() => undefined}
      />
    </Bar>
    <Gate onOpen={onWho} />
  </>
);

/** The page: the sign-in until the person is known, then the views. */
export const App = ({ first }: { readonly first?: SignedIn }) => {
  const theme = useTheme();
  const [who, setWho] = useState(first);
  return (
    <WordsProvider>
      <FluentProvider theme={theme.theme} className="page">
        <ClockProvider>
          <div className="ground">
            {who ? <Inside who={who} onWho={setWho} theme={theme} /> : <Outside onWho={setWho} theme={theme} />}
          </div>
        </ClockProvider>
      </FluentProvider>
    </WordsProvider>
  );
};
