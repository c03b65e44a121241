import type { Command } from 'commander';

const HEAD = `# The command line

\`cmk-guardian\` asks a CMK Guardian what is wrong, and answers it, over its HTTP API alone. Everything that it says the API says too.

## Set up

\`\`\`sh
export GUARDIAN_URL=https://contoso-guardian.azurewebsites.net
az login                       # with an app role: Reader to look, Operator to pause, Approver to approve
cmk-guardian status
\`\`\`

From a clone of this repository it is \`npm run -s guardian -- status\`. For other machines \`npm run package:command-line\` makes
a tarball in \`.package/\`, which \`npm install --global\` takes without a network: one file that depends on nothing but Node 22 or later.

Who asks is told by the first of these that there is:

| | |
| --- | --- |
| \`--key\` | a key of the function app. It reads, starts, pauses and forbids; nobody approves by a key |
| \`--sign-in <way>\` | \`azure-cli\`, \`device-code\`, \`browser\`, \`managed-identity\` or \`environment\` (a service principal) |
| \`GUARDIAN_KEY\` | the same as \`--key\`, where no list of processes shows it |
| \`GUARDIAN_TOKEN\` | a token for the API that a pipeline has |
| nothing | whoever \`DefaultAzureCredential\` finds: \`az login\`, a managed identity, the environment |

For what a token is asked the app itself tells (\`GET /api/client-settings\`); \`--scope-of-api\` says otherwise. Keys and tokens go over
TLS, or to this machine, and are never printed. They go to the address that was named and to no other, wherever it leads. A token for what
an app tells is sent where it has a role of a CMK Guardian: whoever answers at a wrong address could ask for one for Azure itself.

## What comes out

What was asked for goes to standard output, everything about the command itself to standard error: questions, progress, what went wrong.
\`--output json\` is what the API has answered, \`--output csv\` a row for each thing; the table is for people, and fits \`COLUMNS\` or
the terminal. It never breaks inside a word: where columns would, it shows one row below the other.

| exit code | |
| --- | --- |
| 0 | well, or done |
| 1 | something is wrong: a server is affected or cannot be seen, an incident is open, a chain is broken, a check fails; or it was not done, and the app says why |
| 2 | the command is not understood, or nothing bears the name |
| 3 | the app cannot be reached, is ill, or lets nobody in |

## The questions of a new operator

| | |
| --- | --- |
| What is wrong now? | \`cmk-guardian status\` |
| Why was my server down? | \`cmk-guardian incident orders\` |
| What did it do, and who approved it? | the same |
| How fast is it, and how often does it break? | \`cmk-guardian history\` |
| What expires within 30, 60, 90 days? | \`cmk-guardian expiry --within P30D\` |
| How many are guarded? | \`cmk-guardian summary\` |
| What can it not see, or not repair? | \`cmk-guardian coverage\` |
| What would it do? | \`cmk-guardian start orders --dry-run\`, and \`cmk-guardian would-have\` |
| How do I approve? | \`cmk-guardian plan\`, then \`cmk-guardian approve <number>\` |
| How do I stop it? | \`cmk-guardian pause --why '<why>'\`, \`cmk-guardian do-not-heal orders --why '<why>'\` |
| Which subscriptions does it follow, and may one go? | \`cmk-guardian subscriptions\`, \`cmk-guardian let-go --why '<why>'\` |
| A report? | \`cmk-guardian posture\`, \`cmk-guardian export <folder>\` |
| Is the ledger intact? | \`cmk-guardian verify\` |
| What does it cost? | \`cmk-guardian cost\` |

## Every command

Each also takes the options that all have: \`--url\`, \`--key\`, \`--sign-in\`, \`--scope-of-api\` and \`--output\`.
`;

const helpOf = (command: Command): string => {
  command.configureHelp({ showGlobalOptions: false, helpWidth: 100 });
  return command.helpInformation().trimEnd();
};

const chapter = (command: Command): string => `\n### ${command.name()}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`;

/** The text of docs/command-line.md: the parts that all commands share, and the help of each command. */
export const pageOf = (program: Command): string => HEAD + program.commands.map(chapter).join('');
