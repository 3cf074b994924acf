"""One Vietnamese sentence for why an item is in, out or to be looked at: the message catalogue of relevance."""

from __future__ import annotations

NO_TEXT = "Không có đủ chữ để nhận định."
OTHER_SCRIPT = "Không phải tiếng Việt hay tiếng Anh: cần người đọc."
ENGLISH_OURS = "Bài tiếng Anh nói về giáo dục, có nhắc {place}."
ENGLISH_POLICY = "Bài tiếng Anh nói về chính sách giáo dục của Việt Nam."
ENGLISH_OUT = "Bài tiếng Anh, không thấy nói về giáo dục ở Hải Phòng hay chính sách giáo dục của Việt Nam."
HOME = "theo nguồn tin địa phương"
IN_HP = "Nói về {edu}; việc ở Hải Phòng ({place})."
IN_MENTION = "Nói về {edu}; có nhắc {place}."
IN = "Nói về {edu}."
REVIEW_EDU = "Chưa chắc có nói về giáo dục (xác suất {percent}%): cần người xem lại."
REVIEW_HP = "Có liên quan {place}, nhưng chưa chắc nói về giáo dục (xác suất {percent}%): cần người xem lại."
REVIEW_PLAIN = "Chữ không dấu, nhận định kém chắc: cần người xem lại."
OUT_HP = "Có nhắc {place} nhưng không nói về giáo dục."
OUT = "Không nói về giáo dục."
EDU = {"core": "giáo dục mầm non, phổ thông", "higher": "giáo dục đại học, nghề nghiệp", "none": "giáo dục"}
