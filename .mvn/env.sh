# What ./moor and ./dev share: finding a JDK, running Maven, installing system packages. Sourced, never run.
# shellcheck shell=bash

JDK_WANTED=25

say() { printf '%s\n' "$*" >&2; }
die() {
  say "$@"
  exit 1
}

# --- JDK ---------------------------------------------------------------------------------------------------------

# Whether this folder is a JDK that is new enough. Reads its release file, so no JVM is started.
is_jdk() { # FOLDER
  local line version
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        version=${line#*=}
        version=${version//\"/}
        version=${version%%[!0-9]*}
        [ -n "$version" ] && [ "$version" -ge "$JDK_WANTED" ]
        return
        ;;
    esac
  done < "$1/release"
  return 1
}

# Sets JAVA_HOME to the first JDK that will do.
find_jdk() {
  local folder on_path=
  if ! is_jdk "${MOOR_JAVA_HOME:-}" && ! is_jdk "${JAVA_HOME:-}" && command -v java > /dev/null; then
    on_path=$(readlink -f "$(command -v java)")
    on_path=${on_path%/bin/java}
  fi
  for folder in "${MOOR_JAVA_HOME:-}" "${JAVA_HOME:-}" "$on_path" \
    /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /opt/* /opt/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$folder" ] && is_jdk "$folder"; then
      export JAVA_HOME=$folder
      return 0
    fi
  done
  return 1
}

# As find_jdk, but installs one where that is possible, or ends with the ways to get one.
need_jdk() {
  local package=openjdk-$JDK_WANTED-jdk-headless
  find_jdk && return
  if can_apt && apt_knows "$package"; then
    say "No JDK $JDK_WANTED here; installing $package with apt."
    apt_install "$package" || true
    find_jdk && return
  fi
  die "Moorage needs a JDK $JDK_WANTED or newer, and none was found (looked at MOOR_JAVA_HOME, JAVA_HOME, the path," \
    "/usr/lib/jvm, ~/.sdkman, ~/.jdks and /opt). Three ways to get one:
  as root: apt-get install $package (Debian 13, Ubuntu 24.04 and later have it; Debian 12 does not)
  with SDKMAN, for your user alone: sdk install java $JDK_WANTED-tem
  by hand: unpack one from https://adoptium.net and set MOOR_JAVA_HOME to its folder"
}

# --- Maven -------------------------------------------------------------------------------------------------------

# Runs Maven on that JDK, on the whole house or on MAVEN_POM. Its distribution lives in the clone; your own repository of jars and MAVEN_OPTS are used as they are.
maven() { # ARGUMENTS...
  MAVEN_USER_HOME=${MAVEN_USER_HOME:-$ROOT/.cache/maven} "$ROOT/mvnw" -f "${MAVEN_POM:-$ROOT/pom.xml}" --batch-mode --no-transfer-progress -T 1C "$@"
}

# The same, saying only what went wrong and how tests went. (Maven's own -q hides the compiler's warnings, which stop this build.)
terse_maven() { # ARGUMENTS...
  local level=-Dorg.slf4j.simpleLogger
  maven "$level.defaultLogLevel=warn" "$level.log.org.apache.maven.plugin.surefire=info" \
    "$level.log.org.apache.maven.plugin.failsafe=info" "$@"
}

# One build at a time in a clone: waits for another one. The lock ends with the shell that holds it.
lock_build() {
  mkdir -p "$ROOT/.cache"
  command -v flock > /dev/null || return 0
  exec 9> "$ROOT/.cache/build.lock"
  flock -n 9 && return
  say "waiting for another build in this clone…"
  flock 9
}

unlock_build() { exec 9>&-; }

# --- System packages ---------------------------------------------------------------------------------------------

can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; }

apt_knows() { # PACKAGE
  apt-cache show "$1" > /dev/null 2>&1 && return
  apt-get -qq update > /dev/null 2>&1 || true
  apt-cache show "$1" > /dev/null 2>&1
}

apt_install() { # PACKAGE...
  apt_knows "$1" || true
  DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "$@" > /dev/null < /dev/null
}

# Prints the packages whose tools are missing, separated by blanks.
missing_packages() {
  local pair missing=()
  for pair in mkfs.ext4:e2fsprogs mkfs.xfs:xfsprogs mkfs.btrfs:btrfs-progs bwrap:bubblewrap; do
    PATH=$PATH:/usr/sbin:/sbin command -v "${pair%%:*}" > /dev/null || missing+=("${pair#*:}")
  done
  [ ${#missing[@]} = 0 ] || printf '%s\n' "${missing[*]}"
}

# Installs what is missing when it can, else says what is missing. Never fails: whoever needs a tool explains itself.
offer_packages() {
  local missing
  [ "$(uname -s)" = Linux ] || return 0
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  if can_apt; then
    say "Installing missing system packages with apt: $missing"
    # shellcheck disable=SC2086 # one word per package
    apt_install $missing || say "apt could not install them; going on without."
  elif command -v apt-get > /dev/null; then
    say "Missing system packages: $missing. As root: apt-get install $missing"
  else
    say "Missing system packages: $missing (these are Debian's names). Install them with this system's package manager."
  fi
}
