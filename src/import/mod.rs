//! Bytes of an office's document → a draft of tasks with deadlines, each with its span in the source.
