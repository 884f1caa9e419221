/**
 * Whether text has the shape of an e-mail address: something, an @, a domain with a dot in it, and no space. Only a
 * message sent there shows that somebody has it, so nothing stricter is asked.
 */
export const isEmailAddress = (text: string): boolean => /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text)
