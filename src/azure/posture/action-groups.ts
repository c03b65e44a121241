import { type Fact, present } from '../../remediation/model/facts.ts';
import type { GraphRow, ResourceGraph } from '../connection/resource-graph.ts';

const QUERY = `resources
| where type =~ 'microsoft.insights/actiongroups'
| project id, properties
| order by id asc`;

/** The kinds of receivers with an address, and the member of each kind that holds the address. */
const RECEIVERS = { webhookReceivers: 'serviceUri', azureFunctionReceivers: 'httpTriggerUrl' } as const;

/** A receiver of the product whose alerts come without the common schema. `at`: its index in its list. */
export type OldReceiver = {
  readonly groupId: string;
  readonly list: keyof typeof RECEIVERS;
  readonly at: number;
};

type Receiver = Readonly<Record<string, unknown>>;

const OUR_PATHS = ['/api/alerts', '/api/keyed/alerts'];

/** The product's receivers are recognized by the path, because no setting holds the product's host. */
const isOurs = (address: unknown): boolean =>
  typeof address === 'string' && URL.canParse(address) && OUR_PATHS.includes(new URL(address).pathname.toLowerCase());

const oldIn = ({ id, properties }: GraphRow): readonly OldReceiver[] =>
  Object.entries(RECEIVERS).flatMap(([list, address]) => {
    const receivers = (properties as Readonly<Record<string, unknown>> | undefined)?.[list];
    return (Array.isArray(receivers) ? (receivers as readonly Receiver[]) : []).flatMap((one, at) =>
      isOurs(one[address]) && one['useCommonAlertSchema'] !== true
        ? [{ groupId: id, list: list as OldReceiver['list'], at }]
        : [],
    );
  });

/** Every receiver that sends alerts to the product without the common schema: one query. */
export const readOldReceivers = async (graph: ResourceGraph): Promise<Fact<readonly OldReceiver[]>> => {
  const rows = await graph.query('action groups', QUERY);
  return rows.kind === 'present' ? present(rows.value.flatMap(oldIn)) : rows;
};
