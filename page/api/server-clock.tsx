import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

/** How far the server's clock is ahead of this machine's, in milliseconds: countdowns run by the server's. */
let ahead = 0;

/** Takes the server's time from an answer that states it. */
export const hearNow = (now: string): void => {
  ahead = Date.parse(now) - Date.now();
};

const serverNow = (): number => Date.now() + ahead;

const Running = createContext(0);
const Slow = createContext(0);

const SLOW_MS = 15_000;

/** Lets everything below that shows time move: what runs every second, the rest now and then. */
export const ClockProvider = ({ children }: { readonly children: ReactNode }) => {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const ticking = setInterval(() => setNow(serverNow()), 1_000);
    return () => clearInterval(ticking);
  }, []);
  return (
    <Running value={now}>
      <Slow value={Math.ceil(now / SLOW_MS) * SLOW_MS}>{children}</Slow>
    </Running>
  );
};

/** The server's time, every second. */
export const useRunningNow = (): number => useContext(Running);

/** The same four times a minute, for what is said in minutes. */
export const useSlowNow = (): number => useContext(Slow);
