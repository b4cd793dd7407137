// Exit code 0 while the app of this container is ready for work.
const answer = await fetch(`http://127.0.0.1:${process.env.OPS_PORT}/health/ready`).catch(() => null);
process.exit(answer?.ok === true ? 0 : 1);
