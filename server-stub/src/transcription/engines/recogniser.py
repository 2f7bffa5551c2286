"""Transcribes utterances with pocketsphinx, one after the other.

Input: a letter, and after A the length of the audio (32 bits, little-endian) and the audio itself, 16-bit samples.
S starts an utterance, A is audio, E ends the utterance.
Output: one JSON object a line. {"interim": text}, {"final": text}, and {"ready": true} after the start and each utterance.
"""

import json
import struct
import sys

from pocketsphinx import Decoder


def say(**what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main():
    model, acoustic, language, words = sys.argv[1:5]
    config = Decoder.default_config()
    config.set_string("-hmm", model + "/" + acoustic)
    config.set_string("-lm", model + "/" + language)
    config.set_string("-dict", model + "/" + words)
    config.set_string("-logfn", "/dev/null")
    decoder = Decoder(config)
    source = sys.stdin.buffer
    said = ""
    say(ready=True)
    while True:
        kind = source.read(1)
        if kind == b"":
            return
        if kind == b"S":
            decoder.start_utt()
            said = ""
        elif kind == b"A":
            size = struct.unpack("<I", source.read(4))[0]
            decoder.process_raw(source.read(size), False, False)
            found = decoder.hyp()
            if found and found.hypstr != said:
                said = found.hypstr
                say(interim=said)
        elif kind == b"E":
            decoder.end_utt()
            found = decoder.hyp()
            say(final=found.hypstr if found else "")
            say(ready=True)


main()
