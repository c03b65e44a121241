import type { Made } from '../bill/results.ts';
import type { Measured } from '../figure.ts';
import { figureRows } from './figure-rows.ts';
import { madeOf, table } from './markdown.ts';

/** What a heal takes, beside a script that makes the same calls. */
export const healChapter = ({
  measured,
  ...made
}: Made & { readonly measured: readonly Measured[] }): string => `## How long a heal takes

${madeOf([made], made.command)} A server whose pinned version expired is healed by the product, and by a script that makes the same calls of Azure one
after the other ([costs.md](costs.md)) and neither decides, nor keeps a record, nor holds others off. The product is to take 1.8 times as long at most.

\`healLateAzure\` is what somebody waits for: both clocks are the wall's, and a vault answers after 20 ms, Resource Manager after 150 and storage after 10
(\`bench/prices.json\`). The product waits for storage, and asks Azure side by side where the script asks for one after the other. \`healWallTime\` is the
same with an Azure that answers at once: work of processors alone, of which the script has hardly any. \`healAgainstRecord\` compares that work with a
script that keeps the same record.

${table(['figure', 'measured', 'at most', 'what it is made of'], figureRows(measured))}`;
