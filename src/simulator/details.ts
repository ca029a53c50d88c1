/** What someone needs to know to talk to the simulator; the control command `details` says it. */
export interface SimulatorDetails {
  /** The origin that stands in for https://platform.ringcentral.com. */
  server: string;
  clientId: string;
  clientSecret: string;
  /** An app without a secret, for sign-in with PKCE alone. */
  publicClientId: string;
  /** The preferred of `redirectUris`. */
  redirectUri: string;
  redirectUris: string[];
  jwt: string;
  botToken: string;
  /** A team with people, a guest and the practice bot. */
  chatId: string;
  engage: {
    apiUrl: string;
    accessToken: string;
    realtimeUrl: string;
    realtimeToken: string;
    sourceId: string;
    webhookSecret: string;
    verifyToken: string;
    botCategoryId: string;
    agentCategoryId: string;
  };
  /** Where commands are POSTed to. */
  control: string;
}
