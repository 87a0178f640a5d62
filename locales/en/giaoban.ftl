# Every word that a person reads, English. One section a room; keys are equal in all languages.

## import: why a file could not be read
import-empty = The file { $file } holds no text. Check the file, or open the original document and save it again as plain text (.txt, UTF-8).
