/** A reason the embedded database cannot run, told in a sentence with what to do. Shells print it and stop. */
export class CannotStart extends Error {
  override name = 'CannotStart'
}

/** Turns what the operating system or PostgreSQL said into a sentence about `folder`; the rest stays a fault. */
export function explained(cause: unknown, folder: string): Error {
  if (cause instanceof CannotStart) return cause
  const said = textOf(cause)
  if (/ENOSPC|No space left on device/.test(said)) {
    return new CannotStart(
      `The disk that holds ${folder} is full. Free some space, or choose another folder with --data.`,
      { cause },
    )
  }
  if (/EDQUOT|Disk quota exceeded/.test(said)) {
    return new CannotStart(
      `Your disk quota for ${folder} is used up. Free some space, or choose another folder with --data.`,
      { cause },
    )
  }
  if (/EROFS|Read-only file system/.test(said)) {
    return new CannotStart(
      `${folder} is on a disk that cannot be written to. Choose another folder with --data.`,
      { cause },
    )
  }
  if (/spawn\w* .*(ENOENT|EACCES|ENOEXEC|UNKNOWN)/.test(said)) {
    return new CannotStart(
      'The PostgreSQL that comes with Firstbell does not run on this machine; perhaps it has another C library, or forbids programs where it is. Set DATABASE_URL to a PostgreSQL 16 or later.',
      { cause },
    )
  }
  if (/EACCES|EPERM|Permission denied|unable to open database file|readonly database/.test(said)) {
    return new CannotStart(
      `Firstbell may not write in ${folder}; it may belong to someone else. Start as its owner, or choose another folder with --data.`,
      { cause },
    )
  }
  return cause instanceof Error ? cause : new Error(said)
}

function textOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const { stderr = '', code = '' } = cause as { stderr?: string; code?: string | number }
  return `${code} ${cause.message} ${stderr}`
}
