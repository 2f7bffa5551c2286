import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

/** A bare WebSocket server that answers every message with the same text: what the platform’s sockets stand on. */
const http = createServer((_, response) => response.end());
const server = new WebSocketServer({ server: http });
server.on('connection', (socket) => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })));
http.listen(Number(process.env.PORT), '127.0.0.1');
