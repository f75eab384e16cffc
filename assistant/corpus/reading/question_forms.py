"""Ways of asking, with their diacritics: legal text hardly asks, so its syllables alone would spell them wrong."""

QUESTION_FORMS = tuple(
    form.strip()
    for form in """
bao nhiêu, là bao nhiêu, có bao nhiêu, như thế nào, thế nào, là gì, cần gì, những gì, gồm những gì, có mấy, gồm mấy,
mấy môn, mấy tiết, mấy mức, mấy năm, mấy miền, mấy bậc, mấy cấp, khi nào, ngày nào, ở đâu, gửi đi đâu, đi đâu, vì
sao, tại sao, ra sao, thì sao, hay không, được không, phải không, có được, có phải, ai ký, do ai, cho ai, ai chọn,
thuộc ai, là ai, năm nay, còn dùng, bây giờ, hiện nay, đúng không, nào phải, gồm có, năm gần đây, đúng hay sai, có
đúng không, thì ai, thì có, thì phải, thì được, thì làm, thì bao nhiêu, thì mấy, thì không, thì nộp, thì tính, thì
bị, thì cần, mấy tháng, mấy ngày, mấy lần, mấy người, mấy tuổi, mấy buổi, mấy em, mấy cháu, mấy giờ, mấy phút, mấy
thành viên, mấy cô, tháng mấy, ngày mấy, thứ mấy, lớp mấy, bao lâu, trong bao lâu, bao giờ, đến bao giờ, còn dùng
được, còn được làm, còn áp dụng, văn bản cũ, theo quy định cũ, cái cũ, nữa không, nữa ạ, lấy từ đâu, từ đâu, nộp ở
đâu, vậy ạ, không ạ, ạ, nhé, các cháu, bao nhiêu cháu, mỗi cháu, cô giáo, thầy cô, ai duyệt, ai phê duyệt, do ai ký,
từ trường, sang trường, trường xã, xã này, xã khác, trong tỉnh, trong tỉnh thì, giờ do, năm ngoái, có bị, bị phạt,
được tính, tính thế nào, làm thế nào, xử lý thế nào, gồm những ai, cần những gì, cần phải, nên làm, luôn
luôn, mọi người, đây là, đó là, sẽ bị, sẽ được, cho mình hỏi, cho em hỏi, giúp em, dôi dư, bao nhiêu phần trăm,
nhiều nhất, ít nhất, trả lại tiền, chậm nhất, trước ngày nào, hạn cuối, mới được, thì mới được, hay là, sở hay bộ, ở
sở hay ở bộ, cấp sở, gửi sở, gửi bộ, gửi lên, báo cáo sở, thu tiền
""".replace("\n", " ").split(",")
)
