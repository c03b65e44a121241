/** `npm start` and `npm run demo`: incidents on the local cloud, printed as they happen. See `--help`. */
import { styleText } from 'node:util';
import { type CommandLine, HELP, readCommandLine, UsageError } from './demo/command-line.ts';
import { createScreen, type Paint } from './demo/screen.ts';
import { stopSignal } from './demo/stop-signals.ts';
import { tellStory } from './demo/tell-story.ts';

const paint: Paint = (format, text) => styleText(format, text, { stream: process.stdout });

const commandLine = (): CommandLine => {
  try {
    return readCommandLine(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
};

const options = commandLine();
if (options.help) {
  console.log(HELP);
} else {
  const stop = stopSignal();
  // A pipe has no width of its own; the environment variable COLUMNS may give one.
  const columns = process.stdout.columns ?? Number(process.env['COLUMNS'] ?? 0);
  const screen = createScreen(console.log, paint, columns);
  process.exit(await tellStory(options, screen, stop));
}
