package dev.moorage.kubeclient;

/// One request.
///
/// @param path with its query
/// @param type of the body; empty for a request without one
record Ask(String method, String path, String accept, String type, String body) {
  static final String JSON = "application/json";

  static Ask get(String path) {
    return get(path, JSON);
  }

  static Ask get(String path, String accept) {
    return new Ask("GET", path, accept, "", "");
  }

  static Ask write(String method, String path, String type, String body) {
    return new Ask(method, path, JSON, type, body);
  }

  boolean writes() {
    return !method.equals("GET");
  }

  /// The same with the options of writing.
  Ask asWriting(Writing writing) {
    var with = path;
    if (!method.equals("DELETE")) { // has its options in its body
      with = Paths.with(with, "dryRun", writing.dryRun() ? "All" : "");
      with = Paths.with(with, "fieldValidation", writing.validation().text());
      with = Paths.with(with, "fieldManager", writing.manager());
    }
    return new Ask(method, with, accept, type, body);
  }

  /// For messages: the path without its query.
  @Override
  public String toString() {
    int query = path.indexOf('?');
    return method + " " + (query < 0 ? path : path.substring(0, query));
  }
}
