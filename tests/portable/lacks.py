"""What Python has on Unix and lacks on Windows, from the "Availability" marks of its reference."""

MODULES = {
    *("crypt", "curses", "dbm.gnu", "dbm.ndbm", "fcntl", "grp", "nis", "ossaudiodev", "pipes"),
    *("posix", "pty", "pwd", "readline", "resource", "spwd", "syslog", "termios", "tty"),
}
"""Modules that cannot be imported there."""

OS = {
    *("WCONTINUED", "WCOREDUMP", "WEXITED", "WEXITSTATUS", "WIFCONTINUED", "WIFEXITED"),
    *("WIFSIGNALED", "WIFSTOPPED", "WNOHANG", "WNOWAIT", "WSTOPPED", "WSTOPSIG", "WTERMSIG"),
    *("WUNTRACED", "O_ASYNC", "O_CLOEXEC", "O_DIRECT", "O_DIRECTORY", "O_DSYNC", "O_NDELAY"),
    *("O_NOATIME", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK", "O_PATH", "O_RSYNC", "O_SYNC"),
    *("O_TMPFILE", "F_LOCK", "F_TEST", "F_TLOCK", "F_ULOCK", "POSIX_FADV_DONTNEED"),
    *("chown", "chroot", "confstr", "confstr_names", "copy_file_range", "ctermid", "environb"),
    *("eventfd", "fchdir", "fchown", "fdatasync", "fork", "forkpty", "fpathconf", "fstatvfs"),
    *("fwalk", "getegid", "getenvb", "geteuid", "getgid", "getgrouplist", "getgroups"),
    *("getloadavg", "getpgid", "getpgrp", "getpriority", "getrandom", "getresgid", "getresuid"),
    *("getsid", "getuid", "getxattr", "initgroups", "killpg", "lchown", "listxattr", "lockf"),
    *("login_tty", "major", "makedev", "memfd_create", "minor", "mkfifo", "mknod", "nice"),
    *("openpty", "pathconf", "pidfd_open", "pipe2", "posix_fadvise", "posix_fallocate"),
    *("posix_openpt", "posix_spawn", "posix_spawnp", "pread", "preadv", "pwrite", "pwritev"),
    *("readv", "register_at_fork", "removexattr", "sched_getaffinity", "sched_setaffinity"),
    *("sched_yield", "sendfile", "setegid", "seteuid", "setgid", "setgroups", "setpgid"),
    *("setpgrp", "setpriority", "setregid", "setresgid", "setresuid", "setreuid", "setsid"),
    *("setuid", "setxattr", "splice", "statvfs", "sync", "sysconf", "sysconf_names", "tcgetpgrp"),
    *("tcsetpgrp", "ttyname", "uname", "unshare", "wait", "wait3", "wait4", "waitid", "writev"),
}
"""Names of ``os`` that it lacks."""

SIGNAL = {
    *("SIGALRM", "SIGBUS", "SIGCHLD", "SIGCLD", "SIGCONT", "SIGHUP", "SIGIO", "SIGIOT", "SIGKILL"),
    *("SIGPIPE", "SIGPOLL", "SIGPROF", "SIGPWR", "SIGQUIT", "SIGRTMAX", "SIGRTMIN", "SIGSTKFLT"),
    *("SIGSTOP", "SIGSYS", "SIGTRAP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGUSR1"),
    *("SIGUSR2", "SIGVTALRM", "SIGWINCH", "SIGXCPU", "SIGXFSZ", "ITIMER_PROF", "ITIMER_REAL"),
    *("ITIMER_VIRTUAL", "alarm", "getitimer", "pause", "pidfd_send_signal", "pthread_kill"),
    *("pthread_sigmask", "setitimer", "siginterrupt", "sigpending", "sigtimedwait", "sigwait"),
    *("sigwaitinfo", "SIG_BLOCK", "SIG_SETMASK", "SIG_UNBLOCK"),
}
"""Names of ``signal`` that it lacks."""

SELECT = {"devpoll", "epoll", "kevent", "kqueue", "poll"}
"""Names of ``select`` that it lacks."""

SOCKET = {
    "AF_UNIX",
    "CMSG_LEN",
    "CMSG_SPACE",
    "SO_REUSEPORT",
    "recv_fds",
    "send_fds",
    "sethostname",
}
"""Names of ``socket`` that it lacks."""

TIME = {
    *("CLOCK_BOOTTIME", "CLOCK_MONOTONIC", "CLOCK_MONOTONIC_RAW", "CLOCK_PROCESS_CPUTIME_ID"),
    *("CLOCK_REALTIME", "CLOCK_THREAD_CPUTIME_ID", "clock_getres", "clock_gettime"),
    *("clock_gettime_ns", "clock_settime", "pthread_getcpuclockid", "tzset"),
}
"""Names of ``time`` that it lacks."""

NAMES = {
    "os": OS,
    "select": SELECT,
    "signal": SIGNAL,
    "socket": SOCKET,
    "time": TIME,
    "locale": {"nl_langinfo"},
    "mmap": {"MAP_PRIVATE", "MAP_SHARED", "PROT_READ", "PROT_WRITE"},
    "sys": {"abiflags", "getdlopenflags", "setdlopenflags"},
    "socketserver": {"ForkingMixIn", "ForkingTCPServer", "UnixStreamServer"},
}

WATCHED = 512
"""Sockets that ``select`` watches at once there."""
