"""A make-believe platform that is served for somebody else's program, for the oracles of every platform."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request


class Server:
    """Started by its command, which says address and token on one line."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
        line = next((line for line in self.process.stdout if line.startswith("http://")), "")
        self.address, _, self.token = line.strip().partition(" ")
        if not self.token:
            sys.exit("the server said neither address nor token")

    def tell(self, what, **told):
        request = urllib.request.Request(
            f"{self.address}/control/{what}",
            data=json.dumps(told).encode(),
            headers={"content-type": "application/json"},
        )
        return json.load(urllib.request.urlopen(request, timeout=10))

    def messages(self, chat):
        return self.tell("messages", chat=chat)["messages"]

    def stop(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def until(what, look, seconds=15):
    """What `look` finds, as soon as it finds something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise SystemExit(f"not within {seconds} s: {what}")


def with_client(live):
    """`CLIENT… -- SERVER…`: has a client, to whose command address and token are added, live on a server; prints what it did."""
    cut = sys.argv.index("--")
    server = Server(sys.argv[cut + 1 :])
    client = subprocess.Popen([*sys.argv[1:cut], server.address, server.token], stdout=subprocess.DEVNULL)
    try:
        print("lived:", ", ".join(sorted(live(server, client))))
    finally:
        client.terminate()
        try:
            client.wait(10)
        except subprocess.TimeoutExpired:
            client.kill()
        server.stop()
