import { z } from 'zod';
import type { AlertResource } from './alerts.ts';

const webhook = z.object({
  name: z.string(),
  serviceUri: z.string(),
  useCommonAlertSchema: z.boolean().default(false),
  useAadAuth: z.boolean().default(false),
  identifierUri: z.string().optional(),
  tenantId: z.string().optional(),
});

/** A webhook of an action group (Microsoft.Insights/actionGroups, 2023-01-01). */
export type WebhookReceiver = z.infer<typeof webhook>;

const email = z.object({ name: z.string(), emailAddress: z.string() });

/** A mail address of an action group. */
export type EmailReceiver = z.infer<typeof email>;

const group = z.object({
  enabled: z.boolean().default(true),
  webhookReceivers: z.array(webhook).default([]),
  emailReceivers: z.array(email).default([]),
});

const receiversOf = ({ properties }: AlertResource): z.infer<typeof group> | undefined => {
  const read = group.safeParse(properties);
  return read.success && read.data.enabled ? read.data : undefined;
};

/** Its webhooks; none of a group that is switched off, or whose body is invalid. */
export const webhooksOf = (resource: AlertResource): WebhookReceiver[] => receiversOf(resource)?.webhookReceivers ?? [];

/** The people that it writes to, likewise. */
export const emailsOf = (resource: AlertResource): EmailReceiver[] => receiversOf(resource)?.emailReceivers ?? [];
