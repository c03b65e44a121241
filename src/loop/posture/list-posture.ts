import { linesOfClusters, linesOfDisks, linesOfProduct } from '../../posture/lines.ts';
import { productFacts } from '../../posture/product-facts.ts';
import type { Guardian } from '../guardian.ts';
import type { PostureListed } from '../messages.ts';
import { deleteOldDocuments } from './delete-old-documents.ts';
import { postureChunks } from './posture-keys.ts';
import { asDocument, putParts } from './put-parts.ts';

/** Lists everything in scope with its surroundings, and judges what belongs to no key: clusters, disks, the product itself. */
export const listPosture = async (guardian: Guardian): Promise<PostureListed> => {
  const { azure, store } = guardian;
  const startedAt = new Date().toISOString();
  await guardian.store.beats.beat('posture', startedAt);
  await deleteOldDocuments(guardian);
  const { keys, unreadable } = await azure.listConsumers();
  const { clusters, disks, ...around } = await azure.posture.surroundings();
  const surroundings = await store.postureDocuments.put(asDocument(around));
  const lines = [...linesOfProduct(productFacts(around.own)), ...linesOfClusters(clusters), ...linesOfDisks(disks)];
  const chunks = [];
  for (const chunk of postureChunks(keys))
    chunks.push({ listing: await store.postureDocuments.put(asDocument(chunk)), surroundings });
  const parts = await putParts(guardian, lines, []);
  return { startedAt, chunks, parts, unreadable: unreadable.map(({ reason }) => reason) };
};
