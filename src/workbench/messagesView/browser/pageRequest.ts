import type { FromPage } from '../protocol';

/** Something that a part of the page asks of the extension; it bubbles up to the page's root. */
export class PageRequest extends Event {
  static readonly type = 'page-request';

  constructor(readonly message: FromPage) {
    super(PageRequest.type, { bubbles: true, composed: true });
  }
}
