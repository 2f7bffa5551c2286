import { inject } from 'vitest';

process.env.MEETFRAME_TEST_POSTGRES = inject('postgres');
