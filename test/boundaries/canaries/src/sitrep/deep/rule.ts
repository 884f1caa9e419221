import { createServer } from 'node:http'; export const b = createServer
