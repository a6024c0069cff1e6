/* SPDX-License-Identifier: MIT */
/* Uses the interface of c-ares 1.18 for raw messages: queries and answers are bytes. Each resolver has its own
   channels, because c-ares can only cancel all queries of a channel at once. A channel uses a new port for each burst
   of queries. */
#include "resolver.h"

#include <ares.h>
#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include "../allocate.h"
#include "../progress.h"
#include "../standard_output.h"
#include "dns_message.h"

typedef struct channel {
  ares_channel ares;
  network *network;
  size_t pending;
} channel;

/* One channel for each sum of RESOLVER_*. Those for TCP are opened when they are needed. */
enum { CHANNELS = 4 };

struct resolver {
  channel channels[CHANNELS];
  bool has_others; /* there is more than one server */
};

/* An event on a socket. */
typedef struct event {
  ares_socket_t fd;
  short what;
  channel *owner;
} event;

struct network {
  struct ares_addr_port_node *servers;
  struct ares_addr_port_node **last;
  int64_t milliseconds;
  bool tcp;
  bool library; /* c-ares is initialized */
  size_t count;
  resolver *resolvers;
  struct pollfd *polled; /* the first element is for `input` of network_wait */
  channel **owners;
  event *events;
  size_t socket_count; /* including the first element */
  size_t socket_capacity;
};

/* A pending query. */
typedef struct pending_query {
  channel *from;
  resolver_done *done;
  void *user;
} pending_query;

static void grow_sockets(network *n) {
  const size_t capacity = n->socket_capacity ? 2 * n->socket_capacity : 64;
  n->polled = reallocate(n->polled, capacity, sizeof *n->polled);
  n->owners = reallocate(n->owners, capacity, sizeof(channel *));
  n->events = reallocate(n->events, capacity, sizeof *n->events);
  n->socket_capacity = capacity;
}

static void watch(void *user, ares_socket_t fd, int readable, int writable) {
  channel *c = user;
  network *n = c->network;
  size_t i = 1;
  while (i < n->socket_count && n->polled[i].fd != fd) i++;
  if (!readable && !writable) {
    if (i == n->socket_count) return;
    n->socket_count--;
    n->polled[i] = n->polled[n->socket_count];
    n->owners[i] = n->owners[n->socket_count];
    return;
  }
  if (i == n->socket_count) {
    if (n->socket_count == n->socket_capacity) grow_sockets(n);
    n->socket_count++;
  }
  n->polled[i] = (struct pollfd){.fd = fd, .events = (short)((readable ? POLLIN : 0) | (writable ? POLLOUT : 0))};
  n->owners[i] = c;
}

network *network_new(size_t resolver_count, int64_t milliseconds, bool tcp) {
  network *n = allocate_zeros(1, sizeof *n);
  n->resolvers = allocate_zeros(resolver_count, sizeof *n->resolvers);
  n->last = &n->servers;
  n->count = resolver_count;
  n->milliseconds = milliseconds;
  n->tcp = tcp;
  n->socket_count = 1;
  grow_sockets(n);
  return n;
}

static void add_server(network *n, const struct ares_addr_port_node *server) {
  struct ares_addr_port_node *const added = allocate_zeros(1, sizeof *added);
  *added = *server;
  added->next = NULL;
  *n->last = added;
  n->last = &added->next;
}

/* Parses a port number. Returns -1 if it is invalid. */
static int read_port(const char *text) {
  long port = 0;
  if (!*text || strlen(text) > 5) return -1;
  for (; *text; text++) {
    if (*text < '0' || *text > '9') return -1;
    port = 10 * port + (*text - '0');
  }
  return port && port <= UINT16_MAX ? (int)port : -1;
}

bool network_add_server(network *n, const char *text) {
  enum { ADDRESS_SIZE = INET6_ADDRSTRLEN, DNS_PORT = 53 };
  const bool has_brackets = text[0] == '[';
  const char *begin = text + has_brackets;
  /* An address without brackets has a port only if it has exactly one colon; otherwise it is IPv6. */
  const char *colon = strchr(begin, ':');
  const char *end = has_brackets                       ? strchr(begin, ']')
                    : colon && !strchr(colon + 1, ':') ? colon
                                                       : begin + strlen(begin);
  if (!end || (size_t)(end - begin) >= ADDRESS_SIZE) return false;
  const char *rest = end + has_brackets;
  const int port = *rest == ':' ? read_port(rest + 1) : *rest ? -1 : DNS_PORT;
  if (port < 0) return false;

  char address[ADDRESS_SIZE] = {0};
  memcpy(address, begin, (size_t)(end - begin));
  struct ares_addr_port_node server = {.udp_port = port, .tcp_port = port};
  if (!has_brackets && inet_pton(AF_INET, address, &server.addr) == 1) {
    server.family = AF_INET;
  } else if (inet_pton(AF_INET6, address, &server.addr) == 1) {
    server.family = AF_INET6;
  } else {
    return false;
  }
  add_server(n, &server);
  return true;
}

static size_t count_servers(const struct ares_addr_port_node *servers) {
  size_t count = 0;
  for (; servers; servers = servers->next) count++;
  return count;
}

/* The time until a query is repeated, in milliseconds. */
static int first_wait(const network *n, bool tcp, size_t server_count) {
  /* Over UDP, a query is repeated after at most 1/8 of the time limit, and the interval doubles with each repetition. So
     the answer is in time even if one or two packets are lost. TCP repeats by itself: the servers share the time. */
  enum { FIRST_WAIT_MS = 2000 };
  const int64_t wait = tcp ? n->milliseconds / (int64_t)(server_count ? server_count : 1) : n->milliseconds / 8;
  if (wait < 1) return 1;
  return tcp || wait < FIRST_WAIT_MS ? (int)wait : FIRST_WAIT_MS;
}

/* The number of times that a query is sent: each wait is twice as long as the one before, and all together take the time
   that there is, since c-ares no longer listens after the last one. */
static int count_tries(const network *n, int wait) {
  int tries = 1;
  while (tries < 30 && (int64_t)wait * ((1 << tries) - 1) < n->milliseconds) tries++;
  return tries;
}

/* `servers`: NULL for those of the system. */
static int open_channel(network *n, channel *c, unsigned how, const struct ares_addr_port_node *servers) {
  enum { RECEIVE_BUFFER = 1 << 20 };
  const bool tcp = how & RESOLVER_TCP;
  const int wait = first_wait(n, tcp, count_servers(servers));
  /* NOCHECKRESP: return answers that report a failure as well. IGNTC: return truncated answers, so that a failure of TCP
     can be reported as such. A large buffer keeps the right answer among many forged ones. */
  const int flags = (how & RESOLVER_OTHERS ? 0 : ARES_FLAG_NOCHECKRESP) | (tcp ? ARES_FLAG_USEVC : 0);
  struct ares_options options = {.flags = flags | ARES_FLAG_EDNS | ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES |
                                          ARES_FLAG_IGNTC,
                                 .timeout = wait,
                                 .tries = count_tries(n, wait),
                                 .socket_receive_buffer_size = RECEIVE_BUFFER,
                                 .sock_state_cb = watch,
                                 .sock_state_cb_data = c,
                                 .ednspsz = DNS_PAYLOAD_SIZE};
  const int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_RCVBUF |
                   ARES_OPT_SOCK_STATE_CB | ARES_OPT_EDNSPSZ | ARES_OPT_NOROTATE;
  c->network = n;
  int status = ares_init_options(&c->ares, &options, mask);
  if (status) c->ares = NULL;
  /* ares_set_servers_ports copies the list, so the cast is safe. */
  if (!status && servers) status = ares_set_servers_ports(c->ares, (struct ares_addr_port_node *)servers);
  return status;
}

/* Reads the servers of the system, unless others were added. */
static int find_servers(network *n) {
  channel c = {.ares = NULL};
  struct ares_addr_port_node *servers = NULL;
  if (n->servers) return ARES_SUCCESS;
  int status = open_channel(n, &c, 0, NULL);
  if (!status) status = ares_get_servers_ports(c.ares, &servers);
  for (const struct ares_addr_port_node *server = servers; server; server = server->next) add_server(n, server);
  if (servers) ares_free_data(servers);
  if (c.ares) ares_destroy(c.ares);
  return status;
}

/* Opens the channel for a sum of RESOLVER_* unless it is open. */
static int open_resolver(network *n, resolver *r, unsigned how) {
  channel *c = &r->channels[how];
  if (c->ares) return ARES_SUCCESS;
  return open_channel(n, c, how, how & RESOLVER_OTHERS ? n->servers->next : n->servers);
}

/* Returns the number of resolvers for which the process may open enough sockets: one for each server over UDP, and
   over TCP. */
static size_t affordable_count(const network *n) {
  enum { RESERVED = 4 };
  struct rlimit limit;
  const int lowest_free = dup(STDERR_FILENO);
  if (lowest_free >= 0) close(lowest_free);
  if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur == RLIM_INFINITY || lowest_free < 0) return n->count;
  const rlim_t used = (rlim_t)lowest_free + RESERVED;
  const size_t servers = count_servers(n->servers);
  const rlim_t each = 2 * (2 * servers - 1);
  const rlim_t count = limit.rlim_cur > used && each ? (limit.rlim_cur - used) / each : 0;
  return count < 1 ? 1 : count < n->count ? (size_t)count : n->count;
}

size_t network_open(network *n) {
  int status = ares_library_init(ARES_LIB_INIT_ALL);
  n->library = !status;
  if (!status) status = find_servers(n);
  if (!status) n->count = affordable_count(n);
  for (size_t i = 0; i < n->count && !status; i++) {
    resolver *r = &n->resolvers[i];
    r->has_others = n->servers && n->servers->next;
    status = open_resolver(n, r, n->tcp ? RESOLVER_TCP : 0);
  }
  if (!status) return n->count;
  buffer text = {0};
  buffer_text(&text, "cannot query DNS: ");
  buffer_text(&text, ares_strerror(status));
  message_buffer(&text);
  buffer_free(&text);
  return 0;
}

void network_free(network *n) {
  for (size_t i = 0; i < n->count; i++) {
    for (size_t j = 0; j < CHANNELS; j++)
      if (n->resolvers[i].channels[j].ares) ares_destroy(n->resolvers[i].channels[j].ares);
  }
  if (n->library) ares_library_cleanup();
  while (n->servers) {
    struct ares_addr_port_node *const next = n->servers->next;
    free(n->servers);
    n->servers = next;
  }
  free(n->resolvers);
  free(n->polled);
  free(n->owners);
  free(n->events);
  free(n);
}

resolver *network_resolver(network *n, size_t i) { return &n->resolvers[i]; }

static channel *channel_at(network *n, size_t i) { return &n->resolvers[i / CHANNELS].channels[i % CHANNELS]; }

static int milliseconds_until(network *n, int64_t until) {
  int64_t remaining = until - progress_clock();
  for (size_t i = 0; i < CHANNELS * n->count; i++) {
    channel *c = channel_at(n, i);
    struct timeval time;
    if (!c->pending || !ares_timeout(c->ares, NULL, &time)) continue;
    const int64_t wait = (int64_t)time.tv_sec * 1000 + (time.tv_usec + 999) / 1000;
    if (wait < remaining) remaining = wait;
  }
  return remaining < 0 ? 0 : remaining > INT_MAX ? INT_MAX : (int)remaining;
}

bool network_wait(network *n, int input, int64_t until) {
  n->polled[0] = (struct pollfd){.fd = input, .events = POLLIN};
  const int ready = poll(n->polled, n->socket_count, milliseconds_until(n, until));
  if (ready < 0 && errno != EINTR) {
    message_text("cannot wait for the network");
    exit(STATUS_FAILED);
  }
  /* Copy the events first, because handling one socket may open and close others. c-ares ignores a socket that it has
     closed. */
  size_t count = 0;
  for (size_t i = 1; i < n->socket_count && ready > 0; i++)
    if (n->polled[i].revents) n->events[count++] = (event){n->polled[i].fd, n->polled[i].revents, n->owners[i]};
  const bool has_input = ready > 0 && n->polled[0].revents;
  for (size_t i = 0; i < count; i++) {
    const event e = n->events[i];
    ares_process_fd(e.owner->ares, e.what & ~POLLOUT ? e.fd : ARES_SOCKET_BAD,
                    e.what & POLLOUT ? e.fd : ARES_SOCKET_BAD);
  }
  for (size_t i = 0; i < CHANNELS * n->count; i++) {
    channel *c = channel_at(n, i);
    if (c->pending) ares_process_fd(c->ares, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
  }
  return has_input;
}

/* c-ares does not distinguish a server that refuses from a socket that cannot be opened. */
static bool has_descriptors(void) {
  const int fd = dup(STDERR_FILENO);
  if (fd >= 0) close(fd);
  return fd >= 0 || (errno != EMFILE && errno != ENFILE);
}

static const char *failure_of(int status) {
  switch (status) {
  case ARES_SUCCESS: return NULL;
  case ARES_ETIMEOUT:
  case ARES_ECANCELLED: return "no answer arrived in time";
  case ARES_ECONNREFUSED:
    return has_descriptors() ? "no server could be reached"
                             : "no socket could be opened, because the limit of open files (ulimit -n) is reached";
  case ARES_ENOMEM: output_no_memory();
  default: return ares_strerror(status);
  }
}

static void arrived(void *user, int status, int timeouts, unsigned char *answer, int len) {
  const pending_query a = *(pending_query *)user;
  (void)timeouts;
  free(user);
  a.from->pending--;
  a.done(a.user, failure_of(status), answer, status || len < 0 ? 0 : (size_t)len);
}

void resolver_ask(resolver *r, const uint8_t *question, size_t len, unsigned how, resolver_done *done, void *user) {
  network *n = r->channels[0].network ? r->channels[0].network : r->channels[RESOLVER_TCP].network;
  if (n->tcp) how |= RESOLVER_TCP;
  const int status = open_resolver(n, r, how);
  if (status) {
    done(user, failure_of(status), NULL, 0);
    return;
  }
  pending_query *const a = allocate_zeros(1, sizeof *a);
  *a = (pending_query){.from = &r->channels[how], .done = done, .user = user};
  a->from->pending++;
  ares_send(a->from->ares, question, (int)len, arrived, a);
}

bool resolver_has_others(const resolver *r) { return r->has_others; }

void resolver_cancel(resolver *r) {
  for (size_t i = 0; i < CHANNELS; i++)
    if (r->channels[i].ares) ares_cancel(r->channels[i].ares);
}

uint16_t resolver_id(void) {
  uint16_t id;
  if (getentropy(&id, sizeof id)) {
    message_text("the system provides no random numbers");
    exit(STATUS_FAILED);
  }
  return id;
}
