# A Java program that calls https://api.attio.com; see docs/reach.md.
command -v javac >/dev/null || { echo "there is no Java here"; exit 0; }
cat >Self.java <<'JAVA'
import java.net.URI;
import java.net.http.*;

class Self {
  public static void main(String[] args) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("https://api.attio.com/v2/self"))
        .header("Authorization", "Bearer " + System.getenv("ATTIO_API_KEY")).build();
    System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
JAVA

fakeattio ca --ca-dir ca --output ca.pem
keytool -importcert -noprompt -alias fakeattio -file ca.pem -keystore trusted.p12 -storepass changeit
export JAVA_TOOL_OPTIONS="-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=18443 \
  -Djavax.net.ssl.trustStore=trusted.p12 -Djavax.net.ssl.trustStorePassword=changeit"
fakeattio exec --intercept --ca-dir ca --listen 127.0.0.1:18443 --strict self.identify -- java Self.java >self.json
grep workspace_slug self.json
