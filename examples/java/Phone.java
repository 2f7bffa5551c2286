import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A user of the partner who calls and is called (chapter 5), with nothing but Java's own classes. It sends and receives no media:
 * the other side is a browser, or the page that opens the room.
 *
 * <pre>javac -d out examples/java/*.java
 * java -cp out Phone ORIGIN APP_ID SECRET ACCOUNT agree|reject
 * java -cp out Phone ORIGIN APP_ID SECRET ACCOUNT call USER_ID</pre>
 */
public final class Phone {
  public static void main(String[] args) throws Exception {
    if (args.length < 5) {
      System.err.println("Phone ORIGIN APP_ID SECRET ACCOUNT agree|reject|call [USER_ID]");
      System.exit(2);
    }
    Platform platform = new Platform(args[0]);
    String sign = platform.sign(args[1], args[2]);
    // 6.2: the first login makes the user. The secret proves that the back end asks.
    Map<String, Object> docked = platform.post("account", "dockingLogin",
        Json.of("account", args[3], "userName", args[3], "sign", sign, "appkey", args[2]));
    String sid = (String) docked.get("SID");
    Object me = ((Map<?, ?>) docked.get("user")).get("id");
    System.out.println("user " + me);

    // 5.10 and 5.12 over HTTP.
    Map<String, Object> room = platform.post("room", "newAppRoom",
        Json.of("SID", sid, "name", "From Java", "numberLimit", 10, "isPublic", false));
    System.out.println("room " + room.get("roomId"));
    Map<String, Object> meeting = platform.post("meeting", "new",
        Json.of("SID", sid, "name", "Review", "startTime", "20300305060000", "hour", "1", "type", 2));
    System.out.println("meeting " + meeting.get("roomId") + " " + meeting.get("inviteCode"));

    CountDownLatch over = new CountDownLatch(1);
    platform.connect(event -> answer(platform, me, args[4], event, over));
    // 5.6: the first message of the socket.
    platform.call("call", "doRegister", Json.of("SID", sid, "userId", me, "deviceType", "java", "sign", sign)).get();
    System.out.println("registered");
    if (args[4].equals("call")) {
      Map<String, Object> placed = platform.call("call", "doInvite",
          Json.of("ownUserId", me, "targetUserId", Long.valueOf(args[5]), "type", 1)).get();
      System.out.println("called " + placed.get("result"));
      if (!placed.get("result").equals(0L)) System.exit(1);
    }
    boolean isOver = over.await(60, TimeUnit.SECONDS);
    // 5.11
    platform.call("account", "logout", Json.of("userId", me)).get();
    platform.close();
    System.out.println(isOver ? "done" : "nothing happened for a minute");
    System.exit(isOver ? 0 : 1);
  }

  /** What the specification's clients do: ring, then agree or reject; as the caller: tell that one is in the room. */
  private static void answer(
      Platform platform, Object me, String way, Map<String, Object> event, CountDownLatch over) {
    if (!"call".equals(event.get("module"))) return;
    String name = (String) event.get("method");
    System.out.println("event " + name + (event.get("event") == null ? "" : " " + event.get("event")));
    Map<String, Object> back = Json.of("ownUserId", me, "targetUserId", event.get("ownUserId"),
        "targetDeviceType", event.get("ownDeviceType"), "callId", event.get("callId"));
    CompletableFuture<?> step = null;
    switch (name) {
      case "doInvite" -> step = platform.call("call", "ring", back)
          .thenCompose(rung -> platform.call("call", way.equals("agree") ? "doAgree" : "reject", back))
          .thenRun(() -> {
            System.out.println(way);
            if (way.equals("reject")) over.countDown();
          });
      case "doAgree" -> {
        back.put("roomId", event.get("roomId"));
        back.put("roomType", event.get("type"));
        step = platform.call("call", "connected", back).thenRun(() -> System.out.println("connected"));
      }
      case "reject", "cancel" -> over.countDown();
      default -> { }
    }
    if (step != null) step.exceptionally(problem -> {
      System.out.println("failed " + problem.getMessage());
      over.countDown();
      return null;
    });
  }
}
