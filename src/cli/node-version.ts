/** Imported before anything else: on a Node that cannot run the rest, one sentence says so. */
if (Number(process.versions.node.split('.')[0]) < 26) {
  console.error(
    `Firstbell needs Node 26 and this is ${process.version}. Start it with npm start or bin/firstbell.`,
  )
  process.exit(1)
}
