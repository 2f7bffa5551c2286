import type { ChildProcess } from 'node:child_process';

export declare const parentOf: (pid: number | string) => number | undefined;
export declare const isShell: (pid: number) => boolean;
export declare const hasEnded: (child: ChildProcess) => boolean;
export declare const untilAnswered: (address: string, child: ChildProcess) => Promise<void>;
export declare const end: (child: ChildProcess) => Promise<void>;
