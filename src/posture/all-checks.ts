import { ACCESS_CHECKS } from './checks/access-checks.ts';
import { ALERT_CHECKS } from './checks/alert-checks.ts';
import { CLUSTER_DISK_CHECKS } from './checks/cluster-disk-checks.ts';
import { COMMAND_CHECKS } from './checks/command-checks.ts';
import { CONSUMER_STATE_CHECKS } from './checks/consumer-state-checks.ts';
import { COPY_CHECKS } from './checks/copy-checks.ts';
import { DISK_CHECKS } from './checks/disk-checks.ts';
import { INVENTORY_CHECKS } from './checks/inventory-checks.ts';
import { KEEP_CHECKS } from './checks/keep-checks.ts';
import { KEY_FORM_CHECKS } from './checks/key-form-checks.ts';
import { KEY_HISTORY_CHECKS } from './checks/key-history-checks.ts';
import { KEY_LOSS_CHECKS } from './checks/key-loss-checks.ts';
import { KEY_WINDOW_CHECKS } from './checks/key-window-checks.ts';
import { LOG_CHECKS } from './checks/log-checks.ts';
import { NETWORK_CHECKS } from './checks/network-checks.ts';
import { NODE_CHECKS } from './checks/node-checks.ts';
import { PRODUCT_CHECKS } from './checks/product-checks.ts';
import { RIGHTS_CHECKS } from './checks/rights-checks.ts';
import { SIZE_CHECKS } from './checks/size-checks.ts';
import { STORAGE_CLASS_CHECKS } from './checks/storage-class-checks.ts';
import { VAULT_LOSS_CHECKS } from './checks/vault-loss-checks.ts';
import { VAULT_PLACE_CHECKS } from './checks/vault-place-checks.ts';
import { VAULT_PROTECTION_CHECKS } from './checks/vault-protection-checks.ts';

/** Every check by its name, grouped by its subject. */

export const PATH_CHECKS = {
  ...ACCESS_CHECKS,
  ...ALERT_CHECKS,
  ...CONSUMER_STATE_CHECKS,
  ...COPY_CHECKS,
  ...INVENTORY_CHECKS,
  ...KEEP_CHECKS,
  ...KEY_FORM_CHECKS,
  ...KEY_HISTORY_CHECKS,
  ...KEY_LOSS_CHECKS,
  ...KEY_WINDOW_CHECKS,
  ...LOG_CHECKS,
  ...NETWORK_CHECKS,
  ...SIZE_CHECKS,
  ...VAULT_LOSS_CHECKS,
  ...VAULT_PLACE_CHECKS,
  ...VAULT_PROTECTION_CHECKS,
};

export const CLUSTER_CHECKS = { ...CLUSTER_DISK_CHECKS, ...NODE_CHECKS, ...STORAGE_CLASS_CHECKS };

export const DISKS_CHECKS = { ...DISK_CHECKS };

export const PRODUCTS_CHECKS = { ...COMMAND_CHECKS, ...PRODUCT_CHECKS, ...RIGHTS_CHECKS };
