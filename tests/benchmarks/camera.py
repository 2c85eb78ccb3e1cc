"""A network camera for the live benchmark: 640x480 motion JPEG, 30 frames a second.

``python -m tests.benchmarks.camera`` prints its port and serves until it is ended.
"""

from __future__ import annotations

import http.server
import time

import cv2
import numpy as np

from engine.core import paths
from engine.media.images import read_image

RATE = 30.0
SIZE = (640, 480)
_FRAMES = 120


def pictures() -> list[bytes]:
    """Return JPEG files of the sample's head moving in a circle, which can be repeated."""
    portrait = read_image(paths.resources_dir() / "samples" / "face.jpg")
    large = cv2.resize(portrait, None, fx=1.6, fy=1.6, interpolation=cv2.INTER_AREA)
    made = []
    for number in range(_FRAMES):
        angle = 2 * np.pi * number / _FRAMES
        x, y = round(50 + 40 * np.cos(angle)), round(20 + 20 * np.sin(angle))
        picture = np.ascontiguousarray(large[y : y + SIZE[1], x : x + SIZE[0]])
        made.append(cv2.imencode(".jpg", picture)[1].tobytes())
    return made


class _Sender(http.server.BaseHTTPRequestHandler):
    frames: tuple[bytes, ...] = ()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        start, number = time.monotonic(), 0
        while True:
            data = self.frames[number % len(self.frames)]
            self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
            self.wfile.write(f"Content-Length: {len(data)}\r\n\r\n".encode() + data + b"\r\n")
            number += 1
            time.sleep(max(0.0, start + number / RATE - time.monotonic()))

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


def main() -> None:
    """Print the port, then serve."""
    _Sender.frames = tuple(pictures())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Sender)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
