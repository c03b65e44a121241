type TaggedAction = { tag?: number; compoundActions?: unknown[] };

/**
 * Gives every action in an orchestrator's result an identity that survives JSON, in the property `tag`. When a task is
 * awaited again inside a new Task.any or Task.all, the SDK lists its action again, as the same object. Without the tag
 * the host could not distinguish that from a second call with equal arguments.
 */
export function tagActions(state: unknown): unknown {
  const tags = new Map<object, number>();
  const tag = (action: unknown): void => {
    if (typeof action !== 'object' || action === null) return;
    const tagged = action as TaggedAction;
    if (Array.isArray(tagged.compoundActions)) {
      tagged.compoundActions.forEach(tag);
      return;
    }
    if (!tags.has(action)) tags.set(action, tags.size);
    tagged.tag = tags.get(action) ?? 0;
  };
  const { actions } = (state ?? {}) as { actions?: unknown[][] };
  for (const list of actions ?? []) list.forEach(tag);
  return state;
}
