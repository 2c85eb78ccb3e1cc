"""What is said of a camera, video or stream that cannot be opened, or stops."""

from __future__ import annotations

from engine.errors import CameraError


def cannot_open(kind: str, name: str) -> CameraError:
    """Return the sentence of a ``camera``, ``stream`` or ``video`` that will not open."""
    if kind == "camera":
        return CameraError(
            f"{name}번 카메라를 열 수 없어요. 연결되어 있는지, 다른 프로그램이 쓰고 있지 않은지 "
            "확인해 주세요.",
            f"Camera {name} cannot be opened. Check that it is plugged in, allowed, and not "
            "used by another program.",
        )
    if kind == "stream":
        return CameraError(
            f"스트림에 연결할 수 없어요: {name}. 주소와 네트워크를 확인해 주세요.",
            f"Cannot connect to the stream {name}. Check the address and the network.",
        )
    return CameraError(
        f"영상으로 읽을 수 없는 파일이에요: {name}", f"{name} is not a video that can be read."
    )


def gone(kind: str, name: str) -> CameraError:
    """Return the sentence of a camera or stream that has stopped."""
    if kind == "camera":
        return CameraError(
            f"{name}번 카메라와 연결이 끊겼어요. 다시 꽂은 뒤 카메라를 다시 켜 주세요.",
            f"Camera {name} has stopped. Plug it in again and start it anew.",
        )
    return CameraError(
        f"스트림이 끊겼어요: {name}. 다시 연결해 주세요.",
        f"The stream {name} has stopped. Connect to it again.",
    )
