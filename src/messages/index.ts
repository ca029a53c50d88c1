export { Tail, type TailHealth, type TailOptions } from './tail';
export type { MessageRow } from './messageRow';
