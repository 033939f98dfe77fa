"""Runs works of a peer, a script of PyTorch's with the functions dcgan and inception, which print a JSON line each.

    peers.py PEER.py WORK...      WORK: dcgan, training, features, exact-features
"""

import importlib.util
import sys

WORKS = {
    "dcgan": [("dcgan", width, kernel, 64, last, half) for width, kernel in ((128, 5), (64, 4)) for last, half in ((False, False), (True, False), (True, True))],
    "training": [("inception", True, 128, True, half) for half in (False, True)],
    "features": [("inception", False, 128, True, True)],
    "exact-features": [("inception", False, 128, True, False)],
}


def main():
    if len(sys.argv) < 3 or any(word not in WORKS for word in sys.argv[2:]):
        sys.exit(__doc__)
    spec = importlib.util.spec_from_file_location("peer", sys.argv[1])
    peer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(peer)
    for word in sys.argv[2:]:
        for function, *arguments in WORKS[word]:
            getattr(peer, function)(*arguments)


if __name__ == "__main__":
    main()
