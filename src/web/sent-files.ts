/** Reads a form that carries files: small ones into memory, large ones down on the disk as they come. */
import { rm } from 'node:fs/promises'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { putDown } from '#adapters/files/arriving.ts'
import type { FileOnDisk, Upload, UploadedFile } from './page.ts'

declare module 'fastify' {
  interface FastifyRequest {
    uploads: UploadedFile[]
    onDisk: FileOnDisk[]
  }
}

const FILES_AT_ONCE = 60

/** How a page takes files, and where those are put down that it does not hold in memory. */
type Taking = { upload: Upload | undefined; folder: string | undefined }

/**
 * Reads a form into `request.body`, with its files in `request.uploads`, or in `request.onDisk` where the page asks for
 * that. Files over the limit, one or all together, are refused with 413; of one put down on disk the page is told that it
 * is not whole, so that it can answer beside the question. A form that breaks off in the middle is refused with 400, and
 * nothing of it is left; so is a file for which the disk has no room.
 */
export async function readParts(request: FastifyRequest, taking: Taking): Promise<void> {
  request.uploads = []
  request.onDisk = []
  if (!request.isMultipart()) return
  try {
    request.body = await fieldsAndFiles(request, taking)
  } catch (cause) {
    await forgetFiles(request)
    const { statusCode = 400, code } = cause as { statusCode?: number; code?: string }
    const because = code === 'ENOSPC' ? { code } : { statusCode }
    throw Object.assign(new Error('The form cannot be read.', { cause }), because)
  }
}

/** Takes away what was put down on disk and no page has moved to a place of its own. */
export async function forgetFiles({ onDisk }: Pick<FastifyRequest, 'onDisk'>): Promise<void> {
  await Promise.all((onDisk ?? []).map(({ path }) => rm(path, { force: true })))
}

async function fieldsAndFiles(request: FastifyRequest, { upload, folder }: Taking) {
  const fields: Record<string, string[]> = {}
  const atMostBytes = upload?.atMostBytes ?? 0
  let left = atMostBytes
  const limits = { fileSize: atMostBytes, files: FILES_AT_ONCE, fields: 1000 }
  for await (const part of request.parts({ limits })) {
    if (part.type !== 'file') {
      fields[part.fieldname] = [...(fields[part.fieldname] ?? []), String(part.value)]
    } else if (upload?.onDisk) {
      request.onDisk.push(await onDisk(part, folder))
    } else {
      const bytes = await part.toBuffer()
      left -= bytes.length
      if (part.file.truncated || left < 0)
        throw Object.assign(new Error('The files are too large.'), { statusCode: 413 })
      request.uploads.push({ field: part.fieldname, filename: part.filename, bytes })
    }
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  )
}

async function onDisk(part: MultipartFile, folder: string | undefined): Promise<FileOnDisk> {
  if (folder === undefined) throw new Error('Firstbell keeps no files here, and a page takes one.')
  const { path, bytes } = await putDown(folder, part.file)
  const isWhole = !part.file.truncated
  if (!isWhole) await rm(path, { force: true })
  return { field: part.fieldname, filename: part.filename, path, bytes, isWhole }
}
