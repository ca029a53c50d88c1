/** Where the selection goes by a key; `page` is how many rows a page has. */
export function selectionAfter(
  key: string,
  o: { readonly selected: number; readonly count: number; readonly page: number },
): number | undefined {
  const { selected, count, page } = o;
  const last = count - 1;
  if (last < 0) return undefined;
  const within = (index: number): number => Math.max(0, Math.min(last, index));
  // Nothing is selected yet: whatever moves starts at the newest, where the eye is.
  const isNone = selected < 0;
  switch (key) {
    case 'ArrowUp':
      return isNone ? last : within(selected - 1);
    case 'ArrowDown':
      return isNone ? last : within(selected + 1);
    case 'PageUp':
      return isNone ? last : within(selected - Math.max(1, page));
    case 'PageDown':
      return isNone ? last : within(selected + Math.max(1, page));
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
