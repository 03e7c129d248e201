package dev.moorage.kubeserver.http;

import dev.moorage.base.Secret;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import java.util.List;
import java.util.Locale;

/// Lets the one user in by the token; whoever has none may only ask for version and health.
final class Login {
  static final String ADMIN = "system:moorage:admin";
  private static final String ANONYMOUS = "system:anonymous";
  private static final String BEARER = "bearer ";

  private final Secret token;

  Login(Secret token) {
    this.token = token;
  }

  /// @throws KubeException `Unauthorized` for a wrong token, and for none where one is needed
  String user(Call call) {
    var header = call.header("authorization");
    if (header.isEmpty() && isPublic(call)) return ANONYMOUS;
    boolean bears = header.toLowerCase(Locale.ROOT).startsWith(BEARER);
    if (!bears || !token.equals(new Secret(header.substring(BEARER.length()).strip())))
      throw Refusal.unauthorized();
    refuseImpersonation(call);
    return ADMIN;
  }

  private static boolean isPublic(Call call) {
    return !call.path().isEmpty()
        && List.of("version", "healthz", "livez", "readyz").contains(call.path().getFirst());
  }

  /// Taking no notice would act with rights that the client wanted to be without.
  private static void refuseImpersonation(Call call) {
    if (call.headers().keySet().stream().anyMatch(name -> name.startsWith("impersonate-")))
      throw new KubeException(Reason.Forbidden, "impersonation is not served");
  }
}
