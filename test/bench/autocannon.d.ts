declare module 'autocannon' {
  /** The options used here; resolves when `amount` requests were answered. */
  export default function autocannon(options: {
    url: string;
    method: string;
    headers: Record<string, string>;
    body: string;
    connections: number;
    amount: number;
  }): Promise<unknown>;
}
