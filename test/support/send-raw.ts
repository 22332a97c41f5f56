import { once } from "node:events";
import { connect } from "node:net";

/** Sends bytes as they are and returns all that comes back until the server closes. */
export async function sendRaw(address: string, text: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.setEncoding("latin1");
  let answer = "";
  socket.on("data", (data) => {
    answer += data;
  });
  socket.write(text);
  await once(socket, "close");
  return answer;
}
