import type { Anchor } from './rowsLayout';

/** What survives hiding the view. */
export interface ViewState {
  /** Where the list stood. */
  readonly anchor?: Anchor;
  readonly selectedId?: string;
}

/** Reads what an earlier page, perhaps of an earlier version, has kept. */
export function readViewState(value: unknown): ViewState {
  const { anchor, selectedId } = (value ?? {}) as { anchor?: unknown; selectedId?: unknown };
  return {
    ...(isAnchor(anchor) && { anchor }),
    ...(typeof selectedId === 'string' && { selectedId }),
  };
}

function isAnchor(value: unknown): value is Anchor {
  const { kind, id, edge, offset } = (value ?? {}) as Record<string, unknown>;
  if (kind === 'newest') return true;
  return (
    kind === 'row' &&
    typeof id === 'string' &&
    (edge === 'top' || edge === 'bottom') &&
    typeof offset === 'number'
  );
}
