// A thread for tests: it repeats what it is given, until it is told to end.
import { serve } from '../threads/serve.ts';

serve((input: string): string => (input === 'end' ? process.exit(1) : input));
