import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

/** The milliseconds by which the server's clock is ahead of this machine's: countdowns run by the server's clock. */
let ahead = 0;

/** Takes the server's time from an answer that states it. */
export const hearNow = (now: string): void => {
  ahead = Date.parse(now) - Date.now();
};

const serverNow = (): number => Date.now() + ahead;

const Running = createContext(0);
const Slow = createContext(0);

const SLOW_MS = 15_000;

/** Gives all views below it the server's time: one value that changes every second, and one that changes four times a minute. */
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

/** The same four times a minute, for texts in minutes. */
export const useSlowNow = (): number => useContext(Slow);
