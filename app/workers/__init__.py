"""The pool of QThreads that decodes, runs the network and writes, with bounded queues."""
