import { createServer } from 'node:http';

/** The least that an HTTP server can do: the ceiling of every API figure. Tells its port to the parent. */
const server = createServer((_request, response) => {
  response
    .setHeader('content-type', 'application/json')
    .end('{"code":0,"data":{"status":"charging"},"message":"success"}');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
process.on('disconnect', () => process.exit(0));
