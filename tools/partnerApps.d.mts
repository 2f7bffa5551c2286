export type PartnerSecrets = { oa: string; crm: string };
export declare const callbackAllow: string;
export declare const registerPartners: (partners: {
  origins: readonly string[];
  inside: string;
  secrets: PartnerSecrets;
  env?: Record<string, string>;
}) => Promise<{ webhookSecret: string }>;
