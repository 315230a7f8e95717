package io.thorax.stack;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Stands in for the packaged service: ready a moment after its start, ends on SIGTERM. */
final class FakeService {
  private static final int READY_AFTER_MILLIS = 300;
  private static final int NO_BODY = -1;

  private FakeService() {}

  public static void main(String[] arguments) throws IOException {
    if ("true".equals(System.getenv("THORAX_FAKE_FAILS"))) {
      System.err.println("thorax.fake.fails: must not be true");
      System.exit(3);
    }
    long readyAt = System.currentTimeMillis() + READY_AFTER_MILLIS;
    int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
    HttpServer server = HttpServer.create(new InetSocketAddress(Ports.HOST, port), 0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          boolean ready = System.currentTimeMillis() >= readyAt;
          exchange.sendResponseHeaders(ready ? 200 : 503, NO_BODY);
          exchange.close();
        });
    server.start();
    System.out.println("started with roles " + System.getenv("THORAX_ROLES"));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("drained")));
  }
}
