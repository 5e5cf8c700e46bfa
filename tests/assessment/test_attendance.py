from quiz.assessment.attendance import Attendance, turnout_words, unrecorded_words


def test_whoever_worked_without_being_recorded_is_named_beside_those_who_were_there() -> None:
    assert Attendance(50, 46, 3).words == "46 dari 50; 3 orang mengerjakan tanpa tercatat hadir"
    assert Attendance(50, 46, 0).words == "46 dari 50"
    assert (Attendance(50, 46, 3).beside, Attendance(50, 46, 0).beside) == (unrecorded_words(3), "")


def test_more_handed_in_than_there_were_is_never_said_without_the_reason() -> None:
    few = Attendance(12, 2, 8)

    assert turnout_words(few, submitted=6, running=1, empty=3) == (
        "12 terdaftar, 2 hadir, 6 mengirim, 1 masih mengerjakan, 3 memulai tanpa satu jawaban pun "
        "(tidak dinilai), 8 orang mengerjakan tanpa tercatat hadir"
    )
    assert turnout_words(Attendance(3, 3, 0), submitted=3) == "3 terdaftar, 3 hadir, 3 mengirim"
