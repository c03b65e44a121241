/**
 * `--import`ed into every process on the clock, before its program, which stays unmodified.
 * Time stands still here; only the parent moves it.
 */
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { createChildren } from './children.ts';
import { followHttpClient } from './follow-http-client.ts';
import { createOpenRequests } from './open-requests.ts';
import { followFetch } from './preload/follow-fetch.ts';
import { followHttpServer } from './preload/follow-http-server.ts';
import { forkOnClock } from './preload/fork-on-clock.ts';
import { keepTunnels } from './preload/keep-tunnels.ts';
import { reportIdleness } from './preload/report-idleness.ts';
import { seededRandom } from './preload/seeded-random.ts';
import { unrefSockets } from './preload/unref-sockets.ts';
import { installVirtualTimers } from './preload/virtual-timers.ts';

const { CLOCK_NOW, CLOCK_SEED = '0' } = process.env;

if (CLOCK_NOW !== undefined && process.channel && isMainThread) {
  const { channel } = process;
  /** Any event in an idle process ends its idleness: the process must reach 'beforeExit' again. */
  const touched = (): void => channel.unref();
  const timers = installVirtualTimers(Number(CLOCK_NOW));
  const children = createChildren(Date.now, touched);
  const open = createOpenRequests(touched);
  Math.random = seededRandom(CLOCK_SEED);
  unrefSockets(touched);
  keepTunnels();
  followHttpClient(open, () => true);
  followFetch(open);
  const serving = followHttpServer(touched);
  forkOnClock(children, CLOCK_SEED);
  reportIdleness({ name: basename(process.argv[1] ?? 'node'), channel, timers, children, open, serving });
  syncBuiltinESMExports();
}
