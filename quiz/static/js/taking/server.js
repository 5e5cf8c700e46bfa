"use strict";
/* One call to the server with a time limit, JSON both ways. Rejects with {error, message}; error is
   the server's word, or "network" when no answer of ours came. An expired token is renewed once. */
const PATIENCE = 10000;

function createServer(address, csrf) {
  const flights = new Set();

  async function once(method, path, body, patience) {
    const flight = new AbortController();
    const timer = setTimeout(() => flight.abort(), patience || PATIENCE);
    flights.add(flight);
    try {
      const reply = await fetch(address + path, {
        method,
        credentials: "same-origin",
        cache: "no-store",
        keepalive: method === "PUT",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
        body: body && JSON.stringify(body),
        signal: flight.signal,
      });
      const answer = await reply.json();
      if (reply.ok) return answer;
      throw { error: answer.error || "server", message: answer.message };
    } catch (fault) {
      throw fault.error ? fault : { error: "network" };
    } finally {
      clearTimeout(timer);
      flights.delete(flight);
    }
  }

  const server = {
    /* A reply that slept with the phone tells of long ago: it counts as none. */
    async state() {
      const asked = elapsed();
      const state = await once("GET", "/keadaan");
      csrf = state.csrf;
      if (elapsed() - asked > PATIENCE) throw { error: "network" };
      return state;
    },
    async call(method, path, body, patience) {
      try {
        return await once(method, path, body, patience);
      } catch (fault) {
        if (fault.error !== "csrf") throw fault;
        await server.state();
        return once(method, path, body, patience);
      }
    },
    /* Whether a page could be opened now: any answer at all will do. */
    async reaches(page) {
      const flight = new AbortController();
      const timer = setTimeout(() => flight.abort(), PATIENCE);
      try {
        await fetch(page, { method: "HEAD", cache: "no-store", signal: flight.signal });
        return true;
      } catch (fault) {
        return false;
      } finally {
        clearTimeout(timer);
      }
    },
    /* Gives up what is under way: after a change of network its answer never comes. */
    drop() {
      flights.forEach((flight) => flight.abort());
    },
  };
  return server;
}
