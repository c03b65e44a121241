/** What the command line reads in a shell. The app knows none of these settings, and starts with no setting that it does not know. */
const OF_COMMAND_LINE: readonly string[] = ['GUARDIAN_URL', 'GUARDIAN_KEY', 'GUARDIAN_TOKEN'];

type Shell = Readonly<Record<string, string | undefined>>;

/** The environment of a shell for the app: without what is there for the command line, which many people use in the same shell. */
export const appShell = (shell: Shell): Shell =>
  Object.fromEntries(Object.entries(shell).filter(([name]) => !OF_COMMAND_LINE.includes(name)));
