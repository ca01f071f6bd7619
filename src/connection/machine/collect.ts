/** What a stream says, as it stands when it is asked for. `tooMuch` is called for each chunk beyond `most` bytes, which is not kept. */
export function collect(stream: NodeJS.ReadableStream, most: number, tooMuch: () => void): () => Buffer {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > most) tooMuch()
    else chunks.push(chunk)
  })
  return () => Buffer.concat(chunks)
}
