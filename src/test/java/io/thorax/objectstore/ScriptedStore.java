package io.thorax.objectstore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server that gives one raw answer to every request, then closes the connection. */
final class ScriptedStore implements AutoCloseable {
  private final ServerSocket socket;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final String answer;

  /**
   * @param answer status line, headers and body; empty to never answer
   */
  ScriptedStore(String answer) throws IOException {
    this.answer = answer;
    socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread server = new Thread(this::serve, "scripted-store");
    server.setDaemon(true);
    server.start();
  }

  static ScriptedStore error(int status, String code, String... headers) throws IOException {
    String body = "<Error><Code>" + code + "</Code><Message>Invalid version id</Message></Error>";
    return response(status, body, "Content-Type: application/xml", headers);
  }

  static ScriptedStore response(int status, String body, String type, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n" + type + "\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length()).append("\r\nConnection: close\r\n\r\n");
    return new ScriptedStore(head + body);
  }

  String endpoint() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** The request lines so far. */
  List<String> requests() {
    return requests;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
        String request = reader.readLine();
        if (request == null) {
          continue;
        }
        while (!reader.readLine().isEmpty()) {
          continue;
        }
        requests.add(request);
        if (answer.isEmpty()) {
          reader.read();
        } else {
          boolean head = request.startsWith("HEAD");
          String sent = head ? answer.substring(0, answer.indexOf("\r\n\r\n") + 4) : answer;
          connection.getOutputStream().write(sent.getBytes(ISO_8859_1));
        }
      } catch (IOException closedByClient) {
        continue;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
