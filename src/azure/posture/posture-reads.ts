import type { OwnRights } from '../../posture/coverage-facts.ts';
import type { AlertRule, Lock, LogSetting } from '../../posture/facts.ts';
import type { Fact, VaultFacts } from '../../remediation/model/facts.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';
import type { Unread } from '../../remediation/model/reach.ts';
import type { Connection } from '../connection/connection.ts';
import { openResourceGraph } from '../connection/resource-graph.ts';
import { type OldReceiver, readOldReceivers } from './action-groups.ts';
import { readAlerts } from './alerts.ts';
import { type ClustersAndDisks, readClusters } from './clusters.ts';
import { readResourceHealth } from './health.ts';
import { type KeyHistory, readKeyHistory } from './key-history.ts';
import { readLocks } from './locks.ts';
import { readLogs } from './logs.ts';
import { readOwnRights } from './own-rights.ts';
import { type ResourceRow, readResources } from './resources.ts';

/** Facts of the whole estate that posture needs beside the keys. */
export type Surroundings = ClustersAndDisks & {
  readonly resources: Fact<readonly ResourceRow[]>;
  readonly alerts: Fact<readonly AlertRule[]>;
  /** The locks of the scopes whose list was not refused. */
  readonly locks: Fact<readonly Lock[]>;
  /** The other scopes; left out in a report that an earlier version of the product began. */
  readonly unreadLocks?: readonly Unread[];
  readonly own: Fact<OwnRights>;
};

/** Reads that only posture needs: no decision and no repair uses them. */
export type PostureReads = {
  /** Five queries of Resource Graph, two lists per scope, one call per role of the product. May throw `AzureUnavailable`. */
  surroundings(): Promise<Surroundings>;
  /**
   * The product's identity and rights, and every lock in scope: two lists per scope, one call per role of the product.
   * May throw `AzureUnavailable`.
   */
  rights(): Promise<Pick<Surroundings, 'locks' | 'unreadLocks' | 'own'>>;
  /** Receivers that send alerts to the product without the common schema: one query. May throw `AzureUnavailable`. */
  oldReceivers(): Promise<Fact<readonly OldReceiver[]>>;
  /** One ARM call. May throw `AzureUnavailable`. */
  logs(vaultId: string): Promise<Fact<readonly LogSetting[]>>;
  /** One ARM call. May throw `AzureUnavailable`. */
  health(resourceId: string): Promise<Fact<string>>;
  /** One call of the data plane for each 25 versions. Never throws. */
  history(key: KeyRef, vault: VaultFacts): Promise<KeyHistory>;
};

export const openPostureReads = (connection: Connection): PostureReads => {
  const graph = openResourceGraph(connection);
  const rights: PostureReads['rights'] = async () => ({
    ...(await readLocks(connection)),
    own: await readOwnRights(connection),
  });
  return {
    rights,
    surroundings: async () => {
      const resources = await readResources(graph);
      return {
        resources,
        ...(await readClusters(graph, resources)),
        alerts: await readAlerts(graph),
        ...(await rights()),
      };
    },
    oldReceivers: () => readOldReceivers(graph),
    health: (resourceId) => readResourceHealth(connection, resourceId),
    logs: (vaultId) => readLogs(connection, vaultId),
    history: (key, vault) => readKeyHistory(connection, key, vault),
  };
};
