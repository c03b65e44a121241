/** The host's process; see `--help`. Exit code 1 means that it could not start, or had to give up. */
import { type CommandLine, HELP, parseCommandLine } from './command-line.ts';
import { faultsFrom } from './fault-injection.ts';
import { type Host, startHost } from './host.ts';
import { applyLocalSettings } from './local-settings.ts';
import { createLog } from './log.ts';
import { banner, readyLine } from './ready-message.ts';
import { openWorker } from './worker/open-worker.ts';

/** How long a stop waits for running work. Work that is cut off runs again after the next start. */
const DRAIN_MS = 3000;

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

function stopOnSignals(host: Host): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(0);
    stopping = true;
    setTimeout(() => process.exit(0), DRAIN_MS);
    await host.stop();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}

async function run(options: CommandLine): Promise<void> {
  // The process that forked the host is gone, so the host ends.
  process.on('disconnect', () => process.exit(0));
  applyLocalSettings(options.settingsFile, process.env);
  const log = createLog(options.quiet ? 'warning' : 'information');
  const host = await startHost({
    appFolder: options.appFolder,
    port: options.port,
    stateFolder: options.stateFolder,
    authDisabled: options.authDisabled,
    invocationsTold: options.invocations,
    workers: options.workers,
    log,
    faults: faultsFrom(process.env),
    openWorker,
    onGivenUp: fail,
  });
  stopOnSignals(host);
  process.stdout.write(`${options.json ? readyLine(host) : banner(host, options.stateFolder)}\n`);
}

try {
  const options = parseCommandLine(process.argv.slice(2));
  if (options.help) process.stdout.write(HELP);
  else await run(options);
} catch (error) {
  fail(error);
}
