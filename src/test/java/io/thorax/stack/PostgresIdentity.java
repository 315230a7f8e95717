package io.thorax.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL runs: it refuses root. A root user (in a container, mostly) gives it a user
 * namespace of its own, in which it is nobody; where the kernel or the container's profile forbids
 * that, it becomes the user nobody, who then owns the data directory.
 *
 * @param prefix the command that PostgreSQL's programs are run with
 * @param owner of the data directory
 */
record PostgresIdentity(List<String> prefix, String owner) {
  static final PostgresIdentity OWN = new PostgresIdentity(List.of(), "");
  static final PostgresIdentity NAMESPACE = new PostgresIdentity(List.of("unshare", "-U"), "root");
  static final PostgresIdentity NOBODY =
      new PostgresIdentity(
          List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"), "nobody");

  static PostgresIdentity detect() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return OWN;
    }
    return Stream.of(NAMESPACE, NOBODY)
        .filter(identity -> Commands.works(identity.command("true").toArray(String[]::new)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "PostgreSQL refuses to run as root, and neither unshare -U nor setpriv works"
                        + " here: run this as another user, or give a running database with -D"
                        + StackProperties.POSTGRES_URL));
  }

  List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /** Hands the directory over, with all in it. */
  void own(Path directory) throws IOException {
    if (owner.isEmpty() || Files.getOwner(directory).getName().equals(owner)) {
      return;
    }
    UserPrincipal user =
        directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner);
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.toList()) {
        Files.getFileAttributeView(
                path,
                java.nio.file.attribute.FileOwnerAttributeView.class,
                LinkOption.NOFOLLOW_LINKS)
            .setOwner(user);
      }
    }
  }
}
