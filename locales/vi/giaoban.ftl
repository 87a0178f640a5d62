# Every word that a person reads, Vietnamese. One section a room; keys are equal in all languages.

## import: why a file could not be read
import-empty = Tệp { $file } không có chữ nào. Hãy kiểm tra lại tệp, hoặc mở văn bản gốc và lưu lại dạng văn bản thuần (.txt, UTF-8).
