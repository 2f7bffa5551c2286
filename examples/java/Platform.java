import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The platform's interface: HTTP for single calls, one socket for a user who is called. */
final class Platform {
  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String origin;
  private final Map<Object, CompletableFuture<Map<String, Object>>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private WebSocket socket;

  /** @param origin such as {@code https://meet.example.com} */
  Platform(String origin) {
    this.origin = origin;
  }

  /** Section 6.1. The secret stays on the back end. */
  String sign(String appId, String secret) throws Exception {
    return (String) send("getSign", Json.of("appId", appId, "secret", secret)).get("data");
  }

  /** {@code POST /app/{module}}; throws when the answer is an error. */
  Map<String, Object> post(String module, String method, Map<String, Object> input) throws Exception {
    Map<String, Object> body = new LinkedHashMap<>(input);
    body.put("method", method);
    return checked(send(module, body));
  }

  private Map<String, Object> send(String path, Map<String, Object> body) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(origin + "/app/" + path))
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
        .build();
    return Json.object(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private static Map<String, Object> checked(Map<String, Object> answer) {
    if (answer.get("error") != null) throw new IllegalStateException(Json.write(answer.get("error")));
    return answer;
  }

  /** Opens the socket; {@code onEvent} gets every event, on a thread of the HTTP client. */
  void connect(Consumer<Map<String, Object>> onEvent) {
    URI address = URI.create(origin.replaceFirst("^http", "ws") + "/app/socket");
    socket = http.newWebSocketBuilder().buildAsync(address, new WebSocket.Listener() {
      private final StringBuilder message = new StringBuilder();

      @Override
      public CompletionStage<?> onText(WebSocket ws, CharSequence part, boolean last) {
        message.append(part);
        if (last) {
          Map<String, Object> whole = Json.object(message.toString());
          message.setLength(0);
          Object id = whole.get("id");
          CompletableFuture<Map<String, Object>> answer = id == null ? null : waiting.remove(id);
          if (answer != null) answer.complete(whole);
          else onEvent.accept(whole);
        }
        ws.request(1);
        return null;
      }
    }).join();
  }

  /** A call over the socket. Not to be waited for on the thread of an event. */
  CompletableFuture<Map<String, Object>> call(String module, String method, Map<String, Object> input) {
    Map<String, Object> message = new LinkedHashMap<>(input);
    long id = ids.incrementAndGet();
    message.put("id", id);
    message.put("module", module);
    message.put("method", method);
    CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    synchronized (this) {
      socket.sendText(Json.write(message), true).join();
    }
    return answer.orTimeout(15, TimeUnit.SECONDS).thenApply(Platform::checked);
  }

  void close() {
    socket.sendClose(1000, "").join();
  }
}
