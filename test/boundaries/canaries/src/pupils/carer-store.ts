import postgres from 'postgres'; export const a = postgres
