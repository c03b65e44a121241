import { FATES } from './play-cases.ts';
import { movedIn, type Recorded } from './recorded.ts';

const count = (recorded: Recorded): string =>
  FATES.map((fate) => `${Object.values(recorded).filter((told) => told.startsWith(fate)).length} ${fate}`).join(', ');

const INTRODUCTION = `# Careful does not mean useless

What a product that is deployed with nothing but its mode (\`auto\`) and its scope does about each thing that breaks, alone, on a
consumer and a vault of its own: before and after the rules by which nobody can turn it against its owner ([threat model](threat-model.md)). Only the fuse is set
wider, because here everything breaks at once; one thing alone never reaches its five root causes.

* **healed**: nobody was asked; in brackets, what was written.
* **asked**: it waits for a person; in brackets, the steps of the plan that is asked.
* **reported**: nothing is done and nothing is asked.
* **nothing**: the product finds nothing to do.

\`npm run attacks -- --careful\` plays it again and fails where something fares otherwise than it says here. The column "before"
is what the product of commit 39f6669 does on the local cloud of today; it is made again by
\`git worktree add ../before 39f6669\`, \`npm ci && npm run build\` there, and
\`BUILT_APP=../before npm run attacks -- --careful --record before\`.`;

/** docs/security/careful.md. */
export const render = (before: Recorded, after: Recorded, why: Readonly<Record<string, string>>): string => {
  const moved = movedIn(before, after);
  const rows = Object.entries(after).map(([name, told]) => {
    const now = moved.includes(name) ? `**${told}**` : 'the same';
    return `| ${name} | ${before[name] ?? 'not played'} | ${now} | ${why[name] ?? ''} |`;
  });
  return [
    INTRODUCTION,
    '',
    `Before: ${count(before)}. After: ${count(after)}. Of ${rows.length}, ${moved.length} moved.`,
    '',
    '| what breaks | before | after | why it moved |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
};
