export declare const callbackAllow: string;
export declare const registerOa: (oa: { demo: string; secret: string; env?: Record<string, string> }) => Promise<void>;
