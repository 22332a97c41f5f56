// Plain JavaScript on purpose: it must run on any Node and say what to do.
const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  console.error(
    `Faceloom needs Node 24 or newer; this is Node ${process.versions.node}.\n` +
      "In a checkout, run `npm ci` without --ignore-scripts and start through npm (`npm start`, `npm test`):\n" +
      "the `node` development dependency then supplies Node 24. Elsewhere install Node 24.",
  );
  process.exit(78);
}
