import { isToPage, type FromPage, type ToPage } from '../protocol';
import { readViewState, type ViewState } from './viewState';

/** What VS Code gives every webview page, once. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): unknown;
}

/** The page's end of the conversation with the extension. */
export class PageHost {
  readonly #api: VsCodeApi;

  constructor(api: VsCodeApi) {
    this.#api = api;
  }

  post(message: FromPage): void {
    this.#api.postMessage(message);
  }

  listen(listener: (message: ToPage) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (isToPage(data)) listener(data);
    });
  }

  /** What the page kept when it was shown last. */
  get state(): ViewState {
    return readViewState(this.#api.getState());
  }

  set state(state: ViewState) {
    this.#api.setState(state);
  }
}
